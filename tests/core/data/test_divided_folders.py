"""Folders that are divided into splits, and what is said of one that is not, or has changed since."""

from pathlib import Path

import pytest
from tests.core.curation.test_collect import kept
from tests.core.data.datasets import write_image

from mien.curation.add_face import add
from mien.curation.report import examine
from mien.curation.split import split
from mien.data.load import load_training
from mien.data.readers.registry import read_split
from mien.errors import MienError


def write_part(root: Path, part: str, *names: str) -> None:
    for number, name in enumerate(names):
        for i in range(4):
            write_image(root / part / name / f"{i}.png", 1000 * sum(part.encode()) + 10 * number + i)


@pytest.mark.parametrize(("train", "valid"), [("Train", "Valid"), ("train", "VAL"), ("TRAIN", "Test")])
def test_capitals_of_splits_and_classes_do_not_matter(train: str, valid: str, tmp_path: Path) -> None:
    write_part(tmp_path, train, "joy", "Sad")
    write_part(tmp_path, valid, "Joy", "sad")
    data = load_training(tmp_path, rule="majority", size=24, channels=1)
    assert data.train.classes == data.valid.classes == ("Sad", "joy")
    assert (len(data.train), len(data.valid)) == (8, 8)
    with pytest.raises(MienError, match=f"is divided into {train}, {valid}|{valid}, {train}"):
        examine(tmp_path)
    with pytest.raises(MienError, match="is divided into"):
        add(tmp_path, "joy", kept(1))


def test_a_split_that_is_missing_is_named(tmp_path: Path) -> None:
    write_part(tmp_path, "train", "a", "b")
    with pytest.raises(
        MienError, match="is divided into train and has no folder valid or val or validation or test or testing"
    ):
        load_training(tmp_path, rule="majority", size=24, channels=1)
    write_part(tmp_path, "valid", "a", "b")
    with pytest.raises(MienError, match="is divided into train, valid and has no folder test"):
        read_split(tmp_path, "test")


@pytest.mark.parametrize("train", ["train", "Training"])
def test_what_else_lies_beside_the_splits_is_no_class(train: str, tmp_path: Path) -> None:
    write_part(tmp_path, train, "a", "b")
    write_part(tmp_path, "validation", "a", "b")
    (tmp_path / "notes").mkdir()
    assert read_split(tmp_path, "valid").classes == ("a", "b")


def test_splits_without_any_to_learn_from_are_no_classes(tmp_path: Path) -> None:
    write_part(tmp_path, "test", "a", "b")
    write_part(tmp_path, "valid", "a", "b")
    with pytest.raises(MienError, match="is divided into test, valid and has no folder train"):
        load_training(tmp_path, rule="majority", size=24, channels=1)


def test_a_table_without_a_split_is_told_how_to_be_divided(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("path,label\na.png,x\nb.png,y\n")
    with pytest.raises(MienError, match="is a table, which has to be divided first") as caught:
        load_training(tmp_path / "list.csv", rule="majority", size=24, channels=1)
    assert "mien examine" in caught.value.on_command_line
    assert "--split" in caught.value.on_command_line


def test_pictures_that_are_gone_since_the_split_are_said_to_be(
    class_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "split.json"
    made = split(examine(class_folder), by="picture")
    made.save(file)
    (class_folder / next(iter(made.train))).unlink()
    data = load_training(class_folder, rule="majority", size=24, channels=1, divided=file)
    assert len(data.train) == len(made.train) - 1
    assert f"no longer there: 1 picture, the first is {next(iter(made.train))}" in caplog.text
    assert "cannot be read" not in caplog.text


def test_a_folder_that_was_moved_since_the_split_is_said_to_be_gone(class_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "split.json"
    split(examine(class_folder), by="picture").save(file)
    class_folder.rename(tmp_path / "elsewhere")
    with pytest.raises(MienError, match="data does not exist"):
        load_training(class_folder, rule="majority", size=24, channels=1, divided=file)
