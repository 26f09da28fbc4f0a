"""Pictures from elsewhere are told from those of the training's source, and confidence falls on them."""

import copy
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.fft import dct

from mien.data.faceset import FaceSet
from mien.data.load import TrainingData
from mien.errors import MienError
from mien.models import cards, weights
from mien.nn.config import SMALLEST_FOR_DOMAIN_SHIFT, NetworkConfig
from mien.nn.domain_shift import BANDS, DomainShift
from mien.nn.network import ExpressionNetwork
from mien.probabilities.calibration import calibrated
from mien.recognition.classifier import classify_crops
from mien.runtimes import Output, open_runtime
from mien.training import domain_shift
from mien.training.config import TrainConfig
from mien.training.describe import describe
from mien.training.distillation import Teachers
from mien.training.domain_shift import learn_domain_shift

SMALL = NetworkConfig(
    backbone="test_vit",
    input_size=32,
    crop_size=SMALLEST_FOR_DOMAIN_SHIFT,
    classes=("a", "b"),
    head_width=16,
    up="bilinear",
    down="bilinear",
    oversampling=0.0,
)
FACES = 60


def clouds(count: int, side: int, grain: float, seed: int) -> FaceSet:
    """Pictures whose finest structure is `grain` px wide, of two classes that nothing tells apart."""
    random = torch.Generator().manual_seed(seed)
    coarse = torch.randn(count, 1, round(side / grain), round(side / grain), generator=random)
    images = torch.nn.functional.interpolate(coarse, size=(side, side), mode="bicubic", align_corners=False)
    names = tuple(str(i) for i in range(count))
    labels = torch.eye(2)[torch.arange(count) % 2]
    return FaceSet((128 + 40 * images).clamp(0, 255).byte(), labels, ("a", "b"), names, f"clouds of {grain} px")


@pytest.fixture(scope="module")
def data() -> TrainingData:
    valid = clouds(FACES, 48, 6, seed=1)
    votes = 0.7 * valid.labels + 0.3 * (1 - valid.labels)
    own, other = clouds(FACES, 48, 6, seed=2), clouds(2 * FACES, 160, 2, seed=3)
    aside = torch.arange(2 * FACES) % 2 == 0
    return TrainingData(own, valid, None, votes, unlabelled=other.subset(~aside), restored=other.subset(aside))


@pytest.fixture(scope="module")
def learned(data: TrainingData) -> tuple[ExpressionNetwork, dict]:
    torch.manual_seed(0)
    network = weights.half_rounded(ExpressionNetwork(SMALL)).eval()
    figures = learn_domain_shift(network, data)
    assert figures is not None
    return network, figures


def inner(faces: FaceSet) -> torch.Tensor:
    return faces.images[..., 16:144, 16:144].float() / 255


def test_an_untaught_neuron_changes_nothing() -> None:
    neuron = DomainShift(3, 96)
    assert (neuron.temperatures(neuron(torch.rand(5, 1, 48, 48), torch.randn(5, 3))) == 1).all()


@pytest.mark.parametrize("side", [96, 128, 100])
def test_the_spectrum_is_the_cosine_transforms(side: int) -> None:
    picture = np.random.default_rng(side).random((side, side)).astype(np.float32)
    neuron = DomainShift(2, side)
    made = neuron.features(torch.from_numpy(picture)[None, None], torch.zeros(1, 2))[0, 2:]
    whole = side - side % BANDS
    normal = (picture - picture.mean()) / np.sqrt(picture.var() + 0.02**2)
    energy = sum(np.square(dct(normal, norm="ortho", axis=axis)).mean(1 - axis)[:whole] for axis in (0, 1))
    bands = energy.reshape(BANDS, -1).mean(1)[1:]
    assert made.numpy() == pytest.approx(np.log(bands + 5e-4), abs=1e-3)


def test_light_and_contrast_do_not_matter() -> None:
    neuron, x = DomainShift(1, 96), torch.rand(1, 1, 96, 96)
    bright, dark = (neuron.features(y, torch.zeros(1, 1)) for y in (x, 0.2 + 0.6 * x))
    assert torch.allclose(bright, dark, atol=0.02)


def test_sources_are_told_apart_and_confidence_falls_elsewhere(
    learned: tuple[ExpressionNetwork, dict], data: TrainingData
) -> None:
    network, figures = learned
    assert network.config.domain_shift
    assert json.loads(json.dumps(figures)) == figures
    assert figures["kinds"]["as they are"] == {"n": FACES, "probability": pytest.approx(0.0, abs=0.2), "above_half": 0}
    assert figures["kinds"]["from elsewhere"]["probability"] > 0.9
    assert figures["elsewhere"] == "clouds of 2 px"
    plain = copy.deepcopy(network)
    plain.domain_shift, most = None, torch.ones(FACES)
    assert data.restored is not None
    with torch.no_grad():
        for x, least in ((data.valid.images.float() / 255, 0.2), (inner(data.restored), 1.0)):
            stages, before = network.stages(x), plain.stages(x)
            elsewhere = network.domain_shift(x, stages.embedding)  # type: ignore[misc]
            softer, softest = (before.logits / torch.exp(figures["strength"] * p)[:, None] for p in (elsewhere, most))
            assert float(elsewhere.mean()) <= least
            assert torch.allclose(stages.logits, softer, atol=1e-3)
            output = Output.of([result.numpy() for result in stages.results()], network.config)
            assert output.unsoftened() == pytest.approx(before.logits.numpy(), abs=1e-4)
            assert output.from_elsewhere() == pytest.approx(softest.numpy(), abs=1e-3)
            assert torch.equal(stages.logits.argmax(1), before.logits.argmax(1))


