"""An analysis of frames so far apart that nobody can be followed from one to the next."""

from pathlib import Path

import pytest

from mien.analysis.analyse import AnalysisProgress, analyse
from mien.analysis.options import AnalysisOptions
from mien.cli.main import main
from mien.recognition.recognizer import Recognizer
from mien.session.session import Session


@pytest.mark.slow
def test_that_nobody_is_followed_over_so_long_is_said_with_what_would_do(
    demo_video: Path, model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["analyze", str(demo_video), "--model", model_path, "--out", str(tmp_path), "--end", "6", "--replace"]
    assert main([*words, "--every", "45"]) == 0
    session = Session(tmp_path / demo_video.stem)
    assert len(session.rows.track) > 0
    assert session.people() == []
    most = int(1.5 * session.manifest.input.fps)
    said = f"faces are followed over 1.5 s at most, so nobody is a person here. Analyse it again with --every {most} "
    assert said in capsys.readouterr().out
    assert main([*words, "--every", str(most)]) == 0
    assert "nobody is a person" not in capsys.readouterr().out
    assert Session(tmp_path / demo_video.stem).people()


@pytest.mark.slow
def test_the_window_is_told_so_too(demo_video: Path, model_path: str, tmp_path: Path) -> None:
    told: list[AnalysisProgress] = []
    with Recognizer(model_path) as recognizer:
        for every in (45, 30):
            options = AnalysisOptions(model_path, every, end_s=6.0)
            made = analyse(demo_video, tmp_path / str(every), recognizer, options, progress=told.append)
            at_least = f"Analyse at least one frame in {int(1.5 * made.input.fps)}."
            assert at_least in told[-1].notice if every == 45 else not told[-1].notice
