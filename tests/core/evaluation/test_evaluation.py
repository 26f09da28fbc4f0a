from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from mien.cli import evaluate as evaluate_command
from mien.data.faceset import FaceSet
from mien.data.filters import resample
from mien.errors import MienError
from mien.evaluation.end_to_end import evaluate_through_detector
from mien.evaluation.metrics import evaluate, predict_logits
from mien.evaluation.network_classifier import NetworkClassifier
from mien.evaluation.runtime_classifier import RuntimeClassifier, resized, shrunk
from mien.evaluation.scores import score
from mien.figures import evaluation_plots
from mien.models.cards import Card
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.nn.resizer import bilinear
from mien.probabilities.cross_validation import cross_validate
from mien.runtimes import Output
from mien.runtimes.base import checked


def faces(classes: tuple[str, ...] = ("a", "b", "c")) -> FaceSet:
    """Three faces whose grey value is their class."""
    values = torch.tensor([0, 100, 200], dtype=torch.uint8)
    images = values.view(3, 1, 1, 1).expand(3, 1, 16, 16).contiguous()
    return FaceSet(images, torch.eye(3), classes, ("x", "y", "z"), "three faces")


def by_brightness(x: torch.Tensor) -> torch.Tensor:
    """Calls dark faces a, middling ones b, and light ones b too."""
    mean = x.mean((1, 2, 3))
    return torch.stack([0.2 - mean, mean - 0.2, torch.full_like(mean, -9)], 1) * 20


