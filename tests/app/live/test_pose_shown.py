"""Head pose, eyes and mouth in the window: chosen in Settings, drawn on the video, said on the card, kept in lanes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot
from tests.core.sending.received import POSE, recognition

from mien.expressions import EXPRESSIONS
from mien.recognition.settings import RecognizerSettings
from mien.types import Frame
from mien_app.live.settings_dialog import SettingsDialog
from mien_app.services.preferences import Preferences
from mien_app.widgets.pose_lane import pose_image
from mien_app.widgets.video_view import VideoView


def test_it_is_off_until_it_is_chosen_and_stays_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    settings, preferences = RecognizerSettings(), Preferences(tmp_path / "settings.ini")
    dialog = SettingsDialog(settings, preferences)
    qtbot.addWidget(dialog)
    assert (settings.pose, dialog.pose.currentIndex()) == (False, 0)
    drawn: list[bool] = []
    dialog.axes_changed.connect(drawn.append)
    dialog.pose.setCurrentIndex(2)
    dialog.pose.activated.emit(2)
    assert (settings.pose, preferences.axes, drawn) == (True, True, [True])
    preferences.write()
    again = Preferences(tmp_path / "settings.ini")
    assert again.settings().pose
    opened = SettingsDialog(again.settings(), again)
    qtbot.addWidget(opened)
    assert opened.pose.currentIndex() == 2


def test_axes_are_drawn_by_choice_at_the_bridge_of_the_nose(qtbot: QtBot) -> None:
    view = VideoView()
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show_frame(Frame(0, 0.0, np.zeros((480, 640, 3), np.uint8)))
    landmarks = np.full((468, 3), (400, 300, 0), np.float32)
    (prediction,) = recognition(0).predictions
    seen = replace(prediction, pose=replace(POSE, landmarks=landmarks))
    view.show_predictions((seen,), EXPRESSIONS, 0)
    before = view.grab().toImage()
    view.set_axes(True)
    after = view.grab().toImage()
    assert before.pixelColor(405, 300).value() < 20
    assert after.pixelColor(405, 300).value() > 100


def test_a_lane_shows_the_angles_and_blinks() -> None:
    angles = np.array([(0.0, np.nan, np.nan), (45.0, np.nan, np.nan), (np.nan, np.nan, np.nan)])
    picture = pose_image(angles, np.array([False, False, True]), 40)
    orange = (picture[..., 0] > 200) & (picture[..., 2] < 50)
    assert orange[:, 0].nonzero()[0].tolist() == [20, 21]  # 0 is in the middle
    assert orange[0, 1]  # 45 degrees at the top
    assert not orange[:, 2].any()
    assert picture[0, 2, 3] == 255  # a blink
    assert picture[0, 0, 3] == 0
