"""Sessions of videos that an older version read otherwise: a blur would be at other times or places than the faces."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.core.session.made_sessions import made
from tests.core.video.clips import RATE, counted, write_clip

from mien.analysis.analyse import Stopped, analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.errors import MienError
from mien.session.export.base import ExportOptions
from mien.session.export.video import VIDEO
from mien.session.folder import UNFINISHED
from mien.session.manifest import input_of
from mien.session.older_reading import was_read_otherwise
from mien.session.session import Session
from mien.video import VideoFile

FRAMES = 10


def session_of(path: Path, folder: Path, **older: Any) -> Session:
    """A session of each frame of a video, with the times that it has now."""
    session = made(folder, "n" * FRAMES)
    with VideoFile(path) as video:
        session.frame_times = np.array([frame.time_s for frame in iter(video.read, None)])
    session.rows = replace(session.rows, time_s=session.frame_times[session.rows.frame])
    source = replace(input_of(path, size_px=(48, 64)), **older)
    session.manifest = replace(session.manifest, input=source, counts={"left_out": 0})
    return session


def is_otherwise(session: Session, path: Path) -> bool:
    with VideoFile(path) as video:
        return was_read_otherwise(session, video)


def blur(session: Session, to: Path) -> int:
    return VIDEO.export(session, to, ExportOptions(boxes=False, blur="all"))


def test_an_avi_whose_frames_had_the_times_of_others_is_not_blurred(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "film.avi", counted(FRAMES), gop_size=10, max_b_frames=3)
    session = session_of(path, tmp_path / "s", reading=0)
    assert blur(session, tmp_path / "even.mp4") == FRAMES  # one that has them right is
    # As they were given once.
    session.frame_times = np.array([1, 4, 4.025, 5, 6, 12, 12.025, 13, 14, 18]) / RATE
    with pytest.raises(MienError, match="older version") as told:
        blur(session, tmp_path / "old.mp4")
    assert "analyze --replace" in told.value.on_command_line
    assert not (tmp_path / "old.mp4").exists()
    session.manifest = replace(session.manifest, input=replace(session.manifest.input, reading=1))
    assert not is_otherwise(session, path)  # a camera that dropped frames, say


@pytest.mark.parametrize(("matrix", "mirrored"), [((-1, 0, 0, 1), True), ((-1, 0, 0, -1), False), ((0, 1, 1, 0), True)])
def test_a_mirrored_video_was_turned_once(tmp_path: Path, matrix: tuple[int, ...], mirrored: bool) -> None:
    a, b, c, d = (65536 * value for value in matrix)
    path = write_clip(tmp_path / "film.mp4", counted(FRAMES), matrix=(a, b, 0, c, d, 0, 0, 0, 1 << 30))
    assert is_otherwise(session_of(path, tmp_path / "s", reading=0, square_pixels=False), path) is mirrored
    assert not is_otherwise(session_of(path, tmp_path / "later", reading=0), path)


def test_times_that_jump_did_not_go_on_once(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "film.mp4", counted(FRAMES))
    session = session_of(path, tmp_path / "s", reading=0, square_pixels=False)
    assert not is_otherwise(session, path)
    session.frame_times = np.concatenate([session.frame_times[:5], session.frame_times[:5]])
    assert is_otherwise(session, path)


@pytest.mark.parametrize(("ending", "again"), [("avi", True), ("mp4", False)])
def test_an_unfinished_analysis_begins_again_where_frames_had_other_times(
    tmp_path: Path, model_path: str, ending: str, again: bool
) -> None:
    path = write_clip(tmp_path / f"film.{ending}", counted(20), gop_size=10, max_b_frames=3)
    options, progress = AnalysisOptions(model=model_path), tmp_path / "s" / UNFINISHED / "progress.json"
    with recognizer_for(options) as recognizer:
        with pytest.raises(Stopped):
            analyse(path, tmp_path / "s", recognizer, options, should_stop=lambda: True)
        kept = json.loads(progress.read_bytes())
        kept["identity"].pop("reading", None)  # as an older version left it
        progress.write_text(json.dumps({**kept, "started": "once"}))
        made = analyse(path, tmp_path / "s", recognizer, options)
    assert (made.timings["started"] != "once") is again
    assert (made.counts["frames"], made.input.reading) == (20, 1)
