"""What every reader of labelled faces promises."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.core.data.datasets import write_ferplus, write_folder, write_rafdb

from mien.curation.report import examine
from mien.curation.split import split
from mien.data.labelled import LabelledFaces
from mien.data.load import load_training
from mien.data.readers import unlabelled
from mien.data.readers.base import Reader, ReadOptions
from mien.data.readers.ferplus import FERPLUS
from mien.data.readers.registry import READERS, read_split, reader_for
from mien.errors import MienError
from mien.utils.csv import LARGEST, read_rows
from mien.utils.picture_headers import MOST_BYTES

LAYOUTS: dict[str, Callable[[Path], None]] = {
    "FERPlus": write_ferplus,
    "RAF-DB": write_rafdb,
    "a folder of classes": write_folder,
}


@pytest.fixture(params=READERS, ids=lambda reader: reader.name)
def reader(request: pytest.FixtureRequest) -> Reader:
    made: Reader = request.param
    return made


@pytest.fixture
def data(reader: Reader, tmp_path: Path) -> Path:
    """A small dataset in the reader's layout."""
    LAYOUTS[reader.name](tmp_path)
    return tmp_path


def test_it_is_the_one_that_reads_its_layout(reader: Reader, data: Path) -> None:
    assert reader_for(data) is reader


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("split", ["train", "valid"])
def test_it_reads_each_split_as_asked(reader: Reader, data: Path, split: str, channels: int) -> None:
    faces = reader.load(data, split, ReadOptions(size=24, channels=channels))
    assert isinstance(faces, LabelledFaces)
    assert faces.images.shape == (len(faces), channels, 24, 24)
    assert faces.images.dtype == np.uint8
    assert len(faces) == len(set(faces.names)) > 0
    assert faces.labels.shape == (len(faces), len(faces.classes))
    assert np.allclose(faces.labels.sum(1), 1)
    assert faces.classes == reader.load(data, "train", ReadOptions()).classes
    again = reader.load(data, split, ReadOptions(size=24, channels=channels))
    assert np.array_equal(again.images, faces.images)
    assert again.names == faces.names


def test_all_of_a_folder_is_read_and_of_others_is_not(reader: Reader, data: Path) -> None:
    """The folder here is divided, too."""
    with pytest.raises(MienError, match=r"Choose (one of them|train)"):
        read_split(data, "all")


def test_a_folder_for_measuring_is_read_whole(class_folder: Path) -> None:
    faces = read_split(class_folder, "all", size=24)
    assert len(faces) == sum(len(read_split(class_folder, split, size=24)) for split in ("train", "valid")) == 40
    assert "held out" not in faces.source


def test_it_passes_over_what_is_no_picture(reader: Reader, data: Path, caplog: pytest.LogCaptureFixture) -> None:
    for path in data.rglob("*.[jp][pn]g"):
        path.write_bytes(b"no picture")
    assert len(reader.load(data, "train", ReadOptions())) == 0
    assert "left out" in caplog.text


def test_votes_are_ten_for_each_face_and_more_than_the_rule_keeps(reader: Reader, data: Path) -> None:
    if reader.votes is None:
        pytest.skip("one label per face")
    votes = reader.votes(data, "train")
    assert all(len(counts) == 10 for counts in votes.values())
    assert set(reader.load(data, "train", ReadOptions()).names) <= set(votes)


def test_what_nobody_reads_is_one_line_for_a_person(tmp_path: Path) -> None:
    with pytest.raises(MienError, match="does not exist"):
        reader_for(tmp_path / "nowhere")
    (tmp_path / "notes.txt").write_text("no faces")
    with pytest.raises(MienError, match="is no dataset"):
        reader_for(tmp_path / "notes.txt")


def test_a_file_larger_than_any_picture_is_left_out(
    reader: Reader, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = len(reader.load(data, "train", ReadOptions()))
    first = data / reader.load(data, "train", ReadOptions()).names[0]
    largest = first if first.is_file() else next(data.rglob(f"{first.stem}*{first.suffix}"))
    with largest.open("r+b") as file:
        file.truncate(MOST_BYTES + 1)
    assert len(reader.load(data, "train", ReadOptions())) == before - 1
    assert first.name in caplog.text


def spoilt(zipped: Path, kind: str) -> None:
    """Make all entries of a zip secret, packed in a way that Python does not know, or larger than they are."""
    made = bytearray(zipped.read_bytes())
    for begin, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := made.find(begin, place + 1)) >= 0:
            if kind == "secret":
                made[place + flags] |= 1
            elif kind == "packing":
                made[place + flags + 2] = 98
            else:
                size = place + flags + 16
                made[size : size + 4] = (MOST_BYTES + 1).to_bytes(4, "little")
    zipped.write_bytes(made)


@pytest.mark.parametrize("kind", ["secret", "packing", "huge"])
def test_a_zip_that_cannot_be_unpacked_is_one_line(kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_ferplus(tmp_path / "data")
    zipped = Path(shutil.make_archive(str(tmp_path / "faces"), "zip", tmp_path / "data"))
    assert len(FERPLUS.load(zipped, "train", ReadOptions()))
    spoilt(zipped, kind)
    with pytest.raises(MienError, match=r"label\.csv cannot be read"):
        FERPLUS.load(zipped, "train", ReadOptions())
    with pytest.raises(MienError, match="holds no picture"):
        unlabelled.load(zipped, channels=1, classes=("a", "b"))
    assert "cannot be read as images" in caplog.text


def test_a_table_larger_than_any_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "list.csv").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(MienError, match="has more than 64 MB"):
        read_rows(tmp_path / "list.csv")


def test_a_class_without_anything_to_learn_from_is_not_trained(class_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "split.json"
    split(examine(class_folder), by="picture").save(file)
    gone = sorted(folder for folder in class_folder.iterdir() if folder.is_dir())[0]
    gone.rename(tmp_path / "elsewhere")
    with pytest.raises(MienError, match=f"{gone.name} has too few different pictures to learn from"):
        load_training(class_folder, rule="majority", size=24, channels=1, divided=file)


def test_what_only_one_side_has_is_said(class_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    first, second = sorted(folder for folder in class_folder.iterdir() if folder.is_dir())[:2]
    for part, folder, name in (
        ("train", first, "a"),
        ("train", second, "b"),
        ("valid", first, "a"),
        ("valid", second, "c"),
    ):
        for picture in sorted(folder.iterdir())[part == "valid" :: 2]:
            place = tmp_path / part / name / picture.name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(picture, place)
    data = load_training(tmp_path, rule="majority", size=24, channels=1)
    assert data.train.classes == ("a", "b")
    assert "c is left out: its class has no pictures in" in caplog.text
    assert "no picture of b" in caplog.text
