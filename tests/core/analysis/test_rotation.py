"""Pictures and videos in which people lie on their side: turned for an analysis, and said where they were not."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.analysis.frame_selection import FrameSelection
from mien.analysis.options import AnalysisOptions
from mien.cli.main import main
from mien.errors import MienError
from mien.faces.alignment import turned_deg
from mien.faces.detector import FaceDetector
from mien.session.export.base import ExportOptions
from mien.session.export.video import VIDEO
from mien.session.session import Session
from mien.sources import DemoSource
from mien.types import ROTATIONS, Image
from mien.utils.images import read_picture, rotated
from mien.video import VideoFile
from mien.video.writer import VideoWriter


@pytest.fixture
def lying(tmp_path: Path) -> Path:
    """A video whose people lie turned by 90 degrees, clockwise."""
    path, source = tmp_path / "lying.mp4", DemoSource(faces=2)
    with VideoWriter(path, 480, 640, 25.0) as writer:
        for number in range(12):
            frame = source.read()
            assert frame is not None
            writer.write(rotated(frame.image, 90), number / 25)
    return path


def first(path: Path, **options: int) -> Image:
    with VideoFile(path, **options) as video:
        frame = video.read()
    assert frame is not None
    return frame.image


def test_pictures_are_turned_clockwise() -> None:
    image = np.arange(6, dtype=np.uint8).reshape(2, 3, 1).repeat(3, 2)
    assert rotated(image, 90)[..., 0].tolist() == [[3, 0], [4, 1], [5, 2]]
    assert rotated(image, 270)[..., 0].tolist() == [[2, 5], [1, 4], [0, 3]]
    assert rotated(image, 180)[..., 0].tolist() == [[5, 4, 3], [2, 1, 0]]
    assert rotated(image, 0) is image


@pytest.mark.parametrize("degrees", ROTATIONS)
def test_a_selection_gives_turned_frames(lying: Path, tmp_path: Path, degrees: int) -> None:
    cv2.imwrite(str(tmp_path / "one.png"), first(lying))
    for path in (lying, tmp_path / "one.png"):
        with FrameSelection(path, AnalysisOptions(rotate=degrees)) as selection:
            image = next(selection.chunks())[0].image
        assert np.array_equal(image, rotated(first(lying), degrees))


def test_other_angles_are_refused() -> None:
    with pytest.raises(MienError, match="0, 90, 180 or 270"):
        AnalysisOptions(rotate=45)


@pytest.mark.parametrize(
    ("faces", "expected"),
    [((9, 1, 0, 0), 0), ((1, 9, 0, 0), 90), ((0, 0, 5, 4), 180), ((0, 1, 1, 3), 270), ((5, 5, 0, 0), 0), ((0,) * 4, 0)],
)
def test_more_than_half_of_the_faces_say_how_a_video_lies(faces: tuple[int, ...], expected: int) -> None:
    assert turned_deg(faces) == expected


def test_a_video_that_lies_is_said_and_read_upright_when_asked(
    lying: Path, model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["analyze", str(lying), "--model", model_path, "--out", str(tmp_path / "out")]
    assert main(words) == 0
    said = "The faces of lying.mp4 lie turned by 90 degrees: analyse it again with --rotate 270 --replace."
    assert said in capsys.readouterr().out
    assert main([*words, "--rotate", "270"]) == 2  # the session that is there is not upright
    assert "other options" in capsys.readouterr().err
    assert main([*words, "--rotate", "270", "--replace"]) == 0
    assert "turned" not in capsys.readouterr().out
    session = Session(tmp_path / "out" / "lying")
    assert (session.manifest.input.width, session.manifest.input.height, session.manifest.rotate) == (640, 480, 270)
    upright = first(lying, rotate=270)
    with FaceDetector() as detector:
        expected = detector.detect(upright)
    boxes = sorted(prediction.face.box for prediction in session.predictions(0))
    assert len(boxes) == 2
    assert np.abs(np.subtract(boxes, sorted(face.box for face in expected))).max() < 10
    assert VIDEO.export(session, tmp_path / "annotated.mp4", ExportOptions(boxes=True)) == 12
    assert first(tmp_path / "annotated.mp4").shape == (480, 640, 3)


def test_a_turned_picture_is_turned_wherever_it_is_shown(lying: Path, model_path: str, tmp_path: Path) -> None:
    picture = tmp_path / "one.png"
    cv2.imwrite(str(picture), first(lying))
    out = tmp_path / "out"
    assert main(["analyze", str(picture), "--model", model_path, "--out", str(out), "--rotate", "270"]) == 0
    session = Session(out / "one")
    assert len(session.predictions(0)) == 2
    assert np.array_equal(session.read_picture(picture), rotated(first(lying), 270))
    VIDEO.export(session, tmp_path / "annotated.png", ExportOptions(boxes=True))
    assert read_picture(tmp_path / "annotated.png").shape == (480, 640, 3)


def test_a_session_of_before_there_was_the_choice_is_the_same(lying: Path, model_path: str, tmp_path: Path) -> None:
    from mien.analysis.setup import is_finished

    assert main(["analyze", str(lying), "--model", model_path, "--out", str(tmp_path / "out")]) == 0
    manifest = tmp_path / "out" / "lying" / "session.json"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace('"rotate": 0', '"unknown": 0'), "utf-8")
    assert Session(tmp_path / "out" / "lying").manifest.rotate == 0
    assert text != manifest.read_text("utf-8")
    manifest.write_text(text.replace(',\n    "rotate": 0', ""), "utf-8")
    assert "rotate" not in manifest.read_text("utf-8")
    assert is_finished(manifest.parent, lying, AnalysisOptions(model=model_path))


def test_a_snapshot_of_a_turned_picture(lying: Path, model_path: str, tmp_path: Path) -> None:
    out = tmp_path / "x.png"
    assert main(["snapshot", str(lying), "--model", model_path, "--out", str(out), "--rotate", "270"]) == 0
    assert out.is_file()
