import copy
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from mien.cli.main import main
from mien.data.faceset import FaceSet
from mien.data.unlike_faces import ODD, POOR, UNSEEN, textures
from mien.faces.alignment import crop
from mien.faces.detector import FaceDetector
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.nn.unlikeness import Unlikeness
from mien.probabilities.calibration import calibrated
from mien.probabilities.unsure_reasons import UNLIKE, reasons
from mien.runtimes import Output, open_runtime
from mien.training import unlikeness
from mien.training.recalibration import recalibrate
from mien.training.unlikeness import FEWEST, learn_unlikeness
from mien.utils import paths
from mien.utils.images import read_picture

SMALL = NetworkConfig(
    backbone="test_vit",
    input_size=32,
    crop_size=24,
    classes=("a", "b"),
    head_width=16,
    up="bilinear",
    down="bilinear",
    oversampling=0.0,
)
SCORES = torch.tensor([-3.0, 0.0, 0.5, 1.0, 4.0])


def drawn_faces(count: int, side: int = 24) -> FaceSet:
    """Eyes and a mouth, which is wide in every second one, under noise."""
    random = np.random.default_rng(0)
    images = random.normal(150, 8, (count, 1, side, side))
    for i in range(count):
        x, y = random.integers(-1, 2, 2)
        images[i, 0, 7 + y : 10 + y, 6 + x : 9 + x] -= 90
        images[i, 0, 7 + y : 10 + y, 15 + x : 18 + x] -= 90
        images[i, 0, 17 + y : 19 + y, (6 if i % 2 else 10) + x : (18 if i % 2 else 14) + x] -= 90
    labels = torch.eye(2)[torch.arange(count) % 2]
    names = tuple(str(i) for i in range(count))
    return FaceSet(torch.from_numpy(images.clip(0, 255)).byte(), labels, ("a", "b"), names, "drawn")


@pytest.fixture(scope="module")
def learned() -> tuple[ExpressionNetwork, unlikeness.Learned, FaceSet]:
    torch.manual_seed(0)
    faces = drawn_faces(FEWEST)
    network = weights.half_rounded(ExpressionNetwork(SMALL)).eval()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unlikeness, "_EACH", 80)
        patch.setattr(unlikeness, "_TEXTURES", 80)
        found = learn_unlikeness(network, faces)
    assert found is not None
    return network, found, faces


def test_an_untaught_neuron_says_and_changes_nothing() -> None:
    neuron = Unlikeness(3)
    logits = torch.randn(5, 4)
    assert (neuron(torch.randn(5, 3)) == 0).all()
    assert torch.equal(neuron.soften(logits, SCORES), logits)


def test_confidence_falls_with_the_score_and_the_order_stays() -> None:
    neuron = Unlikeness(3)
    neuron.slope.fill_(0.3)
    logits = torch.tensor([[2.0, -1.0, 0.5]]).repeat(len(SCORES), 1)
    softer = neuron.soften(logits, SCORES)
    assert torch.equal(softer[:2], logits[:2])  # as the median face and what is nearer
    assert torch.allclose(softer[3], logits[3] / np.exp(0.3))
    assert torch.equal(softer.argsort(1), logits.argsort(1))
    confidence = calibrated(softer.numpy(), 0.7).max(1)
    assert (np.diff(confidence) <= 0).all()
    assert confidence[-1] < confidence[0]


def test_what_a_network_learns(learned: tuple[ExpressionNetwork, unlikeness.Learned, FaceSet]) -> None:
    network, found, faces = learned
    assert network.config.unlikeness
    kinds = found.figures["kinds"]
    assert kinds["as they are"]["unlike"] <= 0.01
    assert min(kinds["textures"]["unlike"], kinds["mouth covered"]["unlike"]) > 0.5
    assert set(kinds) == {"as they are", *POOR, *ODD, *UNSEEN, "textures"}
    assert json.loads(json.dumps(found.figures)) == found.figures
    stages = network.stages(faces.images[:8].float() / 255)
    far = network.stages(textures(8, 1, 24, seed=7))
    assert stages.unlikeness is not None
    assert far.unlikeness is not None
    assert (stages.unlikeness < 1).all()
    assert (far.unlikeness > stages.unlikeness.max()).float().mean() > 0.5
    # What it was before is what it says without softening, and the labels are the same.
    plain = ExpressionNetwork(replace(network.config, unlikeness=False)).eval()
    plain.load_state_dict({k: v for k, v in network.state_dict().items() if not k.startswith("unlikeness.")})
    before = plain.stages(faces.images.float() / 255)
    assert before.unlikeness is None
    assert torch.equal(before.logits.argmax(1), found.logits.argmax(1))
    assert (found.logits.abs() <= before.logits.abs() + 1e-5).all()


def test_runtimes_agree_and_files_keep_it(
    learned: tuple[ExpressionNetwork, unlikeness.Learned, FaceSet], tmp_path: Path
) -> None:
    network, _, faces = learned
    network = copy.deepcopy(network)
    network.unlikeness.slope.fill_(0.25)  # a drawn network may want none
    crops = np.concatenate([faces.images[:5].numpy(), (textures(3, 1, 24) * 255).byte().numpy()])
    with torch.no_grad():
        wanted = network.stages(torch.from_numpy(crops).float() / 255)
    weights.save(network, cards.Card(name="taught", network=network.config), tmp_path)
    for name in ("torch", "openvino"):
        for many in (False, True):
            read = open_runtime(str(tmp_path / "taught.json"), name, threads=1, many=many).run(crops)
            assert read.parts is None
            assert read.unlikeness == pytest.approx(wanted.unlikeness.numpy(), abs=1e-2)
            assert read.logits == pytest.approx(wanted.logits.numpy(), abs=1e-2)


