"""Datasets with votes, files and folders as nobody expects them."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from tests.core.data.datasets import write_ferplus, write_image, write_rafdb

from mien.data.load import load_training
from mien.data.readers import unlabelled
from mien.data.readers.registry import read_split, reader_for
from mien.errors import MienError
from mien.utils.folders import listed
from mien.utils.images import read_picture

no_pipes = pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
as_person = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")


@pytest.mark.parametrize(
    "votes", ["0,0,0,0,0,0,0,0,0,0", "-5,3,2,0,0,0,0,0,0,0", "9" * 20 + ",0" * 9, "9" * 400 + ",0" * 9]
)
def test_votes_that_cannot_be_are_no_label(votes: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_ferplus(tmp_path)
    table = tmp_path / "FER2013Train" / "label.csv"
    before = len(read_split(tmp_path, "train", rule="argmax"))
    table.write_text(table.read_text().replace("10,0,0,0,0,0,0,0,0,0", votes, 1))
    assert len(read_split(tmp_path, "train", rule="argmax")) == before - 1
    assert "1 rows do not have the name of an image and ten votes" in caplog.text
    caplog.clear()
    data = load_training(tmp_path, rule="votes", size=48, channels=1)
    assert data.prior is not None
    assert data.prior.sum(1).tolist() == pytest.approx([1] * 8)
    assert caplog.text.count("ten votes") == 1  # though the table is read twice


def test_a_folder_is_spoken_of_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("a", "b", "B"):
        for number in range(16):
            write_image(tmp_path / name / f"{number}.png", 100 * ord(name) + number)
    (tmp_path / "empty").mkdir()
    (tmp_path / "a" / "notes.txt").write_text("no picture")
    load_training(tmp_path, rule="majority", size=24, channels=1)
    for text in ("has no pictures", "notes.txt", "are one class"):
        assert caplog.text.count(text) == 1
    caplog.clear()
    load_training(tmp_path, rule="majority", size=24, channels=1)
    assert "has no pictures" in caplog.text  # the next training says it again


@pytest.mark.parametrize(
    ("train", "valid"), [("train", "validation"), ("Training", "Validation"), ("training", "testing")]
)
def test_other_names_of_splits(train: str, valid: str, tmp_path: Path) -> None:
    for part, seed in ((train, 0), (valid, 100)):
        for number in range(4):
            write_image(tmp_path / part / "ab"[number % 2] / f"{number}.png", seed + number)
    data = load_training(tmp_path, rule="majority", size=24, channels=1)
    assert data.train.classes == data.valid.classes == ("a", "b")
    assert (len(data.train), len(data.valid)) == (4, 4)


def test_a_zip_of_a_later_format_is_passed_over_or_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_ferplus(tmp_path / "data")
    zipped = Path(shutil.make_archive(str(tmp_path / "faces"), "zip", tmp_path / "data"))
    assert reader_for(zipped).name == reader_for(zipped.rename(tmp_path / "FACES.ZIP")).name == "FERPlus"
    data = bytearray((tmp_path / "FACES.ZIP").read_bytes())
    data[data.index(b"PK\x01\x02") + 6] = 200  # the version that is needed to unpack it
    zipped.write_bytes(data)
    with pytest.raises(MienError, match="is no dataset"):
        reader_for(zipped)
    assert "is skipped" in caplog.text
    with pytest.raises(MienError, match="cannot be read: zip file version"):
        unlabelled.load(zipped, channels=1, classes=("a", "b"))


@pytest.mark.parametrize("line", ["train_1/../../x.jpg 5", f"train_{'1' * 300}.jpg 5", "train_1.jpg 0", "train_1.jpg"])
def test_a_list_of_rafdb_names_pictures_beside_it(line: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_rafdb(tmp_path)
    table = tmp_path / "EmoLabel" / "list_patition_label.txt"
    table.write_text(f"{line}\n{table.read_text()}")
    assert len(read_split(tmp_path, "train")) == 2
    assert "2 lines have no name of a picture and label from 1 to 7" in caplog.text


@no_pipes
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_image(tmp_path / name / "1.png", ord(name))
        os.mkfifo(tmp_path / name / "2.png")
    os.mkfifo(tmp_path / "faces.zip")
    assert len(read_split(tmp_path, "all")) == 2
    with pytest.raises(MienError, match=r"2\.png cannot be read: It is not a file"):
        read_picture(tmp_path / "a" / "2.png")
    with pytest.raises(MienError, match="It is not a file"):
        unlabelled.load(tmp_path / "faces.zip", channels=1, classes=("a", "b"))


def test_a_file_that_may_not_be_looked_at_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_image(tmp_path / "a.png", 1)
    write_image(tmp_path / "b.png", 2)
    look = Path.stat

    def stat(path: Path, **options: bool) -> os.stat_result:
        if path.name == "b.png":
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    assert [path.name for path in listed(tmp_path.iterdir(), "picture").files] == ["a.png", "b.png"]
    with pytest.raises(MienError, match=r"b\.png cannot be read: Permission denied"):
        reader_for(tmp_path / "b.png")


@as_person
def test_a_folder_that_may_not_be_read_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("a", "b"):
        write_image(tmp_path / name / "1.png", ord(name))
    (tmp_path / "a" / "closed").mkdir(mode=0)
    assert len(read_split(tmp_path, "all")) == 2
    assert "closed may not be read, and is left out: Permission denied" in caplog.text
