import math
import subprocess
import sys
from collections.abc import Iterator

import pytest
import torch
from torch import Tensor

from mien.cli.main import main
from mien.errors import MienError
from mien.training.config import TrainConfig
from mien.training.distillation import distillation_loss
from mien.training.losses import LOSSES, ExpressionLoss, inverse_frequencies, register

PRIOR = torch.tensor([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]])
P = (0.5, 0.3, 0.2)
LOGITS = torch.tensor([P]).log()
LABEL = torch.tensor([[1.0, 0.0, 0.0]])
# By hand, with a = .8: q = .8 * (1, 0, 0) + .2 * (.7, .2, .1)
Q = (0.94, 0.04, 0.02)


def test_cross_entropy() -> None:
    assert ExpressionLoss("ce")(LOGITS, LABEL).item() == pytest.approx(-math.log(0.5))


def test_label_smoothing() -> None:
    q = (0.8 + 0.2 / 3, 0.2 / 3, 0.2 / 3)
    expected = -sum(a * math.log(b) for a, b in zip(q, P, strict=True))
    assert ExpressionLoss("ls")(LOGITS, LABEL).item() == pytest.approx(expected, rel=1e-5)


def test_class_weights_count_each_class_alike() -> None:
    targets = torch.tensor([0, 0, 0, 2])
    weights = inverse_frequencies(targets, 3)  # no face of class 1
    assert weights[targets].tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    logits = torch.tensor([P]).log().repeat(4, 1)
    labels = torch.eye(3)[targets]
    expected = -(0.5 * math.log(P[0]) + 0.5 * math.log(P[2]))
    assert ExpressionLoss("ce", class_weights=weights)(logits, labels).item() == pytest.approx(expected, rel=1e-5)


def test_pdls() -> None:
    expected = -sum(a * math.log(b) for a, b in zip(Q, P, strict=True))
    assert ExpressionLoss("pdls", prior=PRIOR)(LOGITS, LABEL).item() == pytest.approx(expected, rel=1e-5)


def test_fpdls_as_the_code_has_it() -> None:
    expected = -sum(a * (1 - b) ** 2 * math.log(b) for a, b in zip(Q, P, strict=True))
    assert ExpressionLoss("fpdls", prior=PRIOR)(LOGITS, LABEL).item() == pytest.approx(expected, rel=1e-5)


def test_fpdls_as_the_poster_has_it() -> None:
    pdls = -sum(a * math.log(b) for a, b in zip(Q, P, strict=True))
    expected = sum((1 - b) ** 2 for b in P) * pdls
    assert ExpressionLoss("fpdls-poster", prior=PRIOR)(LOGITS, LABEL).item() == pytest.approx(expected, rel=1e-5)


def random_batch() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(1)
    return torch.randn(6, 3), torch.softmax(torch.randn(6, 3), 1)


def test_limits() -> None:
    logits, labels = random_batch()
    pdls, ce = ExpressionLoss("pdls", prior=PRIOR), ExpressionLoss("ce")
    without_focus = ExpressionLoss("fpdls", gamma=0.0, prior=PRIOR)
    assert torch.allclose(without_focus(logits, labels), pdls(logits, labels))
    assert torch.allclose(ExpressionLoss("pdls", a=1.0, prior=PRIOR)(logits, labels), ce(logits, labels))
    assert torch.allclose(ExpressionLoss("ls", a=1.0)(logits, labels), ce(logits, labels))
    uniform = torch.full((3, 3), 1 / 3)
    assert torch.allclose(ExpressionLoss("pdls", prior=uniform)(logits, labels), ExpressionLoss("ls")(logits, labels))
    poster = ExpressionLoss("fpdls-poster", gamma=0.0, prior=PRIOR)
    assert torch.allclose(poster(logits, labels), 3 * pdls(logits, labels))