def test_too_few_faces_teach_nothing_and_silence_what_was_there(tiny: NetworkConfig) -> None:
    network = ExpressionNetwork(tiny).eval()
    assert learn_unlikeness(network, drawn_faces(50)) is None
    assert not network.config.unlikeness
    fine_tuned = ExpressionNetwork(replace(tiny, unlikeness=True)).eval()
    fine_tuned.unlikeness.weight.fill_(1.0)
    fine_tuned.unlikeness.slope.fill_(1.0)
    assert learn_unlikeness(fine_tuned, drawn_faces(50)) is None
    assert fine_tuned.unlikeness is None
    assert not fine_tuned.config.unlikeness
    balanced = ExpressionNetwork(replace(tiny, balancing="anchors")).eval()
    assert learn_unlikeness(balanced, drawn_faces(FEWEST)) is None


def test_calibrating_on_few_faces_leaves_no_measure_that_the_card_promises(tiny: NetworkConfig, tmp_path: Path) -> None:
    network = ExpressionNetwork(replace(tiny, unlikeness=True)).eval()
    network.unlikeness.bias.fill_(2.0)
    old = cards.Card(name="old", network=network.config, metrics={"unlike": {"kinds": {}}, "other": 1})
    weights.save(network, old, tmp_path)
    path = str(tmp_path / "old.json")
    recalibrate(*weights.load(path), drawn_faces(24)).write(path)
    made, card = weights.load(path)
    assert made.unlikeness is None
    assert not card.network.unlikeness
    assert "unlike" not in card.metrics
    assert card.metrics["other"] == 1


def test_training_is_not_softened(tiny: NetworkConfig) -> None:
    network = ExpressionNetwork(replace(tiny, unlikeness=True, head_dropout=0.0))
    network.unlikeness.bias.fill_(2.0)
    x = torch.rand(4, 1, 24, 24)
    before = network.train().stages(x).logits
    network.unlikeness.slope.fill_(1.0)
    assert torch.equal(network.stages(x).logits, before)
    assert not any("unlikeness" in name for name, _ in network.named_parameters())


def test_an_older_card_has_none(tiny: NetworkConfig, tmp_path: Path) -> None:
    weights.save(ExpressionNetwork(tiny), cards.Card(name="old", network=tiny), tmp_path)
    path = tmp_path / "old.json"
    values = json.loads(path.read_text())
    del values["network"]["unlikeness"]
    path.write_text(json.dumps(values))
    network, card = weights.load(str(path))
    assert not card.network.unlikeness
    assert network.unlikeness is None
    assert open_runtime(str(path), "torch").run(np.zeros((1, 1, 24, 24), np.uint8)).unlikeness is None


def test_results_are_named_whatever_a_network_has(tiny: NetworkConfig) -> None:
    results = [np.full(1, i, np.float32) for i in range(6)]
    both = Output.of(results, replace(tiny, balancing="both", unlikeness=True))
    assert (both.logits, both.resized, both.uncorrected, both.parts, both.shares, both.unlikeness) == tuple(results)
    alone = Output.of(results[:3], replace(tiny, unlikeness=True))
    assert (alone.parts, alone.shares, alone.unlikeness) == (None, None, results[2])
    with pytest.raises(ValueError, match="zip"):
        Output.of(results[:3], tiny)


def test_a_face_is_unlike_beyond_the_limit() -> None:
    astronaut = read_picture(paths.assets() / "astronaut.png")
    assert astronaut is not None
    with FaceDetector() as detector:
        face = detector.detect(astronaut)[0]
    planes = crop(astronaut, face, 48).mean(2).astype(np.uint8)[None]
    assert reasons(face, planes, ambiguous=False) == ()
    assert reasons(face, planes, ambiguous=False, unlikeness=UNLIKE) == ()
    assert reasons(face, planes, ambiguous=True, unlikeness=UNLIKE + 0.01) == ("unlike", "ambiguous")


def test_changes_keep_the_shape_and_stay_pictures() -> None:
    for side, channels in ((48, 1), (128, 3)):
        faces = torch.rand(2, channels, side, side)
        for change in {**POOR, **ODD, **UNSEEN}.values():
            made = change(faces)
            assert made.shape == faces.shape
            assert not torch.equal(made, faces)
            assert made.isfinite().all()
        made = textures(6, channels, side)
        assert made.shape == (6, channels, side, side)
        assert 0 <= float(made.min()) < float(made.max()) <= 1


def test_evaluate_writes_weights_and_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from mien.data.readers import registry

    monkeypatch.setattr(unlikeness, "_EACH", 20)
    monkeypatch.setattr(unlikeness, "_TEXTURES", 20)
    monkeypatch.setattr(registry, "read_split", lambda *_, **__: drawn_faces(FEWEST).arrays)
    torch.manual_seed(0)
    weights.save(ExpressionNetwork(SMALL), cards.Card(name="mine", network=SMALL), tmp_path)
    (tmp_path / "mine.json").rename(tmp_path / "other.json")
    (tmp_path / "mine.safetensors").rename(tmp_path / "other.safetensors")
    path = str(tmp_path / "other.json")
    before = cards.read_card(path)
    for _ in range(2):  # also one that was taught before
        assert main(["evaluate", str(tmp_path), "--model", path, "--calibrate"]) == 0
        network, card = weights.load(path)
        assert network.unlikeness is not None
        assert card.sha256 != before.sha256
        assert card.metrics["unlike"]["kinds"]["textures"]["n"] > 0
    said = capsys.readouterr().out
    assert "unlike those the model learned from" in said
    assert "left out of the fit" in said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["other.json", "other.safetensors"]
