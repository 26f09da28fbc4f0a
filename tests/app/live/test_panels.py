"""Every panel of the Live page keeps the same promises."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from mien.live.state import CapturedFrame, LiveResult
from mien.types import Face, Frame, Prediction, Recognition, ResizerViews
from mien_app.live.actions import LiveActions
from mien_app.live.baseline import BaselineState
from mien_app.live.docks import arrange
from mien_app.live.faces_panel import FacesPanel
from mien_app.live.panel import Shown
from mien_app.live.panels import PANELS
from mien_app.live.person_card import PersonCard
from mien_app.services.preferences import Preferences
from mien_app.widgets import theme

FEW, MANY = ("neutral", "happiness", "wry"), tuple("abcdefgh")


def result(index: int, classes: tuple[str, ...], *tracks: int) -> LiveResult:
    frame = Frame(index, index / 25, np.zeros((480, 640, 3), np.uint8))
    grey = np.full((48, 48), 90, np.uint8)
    row = np.full(len(classes), 0.2 / (len(classes) - 1), np.float32)
    row[1] = 0.8
    face = Face((0, 0, 100, 100), np.zeros((6, 2), np.float32), 0.9)
    people = tuple(Prediction(track, face, row, row, classes[1], True, 0, frame.time_s) for track in tracks)
    seen = Recognition(index, frame.time_s, people, tuple(ResizerViews(grey, grey + 20, 48) for _ in tracks))
    return LiveResult(CapturedFrame(frame, frame.image, 0.0), seen, "light", 0.05)


def shown(index: int, classes: tuple[str, ...] = FEW, track: int = 1) -> Shown:
    """A face of two in view, with a baseline."""
    now = result(index, classes, 1, 2)
    rest = np.full(len(classes), 1 / len(classes), np.float32)
    change = now.recognition.predictions[0].probabilities - rest.astype(np.float64)
    return Shown(now, track, now, BaselineState("a baseline", rest, change))


def nobody(index: int) -> Shown:
    return Shown(result(index, FEW), 1, None, BaselineState())


@pytest.fixture(params=PANELS, ids=lambda kind: kind.__name__)
def panel(qtbot: QtBot, request: pytest.FixtureRequest) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    made = request.param(LiveActions(page))
    qtbot.addWidget(made)
    made.resize(340, 340)
    made.set_classes(FEW)
    return made


def test_a_screen_reader_gets_the_reading_as_text(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    card = PersonCard(LiveActions(page))
    qtbot.addWidget(card)
    card.set_classes(FEW)
    announced: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: announced.append(event.message()))
    for index in (10, 11):
        card.show_result(shown(index))
    assert card.accessibleDescription() == "Person 1: Happiness 0.80"
    assert announced == ["Person 1: Happiness"]
    card.show_result(nobody(60))
    assert card.accessibleDescription() == "Come closer or add light."


def test_everybody_in_view_is_listed_to_be_clicked(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    actions = LiveActions(page)
    panel = FacesPanel(actions)
    qtbot.addWidget(panel)
    panel.set_classes(FEW)
    panel.show_result(shown(10, track=2))
    texts = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert texts == ["Person 1\nhappiness 0.80", "Person 2\nhappiness 0.80"]
    assert panel.list.currentRow() == 1
    place = panel.list.visualItemRect(panel.list.item(0)).center()
    with qtbot.waitSignal(actions.chosen) as chosen:
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [1]
    with qtbot.waitSignal(actions.chosen) as chosen:
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert chosen.args == [2]
    with qtbot.assertNotEmitted(actions.chosen):
        panel.show_result(shown(11, track=1))
        panel.show_result(shown(12, track=2))
    panel.show_result(nobody(60))
    assert panel.list.count() == 0


def test_a_face_is_seen_and_forgotten(panel: QWidget) -> None:
    before = panel.grab().toImage()
    panel.show_result(shown(10))
    assert panel.grab().toImage() != before
    panel.show_result(shown(10, track=2))  # the same result: another person was selected
    panel.show_result(nobody(60))
    assert not panel.grab().isNull()
    panel.show_result(None)
    panel.set_classes(FEW)
    assert not any(button.isEnabled() for button in panel.findChildren(QAbstractButton) if button.isVisibleTo(panel))


def test_nobody_at_first_is_no_trouble(panel: QWidget) -> None:
    panel.show_result(None)
    panel.show_result(nobody(0))
    assert not panel.grab().isNull()


def test_another_model_has_other_classes(panel: QWidget) -> None:
    panel.show_result(shown(10))
    panel.show_result(None)
    panel.set_classes(MANY)
    panel.show_result(shown(11, MANY))
    assert not panel.grab().isNull()


def test_light_and_dark(panel: QWidget, qapp: QApplication) -> None:
    panel.show_result(shown(10))
    panel.show()
    pictures = {}
    for name in ("dark", "light"):
        theme.choose(qapp, name)
        pictures[name] = panel.grab().toImage()
    ground = {name: picture.pixelColor(picture.width() // 2, 3).lightness() for name, picture in pictures.items()}
    assert ground["dark"] < 80 < 200 < ground["light"]


def test_it_can_be_read_out(panel: QWidget) -> None:
    name = panel.accessibleName()
    panel.show_result(shown(10))
    panel.show_result(None)
    assert name
    assert panel.accessibleName() == name
    controls = [child for child in panel.findChildren(QAbstractButton) if child.isVisibleTo(panel)]
    assert all((control.accessibleName() or control.text()) and control.toolTip() for control in controls)


def test_docks_go_by_name_and_carry_the_panels_titles(qtbot: QtBot, preferences: Preferences) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    panels = [make(LiveActions(window)) for make in PANELS]
    docks = arrange(window, panels, preferences.layout("live"), QSize())
    assert list(docks) == [panel.docked.name for panel in panels]
    assert [dock.windowTitle() for dock in docks.values()] == [panel.accessibleName() for panel in panels]
    assert all(window.dockWidgetArea(docks[panel.docked.name]) is panel.docked.area for panel in panels)


def test_a_new_panel_joins_a_layout_that_was_stored_without_it(qtbot: QtBot, preferences: Preferences) -> None:
    before, after = QMainWindow(), QMainWindow()
    for window in (before, after):
        qtbot.addWidget(window)
    arrange(before, [make(LiveActions(before)) for make in PANELS[:-1]], preferences.layout("live"), QSize())
    docks = arrange(after, [make(LiveActions(after)) for make in PANELS], before.saveState(), before.size())
    after.show()
    visible = {name for name, dock in docks.items() if isinstance(dock, QDockWidget) and dock.isVisible()}
    assert visible == {panel.docked.name for panel in PANELS if panel.docked.shown}
