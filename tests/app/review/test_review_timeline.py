from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.app.review.reviewing import FPS, MODIFIER, opened
from tests.app.seen import PATIENCE_MS, named

from mien.session.edits import TimeSpan
from mien_app.review.page import ReviewPage
from mien_app.shell.window import MainWindow


def figure(page: ReviewPage, name: str) -> QLabel:
    return named(page.summary, QLabel, name)


def test_a_range_is_chosen_and_summed_up(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    review, seen = page.review, figure(page, "in view")
    qtbot.waitUntil(lambda: seen.text() == "0:01.6", timeout=PATIENCE_MS)
    review.go(10)
    qtbot.keyClick(window, Qt.Key.Key_I)
    review.go(19)
    qtbot.keyClick(window, Qt.Key.Key_O)
    assert review.range == TimeSpan(10 / FPS, 20 / FPS)
    assert figure(page, "Range").text() == "0:00.40 to 0:00.80"
    qtbot.waitUntil(lambda: seen.text() == "0:00.4", timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_X)
    assert review.range is None
    view, scale = page.timeline.viewport(), page.timeline.scale
    left, right = (QPoint(round(scale.x(time_s)), 50) for time_s in (0.2, 1.0))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, MODIFIER.ShiftModifier, left)
    qtbot.mouseMove(view, right)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, MODIFIER.ShiftModifier, right)
    assert review.range.start_s == pytest.approx(0.2, abs=0.01)
    assert review.range.end_s == pytest.approx(1.0, abs=0.01)


def test_the_timeline_seeks_zooms_and_selects(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    review, timeline = page.review, page.timeline
    second = QPoint(round(timeline.scale.x(0.81)), timeline.scale.top(1) + 10)
    qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert review.place == 20
    assert review.person == review.now.people[1].number
    qtbot.keyClick(window, Qt.Key.Key_Plus)
    assert timeline.shown.length_s == pytest.approx(0.8)
    assert timeline.shown.start_s < 0.8 < timeline.shown.end_s
    qtbot.keyClick(window, Qt.Key.Key_Z)
    assert timeline.shown == review.now.whole


def test_the_next_change_is_found(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    page = opened(qtbot, window, own_session)
    rows = page.review.now.session.rows
    rows.probabilities[:] = 0.1
    rows.probabilities[:, 0] = 0.3
    rows.probabilities[rows.frame >= 12, 1] = 0.6
    qtbot.keyClick(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: page.review.place == 12, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: "does not change any more" in page.messages.text, timeout=PATIENCE_MS)


def test_an_unsure_prediction_is_found_and_says_why(qtbot: QtBot, window: MainWindow, own_session: Path) -> None:
    """Also where the face is unlike those that the model learned from."""
    page = opened(qtbot, window, own_session)
    session = page.review.now.session
    session.rows.sure[:] = session.rows.frame < 30
    unsure = tuple(("unlike",) if frame >= 30 else () for frame in session.rows.frame)
    session.rows = replace(session.rows, unsure=unsure)
    sentence = "The face is unlike those the model learned from."
    qtbot.keyClick(window, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: page.review.place == 30, timeout=PATIENCE_MS)
    assert page.messages.text == f"Not sure: {sentence}"
    page.review.set_range(TimeSpan(20 / FPS, 40 / FPS))
    qtbot.waitUntil(lambda: figure(page, "not sure").text() == "50%", timeout=PATIENCE_MS)
    assert figure(page, "Why predictions are not sure").text() == f"50%  {sentence}"
    qtbot.keyClick(window, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: "No prediction after this" in page.messages.text, timeout=PATIENCE_MS)
    page.review.set_range(TimeSpan(0, 20 / FPS))
    qtbot.waitUntil(lambda: figure(page, "not sure").text() == "0%", timeout=PATIENCE_MS)
    assert not figure(page, "Why predictions are not sure").isVisible()
