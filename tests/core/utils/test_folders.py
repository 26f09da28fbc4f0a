"""What is found in folders: by content, without what systems leave behind, and the rest is said; everywhere alike."""

import logging
import zipfile
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from mien.analysis.inputs import expand_paths
from mien.curation.add_face import labels
from mien.curation.report import examine
from mien.data.load import load_split
from mien.data.readers import unlabelled
from mien.errors import MienError
from mien.models import cards
from mien.sources import open_source
from mien.sources.pictures import FolderSource
from mien.utils import paths
from mien.utils.file_kinds import kind_of
from mien.utils.folders import is_left_behind, passed_over

NEVER_WHOLE = ".0123456789abcdef.tmp"  # of a file that Mien was writing when it was killed
LEFT_BEHIND = (
    "._a.png",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    "ehthumbs.db",
    "Icon\r",
    "__MACOSX/b.png",
    NEVER_WHOLE,
)
OTHERS = ("notes.txt", "paper.pdf", "list.csv", "README")
PICTURES = ("a.png", "b.JPG", "no ending", "wrong.txt")


def picture(seed: int) -> bytes:
    image = np.random.default_rng(seed).integers(0, 255, (32, 32, 3), np.uint8)
    return cv2.imencode(".png", image)[1].tobytes()


def fill(folder: Path, seed: int = 0) -> Path:
    """Four pictures, four other files, and what systems leave behind, some of it pictures."""
    for number, name in enumerate((*PICTURES, *LEFT_BEHIND, *OTHERS)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF or else" if name in OTHERS else picture(100 * seed + number))
    return folder


def classes(root: Path) -> Path:
    for seed, name in enumerate(("happy", "sad")):
        fill(root / name, seed)
    fill(root / "__MACOSX" / "happy", 2)
    (root / "._happy").mkdir()
    return root


@pytest.mark.parametrize(
    "name", [*LEFT_BEHIND, "photos/__MACOSX/x/a.jpg", "@eaDir/a.jpg", "$RECYCLE.BIN/a.jpg", "thumbs.DB", "._"]
)
def test_what_systems_leave_behind(name: str) -> None:
    assert is_left_behind(name)


@pytest.mark.parametrize("name", ["a.png", ".hidden.png", "_a.png", "macosx/a.png", "Thumbs.db.png", "desktop.jpg"])
def test_what_a_person_put_there(name: str) -> None:
    assert not is_left_behind(name)


def test_what_is_passed_over_is_counted_and_named() -> None:
    assert passed_over([], "picture") == ""
    assert passed_over([Path("x/a.txt")], "picture") == "1 file is no picture, and passed over (1 .txt): a.txt"
    several = [Path(name) for name in ("a.pdf", "b.TXT", "c.txt", "d")]
    assert passed_over(several, "picture or video") == (
        "4 files are no pictures or videos, and passed over (2 .txt, 1 .pdf, 1 without an ending): "
        "a.pdf, b.TXT, c.txt, ..."
    )


def test_analysis(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []
    assert tuple(path.name for path in expand_paths([str(fill(tmp_path))], said.append)) == PICTURES
    (sentence,) = said
    assert sentence.startswith("4 files are no pictures or videos")
    assert not caplog.records
    assert {path.name for path in expand_paths([str(tmp_path / "*.png")])} == {"a.png"}
    expand_paths([str(tmp_path)])
    assert "README" in caplog.text  # on the command line


def test_a_folder_as_a_source(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    source = open_source(str(fill(tmp_path)))
    assert isinstance(source, FolderSource)
    count = 0
    while source.read() is not None:
        count += 1
    assert count == 4
    assert source.notice.startswith("4 files are no pictures")
    assert source.notice in caplog.text


def test_a_folder_with_nothing_but_others(tmp_path: Path) -> None:
    (tmp_path / "song.txt").write_text("la")
    (tmp_path / ".DS_Store").write_text("la")
    for work in (lambda: open_source(str(tmp_path)), lambda: expand_paths([str(tmp_path)])):
        with pytest.raises(MienError, match=r"1 file is no picture.*song\.txt"):
            work()


def test_examining(tmp_path: Path) -> None:
    report = examine(classes(tmp_path))
    assert report.counts() == {"happy": 4, "sad": 4}
    (found,) = [finding for finding in report.findings if finding.kind == "passed over"]
    assert found.message.startswith("8 files are no pictures")
    assert "unreadable" not in {finding.kind for finding in report.findings}


def test_training(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = classes(tmp_path)
    counts = [len(load_split(root, split)) for split in ("train", "valid")]
    assert sum(counts) == 8
    assert "8 files are no pictures" in caplog.text
    assert "cannot be read" not in caplog.text


def test_faces_without_labels(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = fill(tmp_path / "faces")
    archive = tmp_path / "faces.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in folder.rglob("*"):
            file.write(path, path.relative_to(tmp_path))
    for given in (folder, archive):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert len(unlabelled.load(given, channels=1, classes=("a", "b"))) == 4
        assert "4 files are no pictures" in caplog.text
        assert "cannot be read" not in caplog.text


def test_a_dataset_that_is_filled(tmp_path: Path) -> None:
    assert labels(classes(tmp_path)) == {"happy": 2, "sad": 2}  # by their names


def test_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "user_weights", lambda: tmp_path)
    for name in ("own", "._own"):
        for ending in (".json", ".safetensors"):
            (tmp_path / f"{name}{ending}").write_text("")
    assert "own" in cards.available()
    assert "._own" not in cards.available()


CONTAINERS = {"mp4": "mpeg4", "mov": "mpeg4", "matroska": "mpeg4", "avi": "mpeg4", "mpegts": "mpeg2video"}
CONTAINERS |= {"webm": "libvpx", "mpeg": "mpeg2video", "flv": "flv", "asf": "wmv2"}


@pytest.mark.parametrize(("container", "codec"), CONTAINERS.items())
def test_a_video_is_one_by_its_content(container: str, codec: str, tmp_path: Path) -> None:
    path = tmp_path / "film.jpg"
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(5):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="bgr24")))
        file.mux(stream.encode(None))
    assert kind_of(path) == "video"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("song.m4a", b"\0\0\0\x20ftypM4A \0\0\0\0", None),
        ("song.ogg", b"OggS" + b"\0" * 24 + b"\x01vorbis", None),
        ("song.mka", b"\x1a\x45\xdf\xa3", None),
        ("raw.cr3", b"\0\0\0\x18ftypcrx \0\0\0\x01", None),
        ("notes", b"the free world", None),
        ("P1", b"P1 is the first page", None),
        ("BM.txt", b"BMW and other cars of the year", None),
        ("film.bin", b"OggS" + b"\0" * 24 + b"\x80theora", "video"),
        ("empty.mp4", b"", "video"),
        ("broken.jpg", b"no picture", "picture"),
        ("gone.heic", None, "picture"),
        ("gone.txt", None, None),
    ],
)
def test_what_else_there_is(name: str, content: bytes | None, kind: str | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert kind_of(path) == kind
