import json
import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import cv2
import pytest
from tests.conftest import DEMO_FRAMES
from tests.core.session.tables import TABLES, differences, read_csv
from tests.core.video.test_video import listed

from mien.analysis.analyse import Stopped, analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import OtherAnalysis, is_finished, recognizer_for
from mien.errors import MienError
from mien.session.folder import UNFINISHED
from mien.sources import DemoSource


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing(session: Path, demo_video: Path, model_path: str, tmp_path: Path) -> None:
    """Killed and taken up again several times, the tables are the same bytes."""
    command = [sys.executable, "-m", "mien", "analyze", str(demo_video), "--model", model_path, "--out", str(tmp_path)]
    progress = tmp_path / demo_video.stem / UNFINISHED / "progress.json"
    dice, kills, frames = random.Random(0), 0, [0]
    while kills < 5:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        before = progress.stat().st_mtime_ns if progress.exists() else 0
        while process.poll() is None and not (progress.exists() and progress.stat().st_mtime_ns > before):
            time.sleep(0.005)
        time.sleep(dice.uniform(0, 0.3))
        if process.poll() is not None:
            break  # it ended before there was anything more to kill
        process.kill()
        process.communicate()
        kills += 1
        frames.append(json.loads(progress.read_bytes())["frames"])
    assert kills >= 3
    assert frames == sorted(frames)
    assert frames[-1] > frames[1]  # it went on where it was, rather than from the beginning
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert differences(session, tmp_path / demo_video.stem) == []
    for name in TABLES:
        assert (tmp_path / demo_video.stem / name).read_bytes() == (session / name).read_bytes(), name
    assert not (tmp_path / demo_video.stem / UNFINISHED).exists()


def test_stopping_and_going_on_elsewhere(session: Path, demo_video: Path, model_path: str, tmp_path: Path) -> None:
    options = AnalysisOptions(model=model_path)
    asked = iter(range(1000))
    with recognizer_for(options) as recognizer:
        with pytest.raises(Stopped):
            analyse(demo_video, tmp_path / "s", recognizer, options, should_stop=lambda: next(asked) == 3)
        kept = json.loads((tmp_path / "s" / UNFINISHED / "progress.json").read_bytes())
        assert kept["frames"] == 4 * 16
        assert not is_finished(tmp_path / "s", demo_video, options)
        analyse(demo_video, tmp_path / "s", recognizer, options)
        assert is_finished(tmp_path / "s", demo_video, options)
        for name in TABLES:
            assert (tmp_path / "s" / name).read_bytes() == (session / name).read_bytes()
        with pytest.raises(OtherAnalysis, match="with other options"):
            is_finished(tmp_path / "s", demo_video, AnalysisOptions(model=model_path, every=2))


def test_other_settings_begin_anew(demo_video: Path, model_path: str, tmp_path: Path) -> None:
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        with pytest.raises(Stopped):
            analyse(demo_video, tmp_path, recognizer, options, should_stop=lambda: True)
        other = AnalysisOptions(model=model_path, every=4, start_s=10.0, end_s=20.0)
        made = analyse(demo_video, tmp_path, recognizer, other)
    rows = read_csv(tmp_path)
    assert made.counts["frames"] == len({row["frame"] for row in rows})
    assert all(int(row["frame"]) % 4 == 0 and 10 <= float(row["time_s"]) < 20 for row in rows)
    times = listed(demo_video)
    first = rows[0]
    assert float(first["time_s"]) == pytest.approx(times[int(first["frame"])], abs=1e-6)


def test_an_interrupted_analysis_begins_anew_where_the_card_says_something_else(
    demo_video: Path, model_path: str, tmp_path: Path
) -> None:
    options = AnalysisOptions(model=model_path, end_s=4.0)
    with recognizer_for(options) as recognizer:
        with pytest.raises(Stopped):
            analyse(demo_video, tmp_path / "a", recognizer, options, should_stop=lambda: True)
        recognizer.card = replace(recognizer.card, temperature=0.2)
        for name in ("a", "b"):
            analyse(demo_video, tmp_path / name, recognizer, options)
    assert differences(tmp_path / "a", tmp_path / "b") == []


def test_a_session_of_before_there_was_coverage_counts_as_finished(
    session: Path, demo_video: Path, model_path: str, tmp_path: Path
) -> None:
    shutil.copytree(session, tmp_path / "s")
    path = tmp_path / "s" / "session.json"
    said = json.loads(path.read_bytes())
    assert said["options"].pop("coverage") == 0.9
    path.write_text(json.dumps(said))
    assert is_finished(tmp_path / "s", demo_video, AnalysisOptions(model=model_path))
    with pytest.raises(OtherAnalysis, match="with other options"):
        is_finished(tmp_path / "s", demo_video, AnalysisOptions(model=model_path, coverage=0.8))
    with pytest.raises(MienError, match="coverage must be from"):
        AnalysisOptions(coverage=0.5)


@pytest.mark.slow
def test_a_full_disk(model_path: str, demo_video: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mount.returncode:
        pytest.skip("may not mount a small disk here")
    options = AnalysisOptions(model=model_path)
    try:
        with recognizer_for(options) as recognizer:
            with pytest.raises(MienError, match="No space left"):
                analyse(demo_video, disk / "s", recognizer, options)
            # With room again it goes on.
            subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
            kept = json.loads((disk / "s" / UNFINISHED / "progress.json").read_bytes())
            assert 0 < kept["frames"] < DEMO_FRAMES
            assert analyse(demo_video, disk / "s", recognizer, options).counts["frames"] == DEMO_FRAMES
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_picture_that_was_interrupted_is_read_once(model_path: str, tmp_path: Path) -> None:
    path = tmp_path / "face.png"
    image = DemoSource().read()
    assert image is not None
    cv2.imwrite(str(path), image.image)
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        analyse(path, tmp_path / "whole", recognizer, options)
        with pytest.raises(Stopped):
            analyse(path, tmp_path / "broken", recognizer, options, should_stop=lambda: True)
        analyse(path, tmp_path / "broken", recognizer, options)
    assert (tmp_path / "broken" / "faces.csv").read_bytes() == (tmp_path / "whole" / "faces.csv").read_bytes()
