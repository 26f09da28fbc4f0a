import shutil
from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from tests.app.test_window import drop, mien_threads

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.session.edits import Edits, read_edits
from mien.session.session import Session
from mien.sources.demo import DemoSource
from mien_app.review.frame_reader import FrameReader, ShownFrame
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.widgets.time_span import Span

PATIENCE_MS = 20_000
FRAMES, FPS, SIZE = 40, 25, (320, 240)
MODE = Qt.KeyboardModifier


@pytest.fixture(scope="module")
def made(model_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a video of two faces, a picture, and the sessions of both."""
    folder = tmp_path_factory.mktemp("sessions")
    video, picture = folder / "two.mp4", folder / "two.png"
    with av.open(str(video), "w") as container:
        stream = container.add_stream("mpeg4", rate=FPS)
        stream.width, stream.height = SIZE
        stream.pix_fmt, stream.bit_rate = "yuv420p", 2_000_000
        for frame in iter(DemoSource(2, FRAMES).read, None):
            image = cv2.resize(frame.image, SIZE)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode())
    cv2.imwrite(str(picture), DemoSource(2).draw(0))
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options, threads=1) as recognizer:
        for path in (video, picture):
            analyse(path, folder / path.suffix[1:], recognizer, options)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A session of its own for each test; the video lies elsewhere."""
    return Path(shutil.copytree(made / "mp4", tmp_path / "session"))


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    kept = Preferences(tmp_path / "settings.ini")
    kept.welcomed = True
    return kept


@pytest.fixture
def window(qtbot: QtBot, model_path: str, preferences: Preferences) -> Iterator[MainWindow]:
    shown = MainWindow(model_path, preferences)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.close()


def opened(qtbot: QtBot, window: MainWindow, folder: Path) -> MainWindow:
    with qtbot.waitSignal(window.review.review.opened, timeout=PATIENCE_MS):
        drop(window, folder)
    return window


def edits_of(qtbot: QtBot, window: MainWindow, folder: Path, wanted: Edits) -> None:
    """The edits are kept on the disk, and shown."""
    review = window.review.review
    qtbot.waitUntil(lambda: review.now.session.edits == wanted, timeout=PATIENCE_MS)
    assert read_edits(folder) == wanted


def test_the_rail_changes_pages(qtbot: QtBot, window: MainWindow) -> None:
    assert window.live._timer.isActive()
    qtbot.keyClick(window, Qt.Key.Key_3)
    assert window.pages.currentWidget() is window.review
    assert not window.live._timer.isActive()
    marked = [action.text() for action in window.rail._group.actions() if action.isChecked()]
    assert marked == ["Review"]
    window._show_full_screen(True)
    assert not window.rail.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_1)
    assert window.pages.currentWidget() is window.live
    window._show_full_screen(False)
    assert window.rail.isVisible()
    assert window.live._timer.isActive()


