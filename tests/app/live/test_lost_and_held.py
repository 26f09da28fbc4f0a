"""A picture that is held, a source that is lost, and a person who has gone."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot
from tests.app.live.test_presenter import frame
from tests.app.seen import says
from tests.app.watching import person, video, wait_for, wait_for_a_face
from tests.app.widgets.test_widgets import CLASSES, prediction

from mien.live.state import CapturedFrame, LiveResult, State
from mien.types import Recognition
from mien.utils import paths
from mien_app.face_actions import snapshots
from mien_app.live.baseline import BaselineController
from mien_app.live.presenter import LivePresenter
from mien_app.shell.window import MainWindow
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.video_view import VideoView


def test_what_was_forgotten_is_not_taken_again(qtbot: QtBot) -> None:
    view, messages = VideoView(), MessageBar()
    for widget in (view, messages):
        qtbot.addWidget(widget)
    presenter = LivePresenter(view, (), BaselineController(QAction(), messages))
    presenter.set_classes(CLASSES)
    seen, newest = Recognition(0, 0.0, (prediction(),), ()), frame(0)
    result = LiveResult(CapturedFrame(newest, newest.image, 0.0), seen, "light", 0.2)
    presenter.take(result)
    assert presenter.newest is result
    presenter.forget()
    presenter.take(result)  # which the pipeline still has
    assert presenter.newest is None
    presenter.take(replace(result))
    assert presenter.newest is not None


def test_a_held_picture_keeps_its_faces_when_its_source_is_lost(qtbot: QtBot, window: MainWindow) -> None:
    live = window.live
    window.open_source(str(paths.assets() / "astronaut.png"))
    wait_for_a_face(qtbot, window)
    assert live.host.pipeline is not None
    live.commands.freeze.trigger()
    live.host.pipeline._tell(State.WAITING, "It was lost.")
    qtbot.waitUntil(lambda: video(window).accessibleDescription() == "It was lost.")
    assert says(person(window), "px")
    live.commands.freeze.trigger()
    wait_for(qtbot, window, "Nobody yet")


def test_a_held_picture_is_let_go_for_another_model(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source(str(paths.assets() / "astronaut.png"))
    wait_for_a_face(qtbot, window)
    window.live.commands.freeze.trigger()
    window.live.use(window.live.model)
    assert not window.live.commands.freeze.isChecked()
    wait_for(qtbot, window, "Nobody yet")
    wait_for_a_face(qtbot, window)


def test_a_person_who_has_gone_is_not_saved(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "draw", pytest.fail)
    window.open_source(str(paths.assets() / "astronaut.png"))
    wait_for_a_face(qtbot, window)
    presenter = window.live.presenter
    assert presenter.newest is not None
    presenter.newest = replace(presenter.newest, recognition=Recognition(9, 9.0, (), ()))
    for act in (window.live.faces.save, window.live.faces.copy):
        window.live.messages.hide()
        act()
        assert "no face to save" in window.live.messages.text
