import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
import pytest
import torch

from mien.cli.main import main
from mien.curation.extract_faces import CROP_PX, examine_faces, holds_crops
from mien.curation.report import examine
from mien.curation.split import split
from mien.data.load import load_training
from mien.errors import MienError
from mien.models import cards, weights
from mien.nn import weight_transfer
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.training.config import TrainConfig, from_toml, recipe, to_toml
from mien.training.freezing import Front, Trained, freeze, train_mode
from mien.training.result import read_result
from mien.training.stdin_control import StdinControl
from mien.training.trainer import Trainer
from mien.utils import paths


@pytest.fixture
def start(tiny: NetworkConfig, tmp_path: Path) -> str:
    torch.manual_seed(1)
    network = ExpressionNetwork(replace(tiny, classes=("x", "y", "z")))
    weights.save(network.eval(), cards.Card(name="start", network=network.config), tmp_path / "start")
    return str(tmp_path / "start" / "start.json")


@pytest.mark.parametrize(
    ("trained", "learns"),
    [
        pytest.param("head", {"head"}, marks=pytest.mark.slow),
        ("last blocks", {"head", "backbone"}),
        pytest.param("later blocks", {"head", "backbone"}, marks=pytest.mark.slow),
        pytest.param("backbone", {"head", "backbone"}, marks=pytest.mark.slow),
    ],
)
def test_only_what_shall_learn_does(
    trained: Trained, learns: set[str], start: str, tiny: NetworkConfig, class_folder: Path, tmp_path: Path
) -> None:
    data = load_training(class_folder, rule="majority", size=24, channels=1)
    config = TrainConfig(
        network=tiny, start=start, trained=trained, loss="ce", restoration=0.0, epochs=1, batch_size=8, warmup_steps=2
    )
    card = Trainer(config, data, tmp_path / "out", quiet=True).run()
    before, after = weights.load(start)[0].state_dict(), weights.load(str(card))[0].state_dict()
    changed = {
        key for key in after if before[key].shape != after[key].shape or not torch.equal(before[key], after[key])
    }
    assert {key.split(".")[0] for key in changed} == learns
    blocks = {int(key.split("blocks.")[1].split(".")[0]) for key in changed if "blocks." in key}
    first = {"head": None, "last blocks": 4, "later blocks": 2, "backbone": 0}[trained]
    assert min(blocks, default=None) == first
    assert "fine-tuned" in cards.read_card(str(card)).description
    assert "whose terms hold too" in cards.read_card(str(card)).licence


def test_what_is_frozen_drops_nothing(tiny: NetworkConfig) -> None:
    network = ExpressionNetwork(tiny, drop_path=0.5)
    freeze(network, "head")
    train_mode(network)
    assert network.head.training
    assert not any(module.training for module in network.backbone.modules())
    assert network.superres is not None
    assert not network.superres.training
    network.superres = network.resizer = None
    for front in get_args(Front):
        with pytest.raises(MienError, match=f"'{front}', but the network has none"):
            freeze(network, front)


def test_the_command_with_a_split(start: str, class_folder: Path, tmp_path: Path) -> None:
    made = split(examine(class_folder), by="picture")
    made.save(tmp_path / "split.json")
    config = tmp_path / "mine.toml"
    config.write_text('base = "finetune"\nepochs = 1\n')
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


