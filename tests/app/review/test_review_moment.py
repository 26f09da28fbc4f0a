from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import opened
from tests.app.seen import PATIENCE_MS, named
from tests.core.session.made_sessions import made

from mien.session.summary import whole_span
from mien_app.review.timeline_painting import draw_lane
from mien_app.shell.window import MainWindow


def test_the_values_at_the_playhead_and_under_the_pointer(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    rows, review, timeline = page.review.now.session.rows, page.review, page.timeline
    first = page.review.now.session.persons == review.person
    rows.probabilities[np.flatnonzero(first)[10]] = [0.3, *[0.1] * 7]
    bars = named(page.moment, QWidget, "Probabilities at the playhead")
    review.go(10)
    assert bars.accessibleDescription().startswith("neutral 0.30, happiness 0.10")
    place = QPoint(round(timeline.scale.x(0.81)), timeline.scale.top(0) + 10)
    qtbot.mouseMove(timeline.viewport(), place)
    assert "line: 0:00.8" in named(page.moment, QWidget, "Moment").text()  # type: ignore[attr-defined]
    there = QPoint(round(timeline.scale.x(0.41)), timeline.scale.top(0) + 10)
    assert "neutral 0.30" in timeline._values_at(there)


def test_of_two_faces_that_became_one_person_all_places_show_the_same(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    session = made(tmp_path / "s", "nn", "hh")
    session.keep(session.edits.merged(2, 1))
    page = opened(qtbot, window, tmp_path / "s")
    session, review, timeline = page.review.now.session, page.review, page.timeline
    rows, order = session.rows, [1, 0, 3, 2]  # the larger face of a frame comes first: here that of the later track
    unsure = tuple(("small",) if track == 2 else ("turned",) for track in rows.track[order])
    session.rows = replace(rows, track=rows.track[order], probabilities=rows.probabilities[order], unsure=unsure)
    review.go(1)
    bars = named(page.moment, QWidget, "Probabilities at the playhead")
    assert bars.accessibleDescription().startswith("neutral 0.80, happiness 0.10")
    place = QPoint(round(timeline.scale.x(0.3)), timeline.scale.top(0) + 10)
    assert "neutral 0.80\nhappiness 0.10" in timeline._values_at(place)
    assert "happiness 0.80" not in timeline._values_at(place)
    assert review.reasons(1) == "The face is turned away."


def test_nobody_is_under_the_pointer_while_a_recording_was_paused(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    made(tmp_path / "s", "nnhh")
    page = opened(qtbot, window, tmp_path / "s")
    now, timeline = page.review.now, page.timeline
    now.session.frame_times = np.add(now.session.frame_times, [0, 0, 9, 9])
    del now.session.frame_ends  # found from these times
    timeline.show_session(replace(now, whole=whole_span(now.session)), another=True)

    def told(time_s: float) -> str:
        return timeline._values_at(QPoint(round(timeline.scale.x(time_s)), timeline.scale.top(0) + 10))

    assert "neutral 0.80" in told(0.3)
    assert "not in view" in told(5.0)
    assert "happiness 0.80" in told(9.6)
    page.moment.point(5.0)
    assert page.moment._bars._values[0].toPlainText() == "0.80"  # the playhead's
    assert page.moment._bars._raw.opts["x"].max() < 0


def test_changes_are_found_backwards(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    review = page.review
    rows, own = review.now.session.rows, np.flatnonzero(review.now.session.persons == review.person)
    rows.probabilities[own] = [0.9, *[0.01] * 7]
    rows.probabilities[own[10:20]] = [0.01, 0.9, *[0.01] * 6]
    review.go(30)
    for place in (20, 10):
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(lambda place=place: review.place == place, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "does not change before" in page.messages.text, timeout=PATIENCE_MS)


def test_a_zoomed_timeline_is_scrolled(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    timeline, whole = page.timeline, page.review.now.whole
    bar = timeline.horizontalScrollBar()
    assert bar.maximum() == 0
    named(timeline, QWidget, "Zoom in").click()  # type: ignore[attr-defined]
    assert bar.maximum() == pytest.approx(500 * whole.length_s, abs=1)
    bar.setValue(bar.maximum())
    assert timeline.shown.end_s == pytest.approx(whole.end_s, abs=0.002)
    bar.setValue(0)
    assert timeline.shown.start_s == pytest.approx(whole.start_s, abs=0.002)
    named(timeline, QWidget, "Show the whole timeline").click()  # type: ignore[attr-defined]
    assert timeline.shown == whole


def test_playing_at_another_speed(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    speed = named(page.transport, QComboBox, "Speed")
    speed.setCurrentIndex(speed.findText("4\N{MULTIPLICATION SIGN}"))
    page.commands.play.trigger()
    page.playback._begin()
    qtbot.wait(100)
    page.playback._tick()
    assert page.review.time_s >= 0.36  # of 0.4 s, to the last frame before
    page.playback.pause()


def test_markers_are_listed(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    shown = page.markers.list
    assert not page.markers.isVisible()
    for time_s, note in ((0.8, "later"), (0.4, "smile")):
        page.review.change(lambda edits, time_s=time_s, note=note: edits.marked(time_s, note))
    qtbot.waitUntil(lambda: shown.topLevelItemCount() == 2, timeout=PATIENCE_MS)
    row = shown.topLevelItem(0)
    assert row is not None
    assert (row.text(0), row.text(1)) == ("0:00.40", "smile")
    shown.itemClicked.emit(row, 0)
    assert page.review.place == 10
    shown.setCurrentItem(row)
    qtbot.keyClick(shown, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown.topLevelItemCount() == 1, timeout=PATIENCE_MS)
    page.review.undo()
    qtbot.waitUntil(lambda: shown.topLevelItemCount() == 2, timeout=PATIENCE_MS)
    shown.customContextMenuRequested.emit(shown.visualItemRect(shown.topLevelItem(1)).center())
    (menu,) = shown.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Note...", "Remove"]
    menu.actions()[0].trigger()
    assert (page.review.place, page.note.field.text()) == (20, "later")
    menu.close()


def test_a_right_click_offers_what_can_be_done_there(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    timeline = page.timeline
    place = QPoint(round(timeline.scale.x(0.81)), timeline.scale.top(1) + 10)
    timeline.customContextMenuRequested.emit(place)
    assert page.review.place == 20
    assert page.review.person == page.review.now.people[1].number
    (menu,) = timeline.findChildren(QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[:3] == ["Marker", "Split here", "Start the range here"]
    menu.close()


def test_the_lanes_of_heads_say_what_they_show(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    """Which line is which angle, degrees beside them, and eyes and mouth as figures."""
    page = opened(qtbot, window, own_session)
    page.review.now.session.rows.pose[:] = [12, -3, 4, 0, 0, 600, 0.31, 0.29, 0.02]
    page.commands.heads.setVisible(True)
    legend, moment = named(page.lanes, QWidget, "What the lines mean"), named(page.moment, QLabel, "Moment")

    def lane(degrees: bool) -> QImage:
        drawn = QImage(200, 200, QImage.Format.Format_RGB32)
        drawn.fill(Qt.GlobalColor.white)
        with QPainter(drawn) as painter:
            scale = replace(page.timeline.scale, view_width=200, view_height=200)
            draw_lane(painter, scale, 0, "A", QImage(), selected=True, degrees=degrees)
        return drawn

    assert not legend.isVisible()
    page.commands.heads.trigger()
    assert legend.isVisible()
    assert "yaw orange" in legend.accessibleDescription()
    assert lane(degrees=True) != lane(degrees=False)
    page.review.go(3)
    assert moment.text().endswith("\nHead: yaw 12°, pitch -3°, roll 4°\nEyes open 0.31 and 0.29, mouth 0.02")
