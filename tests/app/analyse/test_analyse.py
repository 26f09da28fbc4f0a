import shutil
from pathlib import Path

import cv2
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QSpinBox
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.review.reviewing import drop
from tests.app.seen import PATIENCE_MS, button, named, says
from tests.conftest import DEMO_FRAMES, write_demo

from mien.analysis import queue
from mien.analysis.queue import ItemState
from mien.session.folder import UNFINISHED
from mien.session.session import Session
from mien.sources import DemoSource
from mien.utils.images import rotated
from mien_app.shell.window import MainWindow

REMOVE = "Remove"


def states(window: MainWindow) -> list[ItemState]:
    return [row.item.state for row in window.analyse.rows]


@pytest.fixture
def videos(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "my videos"
    folder.mkdir()
    write_demo(folder / "a.mp4", 30)
    (folder / "b.mp4").write_text("no video")
    write_demo(folder / "c.mp4", 20)
    return sorted(folder.iterdir())


def test_files_are_dropped_analysed_and_reviewed(qtbot: QtBot, window: MainWindow, videos: list[Path]) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2)
    assert window.pages.currentWidget() is window.analyse
    drop(window, videos[0].parent)
    qtbot.waitUntil(lambda: len(window.analyse.rows) == 3, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: states(window) == [ItemState.DONE, ItemState.FAILED, ItemState.DONE], timeout=PATIENCE_MS)
    good, bad, _ = window.analyse.rows
    qtbot.waitUntil(lambda: says(good, "30 frames"), timeout=PATIENCE_MS)
    assert says(bad, "cannot be read as a video or picture")
    assert not named(bad, QLabel, "Failed").pixmap().isNull()
    assert not named(good, QLabel, "Done").pixmap().isNull()
    visible = [button.accessibleName() for button in bad.findChildren(QAbstractButton) if button.isVisible()]
    assert visible == [f"{tip}: b.mp4" for tip in ("Try again", REMOVE)]
    named(bad, QAbstractButton, f"{REMOVE}: b.mp4").click()
    qtbot.waitUntil(lambda: len(window.analyse.rows) == 2, timeout=PATIENCE_MS)
    button(good, "Review").click()
    assert window.pages.currentWidget() is window.review
    qtbot.waitUntil(lambda: window.review.review.now is not None, timeout=PATIENCE_MS)
    window.close()
    assert mien_threads() == []


def test_what_else_lies_in_a_folder_is_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    pages = [Image.new("RGB", (32, 32), shade) for shade in ("red", "blue")]
    folder = tmp_path / "pictures"
    folder.mkdir()
    pages[0].save(folder / "a.tif", save_all=True, append_images=pages[1:])
    (folder / "notes.txt").write_text("no picture")
    (folder / ".DS_Store").write_text("no picture")
    window.show_page(window.analyse)
    window.analyse.add([folder])
    qtbot.waitUntil(lambda: states(window) == [ItemState.DONE], timeout=PATIENCE_MS)
    assert window.analyse.messages.text == "1 file is no picture or video, and passed over (1 .txt): notes.txt"
    row = window.analyse.rows[0]
    qtbot.waitUntil(lambda: says(row, "a.tif has 2 pages, of which the first is read."), timeout=PATIENCE_MS)


