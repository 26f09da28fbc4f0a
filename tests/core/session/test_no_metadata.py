"""Pictures that Mien makes say nothing of the camera, the place and the day of the one that they come from."""

import struct
from pathlib import Path

import cv2
import pytest

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.curation.extract_faces import examine_faces
from mien.figures.snapshot import snapshot
from mien.session.export.base import ExportOptions
from mien.session.export.video import VIDEO
from mien.session.session import Session
from mien.sources import DemoSource

TEXT = b"SecretCamera 52.5200N 13.4050E 2026:01:02"


def telling_jpeg() -> bytes:
    """A picture of a face with EXIF (a camera's make), XMP and a comment that hold the text."""
    data = cv2.imencode(".jpg", DemoSource().draw(0.0))[1].tobytes()
    tags = struct.pack("<HHHLL", 1, 0x010F, 2, len(TEXT), 26) + struct.pack("<L", 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<L", 8) + tags + TEXT
    parts = [(0xE1, exif), (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + TEXT), (0xFE, TEXT)]
    head = b"".join(struct.pack(">BBH", 0xFF, kind, len(text) + 2) + text for kind, text in parts)
    return data[:2] + head + data[2:]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("telling") / "a" / "face.jpg"
    path.parent.mkdir()
    path.write_bytes(telling_jpeg())
    (path.parent.parent / "b").mkdir()
    (path.parent.parent / "b" / "face.jpg").write_bytes(telling_jpeg())
    assert TEXT in path.read_bytes()
    return path


def telling(root: Path) -> list[str]:
    """Files that hold any of it."""
    words = (b"SecretCamera", b"52.5200N", b"Exif", b"xap/1.0")
    return [str(p) for p in root.rglob("*") if p.is_file() and any(word in p.read_bytes() for word in words)]


def test_a_session_its_pictures_and_its_exports(original: Path, model_path: str, tmp_path: Path) -> None:
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options, threads=1) as recognizer:
        analyse(original, tmp_path / "s", recognizer, options)
    session = Session(tmp_path / "s")
    for name in ("a.png", "a.jpg"):
        VIDEO.export(session, tmp_path / name)
        VIDEO.export(session, tmp_path / f"blurred-{name}", ExportOptions(boxes=False, blur="all"))
    assert len(list(tmp_path.glob("s/people/*.jpg"))) == 1
    assert telling(tmp_path) == []


def test_a_snapshot(original: Path, model_path: str, tmp_path: Path) -> None:
    snapshot(str(original), tmp_path / "s.png", model=model_path)
    assert (tmp_path / "s.png").is_file()
    assert telling(tmp_path) == []


def test_faces_cut_out_of_pictures(original: Path, tmp_path: Path) -> None:
    examine_faces(original.parents[1], tmp_path / "faces")
    assert list(tmp_path.rglob("*.png"))
    assert telling(tmp_path) == []
