"""What every reader of labelled faces promises."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from tests.core.data.datasets import write_ferplus, write_folder, write_rafdb

from mien.data.faceset import FaceSet
from mien.data.readers.base import Reader, ReadOptions
from mien.data.readers.registry import READERS, reader_for
from mien.errors import MienError

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
    assert isinstance(faces, FaceSet)
    assert faces.images.shape == (len(faces), channels, 24, 24)
    assert faces.images.dtype == torch.uint8
    assert len(faces) == len(set(faces.names)) > 0
    assert faces.labels.shape == (len(faces), len(faces.classes))
    assert torch.allclose(faces.labels.sum(1), torch.ones(len(faces)))
    assert faces.classes == reader.load(data, "train", ReadOptions()).classes
    again = reader.load(data, split, ReadOptions(size=24, channels=channels))
    assert torch.equal(again.images, faces.images)
    assert again.names == faces.names


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
