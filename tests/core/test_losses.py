import math

import pytest
import torch

from mien.errors import MienError
from mien.training.losses import ExpressionLoss, distillation, inverse_frequencies

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


@pytest.mark.parametrize("name", ["ce", "ls", "pdls", "fpdls", "fpdls-poster"])
def test_extreme_logits_stay_finite(name: str) -> None:
    logits = torch.tensor([[1e4, -1e4, 0.0], [-1e4, 1e4, 1e4]], requires_grad=True)
    loss = ExpressionLoss(name, prior=PRIOR)(logits, torch.eye(3)[:2])
    loss.backward()
    assert torch.isfinite(loss)
    assert torch.isfinite(logits.grad).all()


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
    assert distillation(logits, logits).item() == pytest.approx(0, abs=1e-6)
    assert distillation(logits, -logits).item() > 0.1
    # A teacher is given as log-probabilities; a shift of its logits changes nothing.
    assert torch.allclose(distillation(logits, -logits), distillation(logits, 5 - logits), atol=1e-5)


def test_unknown_and_unprepared_losses_are_refused() -> None:
    with pytest.raises(MienError, match="No loss"):
        ExpressionLoss("focal")
    with pytest.raises(MienError, match="needs a prior"):
        ExpressionLoss("fpdls")
