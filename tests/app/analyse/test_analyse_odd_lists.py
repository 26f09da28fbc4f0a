"""Lists of very many files, of another window, and with damaged sessions beside them."""

import csv
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, button
from tests.core.session.made_sessions import made

from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.queue import AnalysisQueue, ItemState
from mien.analysis.videos import Videos
from mien.session.folder import UNFINISHED
from mien.sources import DemoSource
from mien.utils.lock import locked
from mien_app.analyse.kept_queue import to_text
from mien_app.analyse.queue_host import QueueHost
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow


def test_thousands_of_files_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    same = Job.__eq__
    monkeypatch.setattr(Job, "__eq__", lambda self, other: compared.append(1) or same(self, other))
    queue = AnalysisQueue()
    queue.pause(True)
    jobs = [Job(Path(f"/v/{n}.jpg"), Path(f"/s/{n}")) for n in range(500)]
    queue.add(jobs, AnalysisOptions())
    items = queue.items
    assert len(items) == 500
    assert items[-1] in items
    queue.add(jobs, AnalysisOptions())
    assert queue.items == items
    assert len(compared) <= 2 * len(jobs)
    queue.stop()
    queue.join()


def test_tab_goes_through_the_rows_and_on_to_the_foot(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = window.analyse
    window.show_page(page)
    button(page, "Start at once").setChecked(False)
    for name in "abc":
        cv2.imwrite(str(tmp_path / f"{name}.png"), DemoSource(2).draw(0.0))
    page.add([tmp_path / "a.png", tmp_path / "b.png"])
    qtbot.waitUntil(lambda: len(page.rows) == 2, timeout=PATIENCE_MS)
    page.add([tmp_path / "c.png"])
    qtbot.waitUntil(lambda: len(page.rows) == 3 and page.rows[-1].buttons[-2].isVisible(), timeout=PATIENCE_MS)
    page.options.blur.setFocus()
    reached = []
    for _ in range(6):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    assert reached[1:] == [*(row.buttons[-2] for row in page.rows), *page._foot]  # first the list, which scrolls


def test_a_file_that_another_mien_analyses_is_taken_off_the_list_without_harm(tmp_path: Path) -> None:
    job = Job(tmp_path / "a.mp4", tmp_path / "sessions" / "a")
    theirs = job.session / UNFINISHED
    theirs.mkdir(parents=True)
    queue = AnalysisQueue()
    queue.pause(True)
    with locked(job.session.parent, "busy"):
        queue.add([job], AnalysisOptions())
        queue.remove(queue.items[0])
        assert theirs.is_dir()
    queue.add([job], AnalysisOptions())
    queue.remove(queue.items[0])  # nobody else's now
    assert not job.session.exists()
    queue.stop()
    queue.join()


def test_a_window_without_files_leaves_the_list_of_another_one(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    idle = QueueHost(Preferences(tmp_path / "settings.ini"))
    preferences = Preferences(tmp_path / "settings.ini")
    busy = QueueHost(preferences)
    busy.begun().pause(True)
    busy.begun().add([Job(tmp_path / "a.png", tmp_path / "a")], AnalysisOptions())
    busy.keep()
    preferences.write()
    idle._preferences.write()  # and reads what others have written
    idle.keep()
    idle._preferences.write()
    again = QueueHost(Preferences(tmp_path / "settings.ini"))
    assert again.restore() == 1
    for host in (busy, again):
        host.begun().stop()
        host.begun().join()


def test_files_on_a_drive_that_is_not_connected_stay_on_the_list(tmp_path: Path) -> None:
    (tmp_path / "there.png").touch()
    preferences = Preferences(tmp_path / "settings.ini")
    jobs = [Job(tmp_path / name, tmp_path / name[0]) for name in ("away/a.mp4", "there.png")]
    preferences.waiting_files = to_text([(job, AnalysisOptions(), Videos()) for job in jobs])
    for _ in range(2):  # starts
        host = QueueHost(preferences)
        assert host.restore() == 2
        assert host.not_found.startswith(" 1 of them cannot be found")
        host.close()
        host.begun().join()
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "a.mp4").touch()
    assert host.not_found == ""


def test_files_start_at_once_where_an_empty_list_was_left_paused(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    page = window.analyse
    window.show_page(page)
    for name in ("a", "b"):
        cv2.imwrite(str(tmp_path / f"{name}.png"), DemoSource(2).draw(0.0))
    button(page, "Start at once").setChecked(False)
    page.add([tmp_path / "a.png"])
    qtbot.waitUntil(lambda: len(page.rows) == 1, timeout=PATIENCE_MS)
    assert (page.pause.text(), page.pause.isChecked()) == ("Start", False)  # a button that looks pressed invites nobody
    page.rows[0].remove.emit(page.rows[0].item)
    qtbot.waitUntil(lambda: not page.rows, timeout=PATIENCE_MS)
    button(page, "Start at once").setChecked(True)
    page.add([tmp_path / "b.png"])
    qtbot.waitUntil(lambda: [row.item.state for row in page.rows] == [ItemState.DONE], timeout=PATIENCE_MS)
    assert page.pause.text() == "Pause"


def test_a_damaged_session_is_left_out_of_the_table_of_all(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    for name in ("a", "b"):
        made(tmp_path / "sessions" / name, "nnhh")
    (tmp_path / "sessions" / "a" / "faces.parquet").write_bytes(b"damaged")
    page = window.analyse
    page.study.save(tmp_path / "study.csv")
    qtbot.waitUntil(lambda: "1 row saved" in page.messages.text, timeout=PATIENCE_MS)
    assert "1 session left out" in page.messages.text
    with (tmp_path / "study.csv").open() as file:
        assert [row["session"] for row in csv.DictReader(file)] == ["b"]
    (tmp_path / "sessions" / "b" / "faces.parquet").unlink()
    page.study.save(tmp_path / "none.csv")
    qtbot.waitUntil(lambda: "faces.parquet" in page.messages.text, timeout=PATIENCE_MS)
    assert not (tmp_path / "none.csv").exists()
