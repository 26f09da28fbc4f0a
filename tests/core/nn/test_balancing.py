import math
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import pytest
import torch

from mien.errors import MienError
from mien.models import cards, weights
from mien.nn.balancing import ReliabilityBalancing, correct, doubt
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.recognition.recognizer import Recognizer
from mien.runtimes import open_runtime
from mien.sources import DemoSource
from mien.training.config import TrainConfig
from mien.training.freezing import freeze
from mien.training.losses import ExpressionLoss
from mien.training.objective import Objective

Mode = Literal["anchors", "attention", "both"]
MODES = get_args(Mode)
CLASSES = ("a", "b", "c")


def config(mode: str = "both", **changes: object) -> NetworkConfig:
    shape = NetworkConfig(backbone="test_vit", input_size=32, crop_size=24, head_width=16, classes=CLASSES)
    shape = replace(shape, balancing=mode, anchors=4, anchor_width=16)
    return replace(shape, **changes)


def sharp(network: ExpressionNetwork) -> ExpressionNetwork:
    """An untrained network that is as sure as a trained one, each part in its own way."""
    with torch.no_grad():
        network.head[-1].weight *= 30
        if network.balancing is not None:
            network.balancing.project.weight *= 30
            if network.balancing.attention is not None:
                network.balancing.attention.query.weight *= 20
                network.balancing.attention.out.weight *= 20
    return network


def plain(features: int = 16, mode: str = "both") -> ReliabilityBalancing:
    """Balancing whose projection hands the embedding on as it is."""
    torch.manual_seed(0)
    balancing = ReliabilityBalancing(features, config(mode, anchor_width=features))
    with torch.no_grad():
        balancing.project.weight.copy_(torch.eye(features))
        balancing.project.bias.zero_()
    return balancing


@pytest.mark.parametrize("mode", MODES)
def test_a_prediction_does_not_depend_on_its_batch_mates(mode: Mode) -> None:
    torch.manual_seed(0)
    network = sharp(ExpressionNetwork(config(mode))).eval()
    x = torch.rand(4, 1, 24, 24)
    with torch.no_grad():
        alone, among, others = network(x[:1]), network(x)[:1], network(torch.cat([x[:1], x[:3] * 0.1]))[:1]
    assert torch.allclose(alone, among, atol=1e-4)
    assert torch.allclose(alone, others, atol=1e-4)
    # Not because nothing depends on the face: another face reads otherwise.
    assert not torch.allclose(network(x)[:1], network(x)[1:2], atol=1e-2)


def test_the_parts_can_be_switched_off_one_by_one() -> None:
    tensors = {mode: set(ExpressionNetwork(config(mode)).state_dict()) for mode in ("none", *MODES)}
    assert not any("balancing" in key for key in tensors["none"])
    assert tensors["none"] < tensors["anchors"] < tensors["attention"] == tensors["both"]
    for mode in MODES:
        balanced = ExpressionNetwork(config(mode)).eval().stages(torch.rand(1, 1, 24, 24)).balanced
        assert balanced is not None
        assert (balanced.anchors is None) == (balanced.anchors_confidence is None) == (mode == "attention")
        assert (balanced.attention is None) == (balanced.attention_confidence is None) == (mode == "anchors")
    assert ExpressionNetwork(config("none")).eval().stages(torch.rand(1, 1, 24, 24)).balanced is None


def by_hand(p: np.ndarray, suggestions: list[np.ndarray], strength: float) -> np.ndarray:
    """The paper's formulas as they stand there, in double precision."""

    def confidence(v: np.ndarray) -> np.ndarray:
        return 1 + (v * np.log(v)).sum(1, keepdims=True) / math.log(v.shape[1])

    g = sum(s * confidence(s) for s in suggestions) / sum(confidence(s) for s in suggestions)
    corrected = confidence(p) * p + (1 - confidence(p)) * g
    return (1 - strength) * p + strength * corrected


