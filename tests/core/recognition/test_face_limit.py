"""How many faces of a frame are classified is a choice, and what it leaves out is told."""

from pathlib import Path

import cv2
import pytest

from mien.cli.main import main
from mien.recognition.recognizer import Recognizer
from mien.recognition.settings import RecognizerSettings
from mien.session.session import Session
from mien.sources import DemoSource
from mien.types import Frame


@pytest.fixture
def six(tmp_path: Path) -> Path:
    path = tmp_path / "six.png"
    cv2.imwrite(str(path), DemoSource(6).draw(0.0))
    return path


@pytest.mark.parametrize(("most", "left_out"), [(1, 5), (4, 2), (6, 0), (16, 0)])
def test_what_is_left_out_of_a_still_and_of_a_stream(model_path: str, most: int, left_out: int) -> None:
    image = DemoSource(6).draw(0.0)
    with Recognizer(model_path, settings=RecognizerSettings(max_faces=most)) as recognizer:
        still = recognizer.recognize_picture(Frame(0, 0.0, image))
        assert (len(still.predictions), still.left_out) == (6 - left_out, left_out)
        for number in range(14):
            seen = recognizer.recognize(Frame(number, number / 25, image))
        assert (len(seen.predictions), seen.left_out) == (6 - left_out, left_out)


def test_what_is_left_out_for_its_score(model_path: str) -> None:
    with Recognizer(model_path, settings=RecognizerSettings(min_face_score=1.0)) as recognizer:
        still = recognizer.recognize_picture(Frame(0, 0.0, DemoSource(6).draw(0.0)))
    assert (len(still.predictions), still.left_out, still.low_score) == (0, 0, 6)


def test_the_session_keeps_it_and_the_command_says_it(
    model_path: str, six: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["analyze", str(six), "--model", model_path, "--out", str(tmp_path / "out")]
    assert main([*words, "--max-faces", "4"]) == 0
    assert "six.png: 4 of 6 faces were classified, the largest. Classify more with --max-faces." in (
        capsys.readouterr().out
    )
    made = Session(tmp_path / "out" / "six").manifest
    assert (made.counts["faces"], made.counts["left_out"], made.counts["most_faces"]) == (4, 2, 6)
    assert made.options["max_faces"] == 4
    assert main([*words, "--replace"]) == 0
    assert "of 6 faces" not in capsys.readouterr().out


def test_a_snapshot_says_it(model_path: str, six: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["snapshot", str(six), "--model", model_path, "--out", str(tmp_path / "x.png"), "--max-faces"]
    assert main([*words, "2"]) == 0
    assert capsys.readouterr().out.startswith("2 of 6 faces were classified, the largest.")
    assert main([*words, "6"]) == 0
    assert capsys.readouterr().out.startswith("6 faces: ")


def test_all_people_of_a_group_are_said(
    model_path: str, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = str(shared / "photos" / "bald_guys.jpg")
    assert main(["analyze", photo, "--model", model_path, "--out", str(tmp_path)]) == 0
    assert "16 of 25 faces were classified" in capsys.readouterr().out
