import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from mien import cards, weights
from mien.cli import main
from mien.data.examine import examine
from mien.data.load import load_training
from mien.data.split import split
from mien.errors import MienError
from mien.nn.config import NetworkConfig
from mien.nn.network import NeuralResizer
from mien.training.config import TrainConfig
from mien.training.freezing import Trained, freeze, train_mode
from mien.training.trainer import Trainer


@pytest.fixture
def start(tiny: NetworkConfig, tmp_path: Path) -> str:
    torch.manual_seed(1)
    network = NeuralResizer(replace(tiny, classes=("x", "y", "z")))
    weights.save(network.eval(), cards.Card(name="start", network=network.config), tmp_path / "start")
    return str(tmp_path / "start" / "start.json")


@pytest.mark.parametrize(("trained", "learns"), [("head", {"head"}), ("last blocks", {"head", "backbone"})])
def test_only_what_shall_learn_does(
    trained: Trained, learns: set[str], start: str, tiny: NetworkConfig, class_folder: Path, tmp_path: Path
) -> None:
    data = load_training(class_folder, rule="majority", size=24, channels=1)
    config = TrainConfig(
        network=tiny, start=start, trained=trained, loss="ce", restoration=0.0, epochs=2, batch_size=8, warmup_steps=2
    )
    card = Trainer(config, data, tmp_path / "out", quiet=True).run()
    before, after = weights.load(start)[0].state_dict(), weights.load(str(card))[0].state_dict()
    changed = {
        key for key in after if before[key].shape != after[key].shape or not torch.equal(before[key], after[key])
    }
    assert {key.split(".")[0] for key in changed} == learns
    assert not any(f"blocks.{i}." in key for key in changed for i in range(8))
    assert "fine-tuned" in cards.read_card(str(card)).description


def test_what_is_frozen_drops_nothing(tiny: NetworkConfig) -> None:
    network = NeuralResizer(tiny, drop_path=0.5)
    freeze(network, "head")
    train_mode(network)
    assert network.head.training
    assert not any(module.training for module in network.backbone.modules())
    assert network.superres is not None
    assert not network.superres.training


def test_the_command_with_a_split(start: str, class_folder: Path, tmp_path: Path) -> None:
    made = split(examine(class_folder), by="picture")
    made.save(tmp_path / "split.json")
    config = tmp_path / "mine.toml"
    config.write_text('base = "finetune"\nepochs = 2\n')
    words = ["train", str(class_folder), "--config", str(config), "--start", start, "--name", "mine"]
    assert main([*words, "--split", str(tmp_path / "split.json"), "--out", str(tmp_path / "out")]) == 0
    card = cards.read_card(str(tmp_path / "out" / "mine.json"))
    assert card.network.classes == ("a", "b")
    assert card.network.input_size == 32  # the start's network, not the config's
    assert card.metrics["n"] == len(made.judge)
    assert card.training["faces"] == len(made.train)


def test_a_split_of_another_folder_is_refused(class_folder: Path, tmp_path: Path) -> None:
    split(examine(class_folder), by="picture").save(tmp_path / "split.json")
    shutil.rmtree(class_folder / "a")
    shutil.rmtree(class_folder / "b")
    with pytest.raises(MienError, match="does not belong"):
        load_training(class_folder, rule="majority", size=24, channels=1, divided=tmp_path / "split.json")
    (tmp_path / "split.json").write_text("[]")
    with pytest.raises(MienError, match="no split"):
        load_training(class_folder, rule="majority", size=24, channels=1, divided=tmp_path / "split.json")
