import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import FPS, SIZE
from tests.app.seen import PATIENCE_MS

from mien.errors import MienError
from mien.session.session import Session
from mien_app.review.frame_reader import FrameReader, ShownFrame
from mien_app.review.session_frames import VideoFrames, open_frames, read_frame


def test_frames_are_the_right_ones_in_any_order(qtbot: QtBot, sessions: Path) -> None:
    session = Session(sessions / "mp4")
    got: list[ShownFrame] = []
    reader = FrameReader(session, got.append, pytest.fail)
    for place in (0, 30, 29, 28, 5, 39, 0, 38, 6):
        reader.want(place)
        qtbot.waitUntil(lambda place=place: bool(got) and got[-1].place == place, timeout=PATIENCE_MS)
        assert got[-1].frame.index == place
        assert got[-1].frame.time_s == pytest.approx(place / FPS)
        assert got[-1].width == SIZE[0]
        assert got[-1].whole
    reader.stop()
    reader.wait()


def test_a_video_that_is_gone_or_shorter_is_told(own_session: Path, sessions: Path, tmp_path: Path) -> None:
    session = Session(own_session)
    session.frame_numbers = session.frame_numbers + 10
    with pytest.raises(MienError, match="ends before frame 49"):
        read_frame(session, 39)
    manifest = own_session / "session.json"
    manifest.write_text(manifest.read_text().replace("two.mp4", "gone.mp4"))
    with pytest.raises(MienError, match=r"is gone from .*gone\.mp4\. Put it back"):
        open_frames(Session(own_session))
    manifest.write_text(re.sub(r'"path": "[^"]*"', '"path": ""', manifest.read_text()))
    with pytest.raises(MienError, match="session does not say where its video is"):
        open_frames(Session(own_session))


def test_an_error_that_nobody_foresaw_becomes_a_line(
    qtbot: QtBot, sessions: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: VideoFrames, place: int) -> None:
        raise ValueError("a broken table")

    monkeypatch.setattr(VideoFrames, "read", broken)
    told: list[str] = []
    reader = FrameReader(Session(sessions / "mp4"), pytest.fail, told.append)
    reader.want(3)
    reader.wait()
    assert told[0].startswith("Something unexpected went wrong (ValueError: a broken table). Try again")
    assert caplog.records[-1].exc_info is not None
