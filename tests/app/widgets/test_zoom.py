"""The picture is enlarged and moved; boxes and clicks stay on its faces."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from pytestqt.qtbot import QtBot

from mien.types import Face, Frame
from mien_app.widgets.video_view import VideoView
from mien_app.widgets.zoom import Zoom

SQUARE = (300.0, 200.0, 40.0, 40.0)  # left, top, width, height of a white square in a black frame


@pytest.fixture(params=[False, True], ids=["plain", "mirrored"])
def view(request: pytest.FixtureRequest, qtbot: QtBot) -> VideoView:
    made = VideoView()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.set_mirror(request.param)
    image = np.zeros((480, 640, 3), np.uint8)
    image[200:240, 300:340] = 255
    made.show_frame(Frame(0, 0.0, image))
    return made


def turn_wheel(view: VideoView, at: QPointF, notches: int) -> None:
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    down = QPoint(0, 120 * notches)
    view.wheelEvent(QWheelEvent(at, at, QPoint(), down, buttons, keys, Qt.ScrollPhase.NoScrollPhase, False))


def bright(image: QImage) -> QRectF:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(grey.constBits(), np.uint8)
    rows, columns = np.nonzero(pixels.reshape(image.height(), -1)[:, : image.width()] > 127)
    return QRectF(QPointF(columns.min(), rows.min()), QPointF(columns.max() + 1, rows.max() + 1))


def test_the_wheel_enlarges_what_is_under_the_pointer_and_dragging_moves_it(view: VideoView, qtbot: QtBot) -> None:
    face = Face(SQUARE, np.zeros((6, 2), np.float32), 0.9)
    first = view.box(face)
    turn_wheel(view, first.center(), 5)
    box = view.box(face)
    assert box.width() == pytest.approx(first.width() * 1.25**5)
    assert (box.center() - first.center()).manhattanLength() < 0.1
    seen = bright(view.grab().toImage())
    assert max(abs(a - b) for a, b in zip(seen.getCoords(), box.getCoords(), strict=True)) <= 3
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(130, 90))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(130, 90))
    moved = view.box(face).center() - box.center()
    assert moved.toTuple() == pytest.approx((30, -10), abs=0.1)
    seen = bright(view.grab().toImage())
    assert max(abs(a - b) for a, b in zip(seen.getCoords(), view.box(face).getCoords(), strict=True)) <= 3
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert view.box(face) == first


def test_an_enlarged_picture_leaves_no_room_empty() -> None:
    fit, room = QRectF(0, 60, 640, 360), QRectF(0, 0, 640, 480)
    zoom = Zoom().enlarged(4, QPointF(0, 0), fit, room).moved(QPointF(900, 900), fit, room)
    assert zoom.place(fit, room).topLeft() == QPointF(0, 0)
    zoom = zoom.moved(QPointF(-9000, -9000), fit, room)
    assert zoom.place(fit, room).bottomRight() == room.bottomRight()
    assert zoom.enlarged(0.001, QPointF(5, 5), fit, room).place(fit, room) == fit