@pytest.mark.parametrize("strength", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("count", [1, 2])
def test_the_correction_is_the_papers(count: int, strength: float) -> None:
    torch.manual_seed(0)
    log_p, *suggestions = (2 * torch.randn(1 + count, 50, 5, dtype=torch.float64)).log_softmax(-1)
    got = correct(log_p, suggestions, strength).exp().numpy()
    expected = by_hand(log_p.exp().numpy(), [s.exp().numpy() for s in suggestions], strength)
    # Two doubtful suggestions are weighted a little more alike than the formula has it, lest it divide by zero.
    assert np.abs(got - expected).max() < 1e-3
    assert np.abs(got.sum(1) - 1).max() < 1e-9


@pytest.mark.parametrize("mode", MODES)
def test_training_and_use_correct_alike(mode: Mode) -> None:
    torch.manual_seed(0)
    network = sharp(ExpressionNetwork(config(mode, head_dropout=0.0)))
    embedding, logits = torch.randn(5, 64), 3 * torch.randn(5, 3)
    assert network.balancing is not None
    in_training, balanced = network.balancing.train()(embedding, logits)
    in_use, _ = network.balancing.eval()(embedding, logits)
    assert torch.equal(in_training, in_use)
    parts = [p.log() for p in (balanced.anchors, balanced.attention) if p is not None]
    assert torch.allclose(in_use, correct(logits.log_softmax(1), parts), atol=1e-4)
    assert torch.allclose(balanced.corrected, in_use.exp())
    # At strength 0 the classifier's own probabilities stand; in use the correction is made in full.
    uncorrected, _ = network.balancing(embedding, logits, 0.0)
    assert torch.allclose(uncorrected, logits.log_softmax(1), atol=1e-5)
    x = torch.rand(2, 1, 24, 24)
    network.eval()
    assert torch.equal(network(x), network.stages(x, 1.0).logits)
    assert not torch.allclose(network(x), network.stages(x, 0.0).logits, atol=1e-3)


def test_confidence_is_0_for_an_even_and_1_for_a_sure_distribution() -> None:
    assert doubt(torch.full((1, 8), 1 / 8).log()).item() == pytest.approx(1)
    assert doubt(torch.tensor([[0.0, 1000.0]]).log_softmax(1)).item() == 0


def test_anchors_part_under_their_loss_from_the_start() -> None:
    torch.manual_seed(0)
    balancing = ReliabilityBalancing(32, NetworkConfig(balancing="anchors", input_size=32))

    def closest() -> float:
        flat = torch.nn.functional.normalize(balancing.anchors.detach(), dim=2)
        cosines = torch.einsum("ckd,eld->cekl", flat, flat).amax((2, 3))
        return float(cosines[~torch.eye(len(flat), dtype=torch.bool)].max())

    first, first_loss = closest(), balancing.anchor_loss().item()
    assert first > 0.3  # some lie near each other
    optimiser = torch.optim.Adam([balancing.anchors], 3e-3)
    for _ in range(150):
        optimiser.zero_grad()
        loss = balancing.anchor_loss()
        loss.backward()
        optimiser.step()
    assert closest() < first / 2
    assert loss.item() < first_loss / 10


@pytest.mark.parametrize("scale", [0.0, 1e-8, 1.0, 1e6])
def test_the_anchor_loss_is_bounded(scale: float) -> None:
    balancing = plain()
    with torch.no_grad():
        balancing.anchors *= scale
    loss = balancing.anchor_loss()
    loss.backward()
    assert 0 <= loss.item() <= 1
    assert balancing.anchors.grad.isfinite().all()
    with torch.no_grad():
        balancing.anchors.copy_(scale * torch.ones_like(balancing.anchors))  # all at one place
    assert 0 <= balancing.anchor_loss().item() <= 1


EXTREMES = {
    "on an anchor": lambda balancing: balancing.anchors.detach()[0, :1].repeat(3, 1),
    "zero": lambda _: torch.zeros(3, 16),
    "huge": lambda _: torch.full((3, 16), 1e8),
}


@pytest.mark.parametrize("size", [0.0, 30.0, 1e4])
@pytest.mark.parametrize("extreme", EXTREMES)
@pytest.mark.parametrize("mode", MODES)
def test_loss_and_gradients_are_finite_at_the_extremes(mode: Mode, extreme: str, size: float) -> None:
    balancing = plain(mode=mode)
    embedding = EXTREMES[extreme](balancing).requires_grad_()
    logits = torch.tensor([[size, 0, 0], [0, size, -size], [size, size, 0]], requires_grad=True)
    log_corrected, balanced = balancing(embedding, logits)
    targets = torch.tensor([0, 2, 1])
    loss = -log_corrected.gather(1, targets[:, None]).mean()
    loss = loss + balancing.anchor_loss() + balancing.center_loss(balanced, targets)
    loss.backward()
    assert loss.isfinite()
    for tensor in (embedding, logits, *(p for p in balancing.parameters() if p.grad is not None)):
        assert tensor.grad.isfinite().all()
        assert tensor.grad.abs().max() < 1e4
    for part in (balanced.probabilities, balanced.anchors, balanced.attention, balanced.corrected):
        if part is not None:
            assert torch.allclose(part.sum(1), torch.ones(3), atol=1e-5)


def test_a_face_that_is_surely_misread_still_teaches() -> None:
    balancing = plain()
    logits = torch.tensor([[30.0, 0, 0]], requires_grad=True)  # a probability of 1e-13
    log_corrected, _ = balancing(torch.randn(1, 16), logits)
    (-log_corrected[0, 1]).backward()
    assert logits.grad[0, 0] > 0.5  # as much as the cross-entropy would ask for


def test_the_center_loss_draws_sure_faces_to_their_classes_nearest_anchor() -> None:
    balancing = plain(mode="anchors")
    embedding = torch.randn(2, 16, requires_grad=True)
    logits = torch.tensor([[20.0, 0, 0], [0, 0, 0]])  # sure, and not at all
    targets = torch.tensor([1, 1])
    optimiser = torch.optim.SGD([embedding], 5.0)
    start = embedding.detach().clone()
    for _ in range(200):
        optimiser.zero_grad()
        loss = balancing.center_loss(balancing(embedding, logits)[1], targets)
        loss.backward()
        optimiser.step()
    _, balanced = balancing(embedding, logits)
    assert balanced.anchors[0].argmax() == 1
    assert balanced.anchors[0, 1] > 0.9
    assert torch.allclose(embedding[1], start[1], atol=1e-3)


def test_a_config_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(MienError, match="balancing = 'some'"):
        config("some")
    with pytest.raises(MienError, match="divide anchor_width"):
        config(anchor_heads=5)
    with pytest.raises(MienError, match="anchor_delta"):
        config(anchor_delta=0.0)
    with pytest.raises(MienError, match="head_layers"):
        config(head_layers=0)


def test_the_head_of_three_layers_is_the_papers() -> None:
    network = ExpressionNetwork(config(head_width=384, head_layers=3))
    widths = [m.out_features for m in network.head if isinstance(m, torch.nn.Linear)]
    assert widths == [384, 192, 96, 3]


@pytest.mark.parametrize("mode", MODES)
def test_an_objective_teaches_every_part(mode: Mode) -> None:
    torch.manual_seed(0)
    network = sharp(ExpressionNetwork(config(mode, up="bilinear", down="bilinear")))
    settings = TrainConfig(network=network.config, restoration=0.0, anchor_loss=1.0, center_loss=1.0)
    objective = Objective(network, ExpressionLoss("ce"), settings)
    x, labels = torch.rand(4, 1, 24, 24), torch.eye(3)[[0, 1, 2, 0]]
    objective(x, x, labels, None, 0.5).backward()
    untouched = [name for name, p in network.balancing.named_parameters() if not p.grad.abs().sum() > 0]
    assert untouched in ([], ["attention.key_value.bias"])
    # At strength 0 neither the anchors nor the attention learn, and the classifier does.
    network.zero_grad()
    objective(x, x, labels, None, 0.0).backward()
    assert all(p.grad is None or p.grad.abs().max() < 1e-12 for p in network.balancing.parameters())
    assert network.head[-1].weight.grad.abs().sum() > 0


def test_with_a_frozen_backbone_balancing_learns_with_the_head() -> None:
    network = ExpressionNetwork(config())
    freeze(network, "head")
    learns = {name.split(".")[0] for name, p in network.named_parameters() if p.requires_grad}
    assert learns == {"head", "balancing"}


@pytest.mark.parametrize(
    "mode", [mode if mode == "both" else pytest.param(mode, marks=pytest.mark.slow) for mode in MODES]
)
def test_openvino_reads_a_balanced_network_as_torch_does(mode: Mode, tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = sharp(ExpressionNetwork(config(mode))).eval()
    weights.save(network, cards.Card(name="balanced", network=network.config), tmp_path)
    model = str(tmp_path / "balanced.json")
    crops = np.random.default_rng(0).integers(0, 255, (5, 1, 24, 24), dtype=np.uint8)
    crops[0] = 0
    outputs = [open_runtime(model, name).run(crops) for name in ("torch", "openvino")]
    expected, got = (np.exp(output.logits) for output in outputs)
    assert np.abs(expected.sum(1) - 1).max() < 1e-5  # log-probabilities, with no softmax needed
    assert expected.std(0).max() > 0.02
    assert np.abs(got - expected).max() < 1e-3
    for output in outputs:  # what they say each, by how much it counts, is what comes out
        assert np.abs((output.shares[:, :, None] * output.parts).sum(1) - expected).max() < 1e-3
        assert np.abs(output.shares.sum(1) - 1).max() < 1e-5
    many = open_runtime(model, "openvino", many=True).run(np.repeat(crops, 3, 0))
    assert np.abs(many.parts[::3] - outputs[0].parts).max() < 1e-3


def test_a_balanced_prediction_says_how_it_came_about(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = sharp(ExpressionNetwork(config())).eval()
    classes = network.config.classes
    weights.save(network, cards.Card(name="balanced", network=network.config, temperature=2.0), tmp_path)
    with Recognizer(str(tmp_path / "balanced.json")) as recognizer:
        (prediction,) = recognizer.recognize_picture(DemoSource().read()).predictions
    balance = prediction.balance
    assert balance.parts.shape == (3, len(classes))
    assert abs(balance.shares.sum() - 1) < 1e-5
    assert abs(balance.before.sum() - 1) < 1e-5
    # Before as after, softened by the card's temperature.
    powers = np.sqrt(balance.parts[0])
    assert np.abs(balance.before - powers / powers.sum()).max() < 1e-4
