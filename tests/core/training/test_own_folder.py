"""What is said of a model that a person's own folder taught: its card, its result, and the figures measured again."""

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from mien.cli.main import main
from mien.curation.report import examine
from mien.curation.split import split
from mien.data.faceset import FaceSet
from mien.data.load import TrainingData, load_training
from mien.errors import MienError
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.training import checkpoint
from mien.training.checkpoint import Checkpoint, fingerprint
from mien.training.config import TrainConfig
from mien.training.describe import describe
from mien.training.result import judge_training


@pytest.fixture
def made(class_folder: Path, tiny: NetworkConfig, tmp_path: Path) -> tuple[Path, str]:
    """A split of the folder, and a model that was trained by it."""
    file = tmp_path / "split.json"
    split(examine(class_folder), by="picture").save(file)
    data = load_training(class_folder, rule="majority", size=24, channels=1, divided=file)
    return file, saved(tiny, data, tmp_path, "mine", "random")


def saved(tiny: NetworkConfig, data: TrainingData, folder: Path, name: str, start: str) -> str:
    torch.manual_seed(0)
    network = weights.half_rounded(ExpressionNetwork(replace(tiny, classes=data.train.classes))).eval()
    card = describe(network, name, TrainConfig(network=network.config, start=start), data, start)
    weights.save(network, card, folder)
    return str(folder / f"{name}.json")


def renamed(faces: FaceSet, source: str) -> FaceSet:
    return replace(faces, source=source)


@pytest.mark.slow
def test_a_model_is_measured_on_the_part_that_it_did_not_learn_from(
    made: tuple[Path, str], class_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, model = made
    words = ["evaluate", str(class_folder), "--model", model, "--json", str(tmp_path / "figures.json")]
    assert main([*words, "--split", str(file)]) == 0
    assert "learned from" not in caplog.text
    figures, card = json.loads((tmp_path / "figures.json").read_bytes()), cards.read_card(model)
    assert figures["source"] == card.metrics["source"]
    assert (figures["n"], round(figures["accuracy"], 4)) == (10, card.metrics["accuracy"])
    assert main(words) == 0
    assert "may be some that it learned from" in caplog.text
    assert main([*words, "--split", "half"]) == 2


def test_a_training_without_a_split_says_what_its_figures_are_worth(
    class_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    load_training(class_folder, rule="majority", size=24, channels=1)
    assert "split by single pictures" in caplog.text


@pytest.mark.parametrize("part", ["train", "valid"])
@pytest.mark.parametrize("change", ["label", "picture"])
def test_a_folder_that_was_changed_meanwhile_is_another_training(
    class_folder: Path, tiny: NetworkConfig, part: str, change: str
) -> None:
    data = load_training(class_folder, rule="majority", size=24, channels=1)
    faces = getattr(data, part)
    if change == "label":
        other = replace(faces, labels=torch.cat([faces.labels[:-1], faces.labels[:1]]))
    else:
        other = replace(faces, images=torch.cat([faces.images[:-1], 255 - faces.images[-1:]]))
    config = TrainConfig(network=tiny)
    changed = fingerprint(config, replace(data, **{part: other}), 1)
    assert fingerprint(config, data, 1) == fingerprint(config, replace(data), 1) != changed


def test_a_full_disk_is_named_with_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(checkpoint, "write_atomic", full)
    state = Checkpoint(1, {}, {}, {}, 0.0, 0.0, {}, "")
    with pytest.raises(MienError, match=r"last\.pt.*No space left on device"):
        checkpoint.save(state, tmp_path)


def test_a_card_claims_nothing_of_ferplus_for_other_pictures(
    made: tuple[Path, str], class_folder: Path, tiny: NetworkConfig, tmp_path: Path
) -> None:
    file, model = made
    alone = cards.read_card(model)
    assert "found on the web" not in alone.limits
    assert alone.limits.startswith("Classifies facial expressions, which are not feelings. Trained on 30 faces;")
    assert "AI Act" in alone.limits
    assert alone.licence == "Weights: on the terms of what they were trained on (data)."
    read = load_training(class_folder, rule="majority", size=24, channels=1, divided=file)
    own = replace(read, train=renamed(read.train, "FERPlus at home, learned from"))  # a folder may have any name
    again = cards.read_card(saved(tiny, own, tmp_path, "again", model))
    assert again.limits == f"{alone.limits} Then trained on 30 faces that its owner collected and labelled."
    assert again.licence == f"{alone.licence} Then trained on FERPlus at home, whose terms hold too."
    assert again.description.startswith("mine, fine-tuned on FERPlus at home (")
    ferplus = replace(read, train=renamed(read.train, "FERPlus FER2013Train, votes rule"), prior=torch.eye(2))
    of_both = cards.read_card(saved(tiny, ferplus, tmp_path, "both", model))
    assert of_both.licence.startswith(alone.licence)
    assert "FERPlus" in of_both.licence


@pytest.mark.slow
def test_a_start_that_may_have_learned_from_the_validation_faces_is_named(
    made: tuple[Path, str], class_folder: Path, tiny: NetworkConfig, tmp_path: Path
) -> None:
    file, model = made
    data = load_training(class_folder, rule="majority", size=24, channels=1, divided=file)
    result = judge_training(model, model, data.valid)
    assert result.summary[1].startswith("mine was itself trained on data: if some of the validation faces")
    card = cards.read_card(model)
    published = replace(card, training={"data": "FERPlus FER2013Train, votes rule"})
    weights.save(weights.load(model)[0], published, tmp_path)
    assert "itself" not in " ".join(judge_training(model, model, data.valid).summary)