class TestEveryLoss:
    """What each registered loss keeps to; one that is added is tested without further ado."""

    pytestmark = pytest.mark.parametrize("name", LOSSES)

    def test_it_is_the_mean_over_the_faces(self, name: str) -> None:
        loss, (logits, labels) = ExpressionLoss(name, prior=PRIOR), random_batch()
        whole = loss(logits, labels)
        assert whole.shape == ()
        alone = torch.stack([loss(row[None], label[None]) for row, label in zip(logits, labels, strict=True)])
        assert torch.allclose(whole, alone.mean(), atol=1e-6)

    def test_a_step_against_its_gradient_raises_the_labels_probability(self, name: str) -> None:
        logits, targets = torch.zeros(3, 3, requires_grad=True), torch.arange(3)
        ExpressionLoss(name, prior=PRIOR)(logits, torch.eye(3)).backward()
        assert logits.grad is not None
        after = torch.softmax(logits.detach() - logits.grad, 1)
        assert (after.argmax(1) == targets).all()
        assert (after.max(1).values > 1 / 3 + 1e-3).all()

    def test_extreme_and_half_precision_logits_stay_finite(self, name: str) -> None:
        for dtype in (torch.float32, torch.bfloat16, torch.float16):
            logits = torch.tensor([[1e4, -1e4, 0.0], [-1e4, 1e4, 1e4]], dtype=dtype, requires_grad=True)
            loss = ExpressionLoss(name, prior=PRIOR)(logits, torch.eye(3)[:2])
            loss.backward()
            assert loss.dtype == torch.float32
            assert loss.isfinite()
            assert logits.grad is not None
            assert logits.grad.isfinite().all()

    def test_weights_of_one_change_nothing_and_weights_of_zero_leave_nothing(self, name: str) -> None:
        logits, labels = random_batch()
        plain = ExpressionLoss(name, prior=PRIOR)(logits, labels)
        assert torch.allclose(ExpressionLoss(name, prior=PRIOR, class_weights=torch.ones(3))(logits, labels), plain)
        nothing = ExpressionLoss(name, prior=PRIOR, class_weights=torch.zeros(3))
        assert nothing(logits, labels).item() == 0

    def test_without_a_prior_it_works_or_says_that_it_needs_one(self, name: str) -> None:
        if LOSSES[name].needs_prior:
            with pytest.raises(MienError, match="needs a prior"):
                ExpressionLoss(name)
        else:
            assert ExpressionLoss(name)(*random_batch()).item() > 0


@pytest.fixture
def added_loss() -> Iterator[str]:
    """The name of a loss that somebody adds (Lin et al. 2017)."""
    name = "added_by_a_test"

    @register(name, summary="what is hard counts more")
    def _added(log_p: Tensor, labels: Tensor, options: ExpressionLoss) -> Tensor:
        return -labels * (1 - log_p.exp()) ** options.gamma * log_p

    yield name
    del LOSSES[name]


def test_one_function_adds_a_loss_everywhere(added_loss: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert TrainConfig(loss=added_loss).loss == added_loss
    assert ExpressionLoss(added_loss)(LOGITS, LABEL).item() == pytest.approx(0.5**2 * math.log(2), rel=1e-5)
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    assert added_loss in capsys.readouterr().out


def test_the_window_lists_the_losses_without_pytorch() -> None:
    code = "import sys, mien.training.losses as l; print(len(l.LOSSES) > 4, 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_fpdls_caps_confidence() -> None:
    # Its optimum for the true class lies far below 1, which is why a temperature is fitted.
    logits = torch.zeros(1, 3, requires_grad=True)
    optimiser = torch.optim.Adam([logits], 0.05)
    loss = ExpressionLoss("fpdls", prior=PRIOR)
    for _ in range(600):
        optimiser.zero_grad()
        loss(logits, LABEL).backward()
        optimiser.step()
    assert 0.6 < torch.softmax(logits, 1)[0, 0].item() < 0.9


def test_distillation_is_zero_for_the_teacher_itself() -> None:
    logits, _ = random_batch()
    assert distillation_loss(logits, logits).item() == pytest.approx(0, abs=1e-6)
    assert distillation_loss(logits, -logits).item() > 0.1
    # A teacher is given as log-probabilities; a shift of its logits changes nothing.
    assert torch.allclose(distillation_loss(logits, -logits), distillation_loss(logits, 5 - logits), atol=1e-5)


def test_an_unknown_loss_is_refused() -> None:
    with pytest.raises(MienError, match=r"No loss is called 'no-such-loss'\. There are: ce, ls"):
        ExpressionLoss("no-such-loss")
    with pytest.raises(MienError, match="loss = 'no-such-loss' is none of ce, ls"):
        TrainConfig(loss="no-such-loss")