def test_the_strength_makes_probabilities_those_of_single_annotators() -> None:
    random = np.random.default_rng(0)
    n = 4000
    logits = random.normal(0, 3, (n, 2)).astype(np.float32)
    sure = 1 / (1 + np.exp(logits[:, 0] - logits[:, 1]))  # how often the majority names the second class
    targets = (random.random(n) < sure).astype(int)
    doubt = 1 / (1 + np.exp((logits[:, 0] - logits[:, 1]) / 2))  # of one annotator: half as sure
    votes = np.stack([1 - doubt, doubt], 1)
    assert domain_shift._fit_strength(logits, targets, votes) == pytest.approx(np.log(2), abs=0.08)
    assert domain_shift._fit_strength(logits, targets, np.eye(2)[targets]) == pytest.approx(0, abs=0.05)


def test_runtimes_agree_and_files_keep_it(learned: tuple[ExpressionNetwork, dict], tmp_path: Path) -> None:
    network = copy.deepcopy(learned[0])
    assert network.domain_shift is not None
    network.domain_shift.strength.fill_(0.5)
    fine, coarse = (clouds(4, 96, grain, seed=4) for grain in (2, 12))
    crops = torch.cat([fine.images, coarse.images]).numpy()
    with torch.no_grad():
        wanted = network.stages(torch.from_numpy(crops).float() / 255)
        network.domain_shift.strength.zero_()
        unsoftened = network.stages(torch.from_numpy(crops).float() / 255)
        network.domain_shift.strength.fill_(0.5)
    assert not torch.allclose(wanted.logits, unsoftened.logits, atol=2e-2)
    weights.save(network, cards.Card(name="taught", network=network.config), tmp_path)
    for name in ("torch", "openvino"):
        runtime = open_runtime(str(tmp_path / "taught.json"), name, threads=1)
        read = runtime.run(crops)
        assert read.logits == pytest.approx(wanted.logits.numpy(), abs=1e-2)
        assert read.unsoftened() == pytest.approx(unsoftened.logits.numpy(), abs=1e-2)
        # What Mien cuts out comes from elsewhere, whatever the neuron says.
        own, given = (classify_crops(runtime, list(crops), ready_made=ready_made) for ready_made in (False, True))
        assert sum(crop.probabilities.max() for crop in own) < sum(crop.probabilities.max() for crop in given)
        most = calibrated(unsoftened.logits.numpy() / np.exp(0.5), 1.0)
        assert np.stack([crop.probabilities for crop in own]) == pytest.approx(most, abs=1e-2)


def test_without_votes_or_other_pictures_there_is_none(
    learned: tuple[ExpressionNetwork, dict], data: TrainingData
) -> None:
    for lacking in ("valid_votes", "unlabelled"):
        network = copy.deepcopy(learned[0])
        assert learn_domain_shift(network, replace(data, **{lacking: None})) is None
        assert not network.config.domain_shift
        assert network.domain_shift is None
    small = ExpressionNetwork(replace(SMALL, crop_size=48)).eval()
    assert learn_domain_shift(small, data) is None
    with pytest.raises(MienError, match="crop_size must be at least 96"):
        replace(SMALL, crop_size=48, domain_shift=True)


def test_training_is_not_softened(learned: tuple[ExpressionNetwork, dict], data: TrainingData) -> None:
    network = copy.deepcopy(learned[0])
    assert network.domain_shift is not None
    assert not any("domain_shift" in name for name, _ in network.named_parameters())
    for dropout in (module for module in network.modules() if isinstance(module, torch.nn.Dropout)):
        dropout.p = 0.0
    x = inner(data.restored)[:8]  # type: ignore[arg-type]
    before = network.train().stages(x).logits
    network.domain_shift.strength.fill_(2.0)
    assert torch.equal(network.stages(x).logits, before)


def test_a_training_ends_with_it_and_its_figures_stand_in_the_card(data: TrainingData) -> None:
    for recognition in (1.0, 0.0):  # where only pictures are restored there is nothing to soften
        network = weights.half_rounded(ExpressionNetwork(SMALL)).eval()
        config = TrainConfig(network=SMALL, start="random", recognition=recognition)
        card = describe(network, "mine", config, data, "random")
        assert card.network.domain_shift == bool(recognition)
        assert ("domain_shift" in card.metrics) == bool(recognition)


def test_teachers_are_not_softened(learned: tuple[ExpressionNetwork, dict], data: TrainingData, tmp_path: Path) -> None:
    network = copy.deepcopy(learned[0])
    weights.save(network, cards.Card(name="taught", network=network.config), tmp_path)
    assert data.restored is not None
    faces = data.restored.images[:6, :, 16:112, 16:112]
    teachers = Teachers([str(tmp_path / "taught.json")], replace(data.restored, images=faces))
    taught = teachers.classify(faces.float() / 255)
    network.domain_shift = None
    with torch.no_grad():
        assert torch.allclose(taught, torch.softmax(network(faces.float() / 255), 1), atol=5e-3)
