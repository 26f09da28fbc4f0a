"""What is on the disk if a process is killed just before each single change that it makes there."""

import shutil
import sys
from pathlib import Path

import pytest
from killed_at import every_moment
from tests.core.session.made_sessions import made

from mien.errors import MienError
from mien.session import recovery
from mien.session.edits import read_edits
from mien.session.export import samples
from mien.session.export.base import ExportOptions
from mien.session.folder import EDITS, MANIFEST, TOOL_PARQUET, UNFINISHED, remove_session
from mien.session.journal import discard
from mien.session.session import Session
from mien.training import event_log
from mien.training.event_log import EventLog, read_events
from mien.training.folder import EVENTS

DATA = Path(__file__).parents[2] / "data" / "sessions"


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_what_was_set_right_is_never_left_for_the_next_analysis(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nhh", ".==")
    session.keep(session.edits.named(1, "Bo"))
    for name in ("blurred-all.mp4", "faces.fex.parquet", "notes.txt"):
        (session.folder / name).touch()
    left = []
    for _ in every_moment(session.folder, lambda: remove_session(session.folder, of=tmp_path / "x.mp4")):
        names = {path.name for path in session.folder.iterdir()}
        if MANIFEST in names:
            assert names >= {"faces.csv", "faces.parquet"}
        else:
            assert names <= {"notes.txt", "faces.csv", "faces.parquet", UNFINISHED}
        left.append(names)
    assert EDITS in left[0]
    assert left[-1] == {"notes.txt"}


def test_nothing_of_an_analysis_that_was_killed_at_its_end_is_left_in_one_with_other_options(tmp_path: Path) -> None:
    killed = made(tmp_path / "s", "nhh", "hhn", scheme="fex").folder
    (killed / MANIFEST).unlink()
    (killed / "people" / "person-2.jpg").touch()
    (killed / "people" / "mine.jpg").touch()
    discard(killed)
    made(killed, "nhh")
    assert not list(killed.glob(TOOL_PARQUET))
    assert sorted(path.name for path in (killed / "people").iterdir()) == ["mine.jpg", "person-1.jpg"]


def test_a_finished_recording_whose_journal_was_left_keeps_what_was_set_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(DATA / "unfinished-recording", tmp_path / "s"))
    with monkeypatch.context() as patched:
        patched.setattr(recovery, "discard", lambda _: None)
        made_first = recovery.recover(folder)
    assert recovery.is_unfinished_recording(folder)
    session = Session(folder)
    session.keep(edits := session.edits.named(1, "Bo").marked(0.1, "here"))
    assert recovery.recover(folder) == made_first
    assert read_edits(folder) == edits
    assert not (folder / UNFINISHED).exists()


def test_events_of_an_interrupted_training_outlive_its_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    log = EventLog(folder, 0)
    for step in range(4):
        log.write("step", step, loss=1.0)
    log.close()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(event_log, "_line", killed)
        with pytest.raises(KeyboardInterrupt):
            EventLog(folder, 2)
    assert [event["step"] for event in read_events(folder / EVENTS)] == [0, 1, 2, 3]
    EventLog(folder, 2).close()
    assert [event["step"] for event in read_events(folder / EVENTS)] == [0, 1, 2]


def test_samples_without_room_for_what_explains_them_leave_the_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, out = made(tmp_path / "s", "nhh"), tmp_path / "out" / "a.tsv.gz"
    samples.SAMPLES.export(session, out)
    before = {path.name: path.read_bytes() for path in out.parent.iterdir()}

    def full(*_: object, **__: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(samples, "to_json", full)  # what is written last
    with pytest.raises(MienError, match="No space"):
        samples.SAMPLES.export(session, out, ExportOptions(rate=8.0))
    assert {path.name: path.read_bytes() for path in out.parent.iterdir()} == before