def test_the_limit_of_faces_is_that_of_the_settings_and_is_said(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    named(window.live.settings_dialog, QSpinBox, "Faces at most").setValue(2)
    window.live.settings_dialog.save()
    cv2.imwrite(str(tmp_path / "six.png"), DemoSource(6).draw(0.0))
    qtbot.keyClick(window, Qt.Key.Key_2)
    drop(window, tmp_path / "six.png")
    qtbot.waitUntil(lambda: states(window) == [ItemState.DONE], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: says(window.analyse.rows[0], "2 of 6 faces, the largest"), timeout=PATIENCE_MS)


def test_pause_cancel_and_retry(qtbot: QtBot, window: MainWindow, demo_video: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(demo_video, tmp_path / "long.mp4"))
    window.show_page(window.analyse)
    window.analyse.add([path])
    qtbot.waitUntil(lambda: bool(window.analyse.rows), timeout=PATIENCE_MS)
    row = window.analyse.rows[0]
    qtbot.waitUntil(lambda: row.item.progress is not None, timeout=PATIENCE_MS)
    pause = button(window.analyse, "Pause")
    pause.click()
    assert pause.text() == "Go on"
    qtbot.waitUntil(lambda: says(row, "paused"), timeout=PATIENCE_MS)
    frames = row.item.progress.frames
    assert 0 < frames < DEMO_FRAMES
    qtbot.wait(300)
    assert row.item.progress.frames == frames
    pause.click()
    qtbot.waitUntil(lambda: row.item.progress.frames > frames, timeout=PATIENCE_MS)
    button(row, "Cancel").click()
    qtbot.waitUntil(lambda: says(row, "Cancelled"), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not row.item.job.session.exists(), timeout=PATIENCE_MS)
    button(row, "Try again").click()
    qtbot.waitUntil(lambda: row.item.progress is not None, timeout=PATIENCE_MS)
    window.close_now()  # in the middle
    assert mien_threads() == []
    assert (row.item.job.session / UNFINISHED).is_dir()  # it would go on there


def test_an_error_that_nobody_foresaw_costs_one_file(
    qtbot: QtBot, window: MainWindow, videos: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = queue.analyse

    def broken(path: Path, *given: object, **named: object) -> object:
        if path.name == "a.mp4":
            raise IndexError("of nothing")
        return real(path, *given, **named)

    monkeypatch.setattr(queue, "analyse", broken)
    window.analyse.add([videos[0], videos[2]])
    qtbot.waitUntil(lambda: states(window) == [ItemState.FAILED, ItemState.DONE], timeout=PATIENCE_MS)
    window.show_page(window.analyse)
    first = window.analyse.rows[0]
    qtbot.waitUntil(lambda: says(first, "unexpected went wrong (IndexError: of nothing)"), timeout=PATIENCE_MS)
    assert button(first, "Try again").isVisible()


def test_files_of_one_name_added_at_once_get_folders_of_their_own(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    paths = [tmp_path / name / "a.mp4" for name in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("no video")
        window.analyse.add([path])
    qtbot.waitUntil(lambda: len(window.analyse.rows) == 2, timeout=PATIENCE_MS)
    jobs = [row.item.job for row in window.analyse.rows]
    assert [job.path for job in jobs] == paths
    assert len({job.session for job in jobs}) == 2


@pytest.mark.slow
def test_two_windows_have_queues_of_their_own(
    qtbot: QtBot, window: MainWindow, videos: list[Path], model_path: str
) -> None:
    other = MainWindow(model_path, window.preferences)
    qtbot.addWidget(other)
    window.analyse.add([videos[0]])
    other.analyse.add([videos[2]])
    for one, name in ((window, "a.mp4"), (other, "c.mp4")):
        qtbot.waitUntil(lambda one=one: states(one) == [ItemState.DONE], timeout=PATIENCE_MS)
        assert [row.accessibleName() for row in one.analyse.rows] == [name]
    other.close()
    window.close()
    assert mien_threads() == []


def test_a_video_that_lies_is_offered_to_be_turned(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    picture = tmp_path / "lying.png"
    cv2.imwrite(str(picture), rotated(DemoSource(2).draw(0.0), 90))
    qtbot.keyClick(window, Qt.Key.Key_2)
    window.analyse.add([picture])
    qtbot.waitUntil(lambda: states(window) == [ItemState.DONE], timeout=PATIENCE_MS)
    (row,) = window.analyse.rows
    qtbot.waitUntil(lambda: says(row, "Most faces lie turned by 90"), timeout=PATIENCE_MS)
    button(row, "Turn and analyse again").click()
    qtbot.waitUntil(lambda: states(window) == [ItemState.DONE] and not says(row, "turned"), timeout=PATIENCE_MS)
    session = Session(row.item.job.session)
    assert (session.manifest.rotate, session.manifest.input.width) == (270, 640)
    assert len(session.predictions(0)) == 2
    window.close()


def test_files_are_turned_when_that_is_chosen(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    picture = tmp_path / "upside-down.png"
    cv2.imwrite(str(picture), rotated(DemoSource(2).draw(0.0), 180))
    qtbot.keyClick(window, Qt.Key.Key_2)
    turn = named(window.analyse, QComboBox, "Turn the pictures")
    turn.setCurrentText("turned by 180°")
    window.analyse.add([picture])
    qtbot.waitUntil(lambda: states(window) == [ItemState.DONE], timeout=PATIENCE_MS)
    assert Session(window.analyse.rows[0].item.job.session).manifest.rotate == 180
    qtbot.waitUntil(lambda: says(window.analyse.rows[0], "2 faces"), timeout=PATIENCE_MS)
    assert not says(window.analyse.rows[0], "turned")
    window.close()
