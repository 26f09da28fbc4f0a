import numpy as np
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot
from tests.app.widgets.test_widgets import CLASSES, prediction

from mien.live.state import CapturedFrame, LiveResult
from mien.types import Frame, Recognition
from mien_app.live.baseline import BaselineController
from mien_app.live.presenter import LivePresenter
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.video_view import VideoView


def frame(number: int) -> Frame:
    """Of a stream with ten a second."""
    return Frame(number, number / 10, np.zeros((480, 640, 3), np.uint8))


def test_boxes_are_drawn_where_faces_are_in_the_frame_that_is_shown(qtbot: QtBot) -> None:
    video, messages = VideoView(), MessageBar()
    for widget in (video, messages):
        qtbot.addWidget(widget)
    shown: list[float] = []
    video.show_predictions = lambda seen, *_: shown.extend(one.face.box[0] for one in seen)  # type: ignore[method-assign]
    presenter = LivePresenter(video, (), BaselineController(QAction(), messages))
    presenter.set_classes(CLASSES)
    for number in range(10):  # 100 px/s to the right
        seen, newest = Recognition(number, number / 10, (prediction(10 * number),), ()), frame(number)
        presenter.take(LiveResult(CapturedFrame(newest, newest.image, number / 10), seen, "light", 0.2))
    for number in (9, 11):  # two frames later, while the next one is recognised
        presenter.paint(frame(number))
    assert np.allclose(shown, (90, 110), atol=1)