def test_a_dropped_session_is_opened_and_stepped_through(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page, review = opened(qtbot, window, folder).review, window.review.review
    assert window.pages.currentWidget() is page
    assert window.preferences.recent_sessions == [str(folder)]
    qtbot.waitUntil(lambda: page.frames.place == 0, timeout=PATIENCE_MS)
    assert len(page.video._predictions) == 2
    for key, modifier, place in (
        (Qt.Key.Key_Right, MODE.NoModifier, 1),
        (Qt.Key.Key_Right, MODE.ShiftModifier, 1 + FPS),
        (Qt.Key.Key_Left, MODE.NoModifier, FPS),
        (Qt.Key.Key_Left, MODE.ShiftModifier, 0),
        (Qt.Key.Key_End, MODE.NoModifier, FRAMES - 1),
        (Qt.Key.Key_Home, MODE.NoModifier, 0),
    ):
        qtbot.keyClick(window, key, modifier)
        assert review.place == place
        qtbot.waitUntil(lambda place=place: page.frames.place == place, timeout=PATIENCE_MS)
        assert page.video._frame.index == place
    window.close()
    assert mien_threads() == []


def test_it_plays_and_pauses(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page = opened(qtbot, window, folder).review
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert page.playback.playing
    assert page.play.text() == "Pause"
    qtbot.waitUntil(lambda: page.review.place >= 5, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not page.playback.playing
    page.review.go(FRAMES - 3)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.playback.playing, timeout=PATIENCE_MS)
    assert page.review.place == FRAMES - 1


def test_people_are_renamed_split_and_merged_and_it_is_undone(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page, review = opened(qtbot, window, folder).review, window.review.review
    people = page.people
    qtbot.keyClick(window, Qt.Key.Key_F2)
    field = people.list.findChild(QLineEdit)
    field.setText("Ada")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    named = Edits().named(1, "Ada")
    edits_of(qtbot, window, folder, named)
    assert people.list.topLevelItem(0).text(0) == "Ada"
    assert page.video._names[1] == "Ada"

    review.go(20)
    qtbot.keyClick(window, Qt.Key.Key_B, MODE.ControlModifier)
    split = named.split(1, 20, 3)
    edits_of(qtbot, window, folder, split)
    assert people.list.topLevelItemCount() == 3

    people.list.clearSelection()
    for row in (0, 2):
        people.list.topLevelItem(row).setSelected(True)
    into, other = people.selected()
    assert people.merge.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_J, MODE.ControlModifier)
    edits_of(qtbot, window, folder, split.merged(other, into))
    assert people.list.topLevelItemCount() == 2

    for wanted in (split, named, Edits()):
        qtbot.keyClick(window, Qt.Key.Key_Z, MODE.ControlModifier)
        edits_of(qtbot, window, folder, wanted)
    assert not review.can_undo
    qtbot.keyClick(window, Qt.Key.Key_Z, MODE.ControlModifier | MODE.ShiftModifier)
    edits_of(qtbot, window, folder, named)
    assert review.can_redo


def test_markers_have_notes_and_are_kept(
    qtbot: QtBot, window: MainWindow, folder: Path, model_path: str, preferences: Preferences
) -> None:
    page, review = opened(qtbot, window, folder).review, window.review.review
    review.go(10)
    qtbot.keyClick(window, Qt.Key.Key_M)
    qtbot.keyClicks(page.note.field, "a smile 1")  # no key of it is the page's
    assert window.pages.currentWidget() is page
    qtbot.keyClick(page.note.field, Qt.Key.Key_Return)
    wanted = Edits().marked(10 / FPS, "a smile 1")
    edits_of(qtbot, window, folder, wanted)
    assert not page.note.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert page.note.field.text() == "a smile 1"
    qtbot.keyClick(page.note.field, Qt.Key.Key_Escape)
    assert not page.note.isVisible()
    window.close()

    again = MainWindow(model_path, preferences)
    qtbot.addWidget(again)
    again.show()
    again.show_page(again.review)
    with qtbot.waitSignal(again.review.review.opened, timeout=PATIENCE_MS):
        again.review.start.recent[0].click()
    assert again.review.review.now.session.edits == wanted
    timeline = again.review.timeline
    assert timeline._marker_at(QPointF(timeline._x(10 / FPS) + 3, 6)).note == "a smile 1"
    again.close()


def test_a_range_is_chosen_and_summed_up(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page, review = opened(qtbot, window, folder).review, window.review.review
    seen = page.summary._figures[0]
    qtbot.waitUntil(lambda: seen.text() == "0:01.6", timeout=PATIENCE_MS)
    review.go(10)
    qtbot.keyClick(window, Qt.Key.Key_I)
    review.go(19)
    qtbot.keyClick(window, Qt.Key.Key_O)
    assert review.range == Span(10 / FPS, 20 / FPS)
    qtbot.waitUntil(lambda: seen.text() == "0:00.4", timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_X)
    assert review.range is None
    view, timeline = page.timeline.viewport(), page.timeline
    left, right = (QPoint(round(timeline._x(t)), 50) for t in (0.2, 1.0))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, MODE.ShiftModifier, left)
    qtbot.mouseMove(view, right)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, MODE.ShiftModifier, right)
    assert review.range.start_s == pytest.approx(0.2, abs=0.01)
    assert review.range.end_s == pytest.approx(1.0, abs=0.01)


def test_the_timeline_seeks_zooms_and_chooses(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page, review = opened(qtbot, window, folder).review, window.review.review
    timeline = page.timeline
    at = QPoint(round(timeline._x(0.81)), timeline._lane_height + 40)
    qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert review.place == 20
    assert review.person == review.now.people[1].number
    qtbot.keyClick(window, Qt.Key.Key_Plus)
    assert timeline.shown.length_s == pytest.approx(0.8)
    assert timeline.shown.start_s < 0.8 < timeline.shown.end_s
    qtbot.keyClick(window, Qt.Key.Key_Z)
    assert timeline.shown == review.now.whole


def test_the_next_change_is_found(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    page, review = opened(qtbot, window, folder).review, window.review.review
    rows = review.now.session.rows
    rows.probabilities[:] = 0.1
    rows.probabilities[:, 0] = 0.3
    rows.probabilities[rows.frame >= 12, 1] = 0.6
    rows.sure[:] = rows.frame < 30
    qtbot.keyClick(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: review.place == 12, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: "no further change" in page.banner.text, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: review.place == 30, timeout=PATIENCE_MS)


def test_what_cannot_be_kept_is_told_and_left_as_it_was(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, review = opened(qtbot, window, folder).review, window.review.review

    def full(self: Session, edits: Edits) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Session, "keep", full)
    before = review.now
    review.rename(1, "Ada")
    qtbot.waitUntil(lambda: "No space left" in page.banner.text, timeout=PATIENCE_MS)
    assert review.now is before
    assert not review.can_undo
    assert page.people.list.topLevelItem(0).text(0) == "Person 1"


def test_without_its_video_the_rows_still_work(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    text = (folder / "session.json").read_text().replace("two.mp4", "gone.mp4")
    (folder / "session.json").write_text(text)
    page = opened(qtbot, window, folder).review
    assert "gone.mp4" in page.video._text
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert page.review.place == 1
    assert page.people.list.topLevelItemCount() == 2


def test_a_session_of_a_picture(qtbot: QtBot, window: MainWindow, made: Path) -> None:
    page = opened(qtbot, window, made / "png").review
    qtbot.waitUntil(lambda: page.frames.place == 0, timeout=PATIENCE_MS)
    assert len(page.video._predictions) == 2
    page.timeline.grab()
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert page.review.place == 0


def test_what_is_no_session_is_told(qtbot: QtBot, window: MainWindow, folder: Path, tmp_path: Path) -> None:
    page, empty = window.review, tmp_path / "empty"
    empty.mkdir()
    window.open_session(empty)
    qtbot.waitUntil(lambda: "is no finished session" in page.banner.text, timeout=PATIENCE_MS)
    assert page.stack.currentIndex() == 0
    opened(qtbot, window, folder)
    assert page.banner.text == ""
    window.open_session(empty)
    qtbot.waitUntil(lambda: "is no finished session" in page.banner.text, timeout=PATIENCE_MS)
    assert page.review.now.session.folder == folder


def test_every_control_has_a_name_and_a_tip_and_every_key_is_told(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    from mien_app.widgets.dialogs import KeySheet

    page = opened(qtbot, window, folder).review
    names = ("qt_", "ScrollLeft", "ScrollRight")
    controls = [*page.findChildren(QAbstractButton), *page.findChildren(QComboBox), *page.findChildren(QLineEdit)]
    for control in [*controls, *window.rail.findChildren(QAbstractButton)]:
        if not control.objectName().startswith(names):
            assert control.accessibleName(), control
    window._show_keys()
    told = {text.text() for text in window.findChild(KeySheet).findChildren(QLabel)}
    assert {"Space", "Left", "Shift+Right", "N", "U", "M", "Ctrl+Z", "Ctrl+Shift+Z", "Home", "F2"} <= told
    actions = [*page.actions(), *window.actions()]
    keys = [action.shortcut().toString() for action in actions if isinstance(action, QAction)]
    assert len(set(filter(None, keys))) == len(list(filter(None, keys)))


def test_frames_are_the_right_ones_in_any_order(qtbot: QtBot, made: Path) -> None:
    session = Session(made / "mp4")
    got: list[ShownFrame] = []
    reader = FrameReader(session, got.append, pytest.fail)
    for place in (0, 30, 29, 28, 5, 39, 0, 38, 6):
        reader.want(place)
        qtbot.waitUntil(lambda place=place: bool(got) and got[-1].place == place, timeout=PATIENCE_MS)
        assert got[-1].frame.index == place
        assert got[-1].frame.time_s == pytest.approx(place / FPS)
        assert got[-1].width == SIZE[0]
    reader.stop()
    reader.wait()