def test_a_table_of_pictures_can_be_learned_from(start: str, class_folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    rows = [f"{path},{path.parent.name}" for path in sorted(class_folder.rglob("*.png"))]
    table.write_text("path,label\n" + "\n".join(rows))
    split(examine(table), by="picture").save(tmp_path / "split.json")
    data = load_training(table, rule="majority", size=24, channels=1, divided=tmp_path / "split.json")
    assert data.train.classes == ("a", "b")
    assert len(data.train) + len(data.valid) == 40


def test_the_head_keeps_what_both_know(tiny: NetworkConfig) -> None:
    torch.manual_seed(0)
    old, new = (ExpressionNetwork(replace(tiny, classes=names)) for names in (("a", "b", "c"), ("c", "d", "A")))
    weight_transfer.from_model(new, old)
    assert torch.equal(new.head[-1].weight[0], old.head[-1].weight[2])
    assert torch.equal(new.head[-1].bias[2], old.head[-1].bias[0])
    assert not torch.equal(new.head[-1].weight[1], old.head[-1].weight[1])


def test_an_attended_training_waits_and_leaves() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", buffering=1) as words:
        attendant = StdinControl(os.fdopen(reading))
        assert not attendant.should_stop()
        words.write("pause\n")
        wait_until(lambda: attendant.paused)
        asked = threading.Thread(target=attendant.should_stop)
        asked.start()
        asked.join(0.3)
        assert asked.is_alive()  # it waits
        words.write("go on\n")
        asked.join(10)
        assert not asked.is_alive()
        assert not attendant.should_stop()
    wait_until(attendant.should_stop)  # nobody is left to write


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_judged_and_estimated_by_the_command(
    start: str, class_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    split(examine(class_folder), by="picture").save(tmp_path / "split.json")
    words = ["train", str(class_folder), "--config", "finetune", "--start", start, "--epochs", "1"]
    words += ["--split", str(tmp_path / "split.json"), "--out", str(tmp_path / "out")]
    assert main([*words, "--estimate"]) == 0
    assert float(capsys.readouterr().out.split()[0]) > 0
    assert not (tmp_path / "out").exists()
    assert main([*words, "--judge"]) == 0
    said = capsys.readouterr().out
    assert "nothing to compare" in said
    result = read_result(tmp_path / "out" / "result.json")
    assert result.judged.scores.n == 10


def test_a_wrong_reference_is_said_before_the_training(
    class_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["train", str(class_folder), "--config", "finetune", "--out", str(tmp_path / "out")]
    assert main([*words, "--judge", "--reference", str(tmp_path / "gone")]) == 2
    assert "gone does not exist" in capsys.readouterr().err
    assert main([*words, "--reference", str(class_folder)]) == 2
    assert "--reference needs --judge" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_what_came_of_a_recipe_is_read_again(start: str) -> None:
    for trained in get_args(Trained):
        made = recipe(start, trained, loss="fpdls", epochs=3)
        assert made.network.input_size == 32
        again = from_toml(to_toml(made))
        assert again.learning_rate == made.learning_rate
        assert (again.trained, again.epochs, again.loss) == (trained, 3, "fpdls")
    with pytest.raises(MienError, match="not valid TOML"):
        from_toml("learning_rate =")


def test_faces_are_cut_out_of_whole_pictures(
    tiny: NetworkConfig, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = cv2.imread(str(paths.assets() / "astronaut.png"))
    for name in ("a", "b"):
        for i in range(2):
            path = tmp_path / "whole" / name / f"sub{i}" / "one.png"
            path.parent.mkdir(parents=True)
            cv2.imwrite(str(path), cv2.convertScaleAbs(photo, alpha=1 - 0.2 * i, beta=30 * (name == "b")))
    cv2.imwrite(str(tmp_path / "whole" / "a" / "empty.png"), np.full((200, 200, 3), 90, np.uint8))
    assert not holds_crops(tmp_path / "whole")
    assert main(["examine", str(tmp_path / "whole")]) == 0
    assert "seem to be whole pictures" in capsys.readouterr().out
    card = cards.Card(name="one", network=replace(tiny, classes=("a", "b")))
    weights.save(ExpressionNetwork(card.network).eval(), card, tmp_path)
    measured = ["--model", str(tmp_path / "one.json"), "--split", "all"]
    assert main(["evaluate", str(tmp_path / "whole"), *measured]) == 0
    assert "whole seems to hold whole pictures" in caplog.text
    caplog.clear()
    left = tmp_path / "faces" / "a" / "sub1" / ".0123456789abcdef.tmp"  # by a kill
    left.parent.mkdir(parents=True)
    left.touch()
    seen = examine_faces(tmp_path / "whole", tmp_path / "faces")
    assert seen.counts() == {"a": 2, "b": 2}
    assert {(p.width, p.height) for p in seen.pictures} == {(CROP_PX, CROP_PX)}
    assert [path.name for path in left.parent.iterdir()] == ["one.png"]
    assert [len(f.paths) for f in seen.findings if f.kind == "no face"] == [1]
    assert holds_crops(tmp_path / "faces")
    assert main(["evaluate", str(tmp_path / "faces"), *measured]) == 0
    assert main(["examine", str(tmp_path / "faces")]) == 0
    assert "whole pictures" not in capsys.readouterr().out + caplog.text
    assert examine_faces(tmp_path / "whole", tmp_path / "faces").counts() == seen.counts()
    before = {path: path.read_bytes() for path in (tmp_path / "whole").rglob("*.png")}
    shutil.copytree(tmp_path / "whole", tmp_path / "others")
    for into in ("whole", "whole/a", "whole/new", ".", "others"):
        with pytest.raises(MienError, match="Choose a new folder"):
            examine_faces(tmp_path / "whole", tmp_path / into)
    assert {path: path.read_bytes() for path in (tmp_path / "whole").rglob("*.png")} == before
    assert not (tmp_path / "whole" / "new").exists()