def test_figures_by_hand() -> None:
    probabilities = torch.tensor([[0.9, 0.1, 0.0], [0.3, 0.7, 0.0], [0.2, 0.8, 0.0], [0.6, 0.4, 0.0]])
    scores = score(probabilities.numpy(), np.array([0, 1, 0, 0]), ("a", "b", "c"), "s", 48)
    assert scores.n == 4
    assert scores.accuracy == pytest.approx(0.75)
    assert scores.confusion == [[2, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert scores.recall == {"a": pytest.approx(2 / 3), "b": pytest.approx(1.0), "c": None}
    assert scores.macro_f1 == pytest.approx((0.8 + 2 / 3) / 2)  # over the classes that have a face
    assert scores.ece == pytest.approx((0.1 + 0.3 + 0.8 + 0.4) / 4, abs=1e-5)


def test_every_face_counts_once_whatever_the_batches() -> None:
    three = faces()
    many = three.subset(torch.arange(3).repeat(50)[:149])
    in_batches = predict_logits(by_brightness, many.images)
    assert torch.allclose(in_batches, by_brightness(many.images.float() / 255))
    scores = evaluate(by_brightness, many)
    assert scores.n == 149
    assert scores.accuracy == pytest.approx(100 / 149)


def test_shrinking_is_done_before_recognition() -> None:
    seen = []

    def spy(x: torch.Tensor) -> torch.Tensor:
        seen.append(x)
        return by_brightness(x)

    noise = FaceSet(
        torch.randint(0, 255, (4, 1, 16, 16), dtype=torch.uint8),
        torch.eye(3)[[0, 1, 2, 0]],
        ("a", "b", "c"),
        ("",) * 4,
        "",
    )
    assert evaluate(spy, noise, size=4).size == 4
    assert evaluate(spy, noise).size == 16
    assert evaluate(by_brightness, noise, size=32).size == 16  # nothing was done to them
    assert seen[0].shape == seen[1].shape
    assert seen[0].std() < 0.6 * seen[1].std()


class _Brightness:
    """A runtime whose logits are the mean of each face, 0..255."""

    card = Card(name="x", network=NetworkConfig())

    def run(self, crops: np.ndarray) -> Output:  # type: ignore[type-arg]
        assert crops.dtype == np.uint8
        assert len(crops) <= 64
        means = crops.mean((1, 2, 3), dtype=np.float32)
        return Output(logits=means[:, None], resized=crops.astype(np.float32), unlikeness=means / 255)


def test_a_runtime_is_evaluated_in_parts_on_faces_shrunk_as_pytorch_shrinks_them() -> None:
    images = np.random.default_rng(0).integers(0, 256, (70, 1, 48, 48), np.uint8)
    made = RuntimeClassifier(_Brightness()).classify(images)  # type: ignore[arg-type]
    assert np.allclose(made.logits[:, 0], images.mean((1, 2, 3)))
    assert made.unlikeness is not None
    assert np.allclose(made.unlikeness, images.mean((1, 2, 3)) / 255)
    for size in (12, 32, 48, 64):
        expected = resample(torch.from_numpy(images[:5]).float() / 255, size) * 255
        assert np.abs(shrunk(images[:5], size) - expected.numpy()).max() <= 1


def test_a_runtime_takes_faces_that_are_smaller_than_its_crops() -> None:
    class Runtime(_Brightness):
        card = Card(name="x", network=NetworkConfig(crop_size=32))

        def run(self, crops: np.ndarray) -> Output:  # type: ignore[type-arg]
            return super().run(checked(crops, self.card.network))

    images = np.random.default_rng(0).integers(0, 256, (3, 1, 24, 24), np.uint8)
    for size in (None, 12):
        made = RuntimeClassifier(Runtime()).classify(images, size)  # type: ignore[arg-type]
        assert np.allclose(made.logits[:, 0], images.mean((1, 2, 3)), atol=2)
    expected = bilinear(torch.from_numpy(images).float(), 32)
    assert np.abs(resized(images, 32) - expected.numpy()).max() <= 0.51


def test_labels_follow_the_models_order_of_classes() -> None:
    aligned = faces().arrays.in_order_of(("c", "b", "a", "d"))
    assert aligned.targets.tolist() == [2, 1, 0]
    with pytest.raises(MienError, match="does not have the class 'b'"):
        faces().arrays.in_order_of(("a", "c"))


def test_classes_whose_names_differ_in_capitals_or_in_how_accents_are_stored_are_the_models() -> None:
    made = replace(faces().arrays, classes=("Fear", "u\u0308ber", "B"))
    assert made.in_order_of(("b", "B", "fear", "\u00fcber")).targets.tolist() == [2, 3, 1]


def test_faces_that_are_never_detected_are_told(tiny: NetworkConfig) -> None:
    network, blank = ExpressionNetwork(tiny).eval(), torch.full((6, 1, 24, 24), 90, dtype=torch.uint8)
    labelled = FaceSet(blank, torch.eye(2)[torch.arange(6) % 2], tiny.classes, ("",) * 6, "blank")
    with pytest.raises(MienError, match="No face was detected in its frame"):
        evaluate_through_detector(NetworkClassifier(network, Card(name="x", network=tiny)), labelled.arrays)


def test_plots_are_written(tmp_path: Path) -> None:
    rows = [evaluate(by_brightness, faces(), size=size) for size in (4, 8, 16)]
    evaluation_plots.confusion_matrix(rows[0], tmp_path / "c.png")
    evaluation_plots.accuracy_over_size(rows, tmp_path / "s.png")
    probabilities = np.eye(3)[[0, 1, 1]] * 0.7 + 0.1
    evaluation_plots.reliability_diagram(
        probabilities**2, probabilities, np.arange(3), "three faces", tmp_path / "r.png"
    )
    evaluation_plots.risk_over_coverage(probabilities, np.arange(3), "three faces", tmp_path / "k.png")
    for name in ("c.png", "s.png", "r.png", "k.png"):
        assert (tmp_path / name).stat().st_size > 5_000


def test_of_no_set_with_one_class_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    targets = np.arange(40) % 4
    halves = cross_validate(np.zeros((40, 4), np.float32), targets, ("a", "b", "c", "d"), 0.9, draws=1)
    assert halves is not None
    evaluate_command._print_halves(halves)
    assert "4.00 classes on average; 0.0% hold one class\n" in capsys.readouterr().out
