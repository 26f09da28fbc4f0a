from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.app.widgets.test_widgets import CLASSES, prediction

from mien import colours
from mien.types import Frame, Prediction
from mien_app.widgets import theme
from mien_app.widgets.basics import ComboField, NumberField
from mien_app.widgets.lane_image import explained, lane_image
from mien_app.widgets.video_view import VideoView, free_spot


def roll(widget: QWidget) -> None:
    """Turn the wheel by a notch over a widget."""
    middle, nothing = QPointF(widget.rect().center()), Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, nothing, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("text", ["Freude (eigene Klasse)", "W" * 12])
def test_the_longest_text_has_room_where_one_can_type(qtbot: QtBot, text: str) -> None:
    holder, box = QWidget(), ComboField()
    qtbot.addWidget(holder)
    box.setEditable(True)
    box.addItems(["a", text])
    row = QHBoxLayout(holder)
    row.addWidget(box)
    row.addStretch(1)
    holder.show()
    qtbot.waitExposed(holder)
    field = box.lineEdit()
    needs = field.fontMetrics().horizontalAdvance(text) + 5  # Qt's margins and the cursor
    assert field.width() >= needs
    box.resize(box.minimumSizeHint())
    assert field.width() >= needs


def test_a_notch_of_the_wheel_chooses_nothing(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    choice, number = ComboField(holder), NumberField(least=0, most=9, value=5)
    number.setParent(holder)
    choice.addItems(["light", "swin"])
    holder.show()
    for widget in (choice, number):
        roll(widget)
    assert (choice.currentText(), number.value()) == ("light", 5)


def test_labels_of_a_crowd_never_cover_each_other() -> None:
    place, taken = QRectF(0, 0, 640, 480), []
    for left in range(0, 600, 12):
        box = QRectF(left, 200, 30, 30)
        if (spot := free_spot(QRectF(left, 178, 120, 20), box, place, list(taken))) is not None:
            taken.append(spot)
    assert len(taken) >= 12  # three rows of them
    assert not any(a.intersects(b) for i, a in enumerate(taken) for b in taken[:i])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_strip_is_strong_where_sure_in_both_schemes(qapp: QApplication, scheme: str) -> None:
    theme.choose(qapp, scheme)
    shares = np.array([[0.5, 0.5], [1.0, 0.0]])
    picture = lane_image(shares, np.array([0.5, 1.0]), ("neutral", "happiness"), 40)
    card = QColor(theme.theme().card)

    def contrast(column: int) -> float:
        red, green, blue, alpha = (int(value) for value in picture[-1, column])
        apart = (red - card.red(), green - card.green(), blue - card.blue())
        return alpha / 255 * max(map(abs, apart))

    assert contrast(0) == 0
    assert contrast(1) > 60
    ink = picture[-1, 1, :3].astype(int)
    assert ink.max() - ink.min() > 60  # a colour: neither black nor white, which would change places
    assert "dark" not in explained()


def test_neutral_not_sure_and_own_classes_are_told_apart() -> None:
    neutral, unsure = colours.class_colour("neutral", 0), colours.UNSURE
    own = [colours.class_colour(f"mine {i}", i) for i in range(8)]
    for one, other in ((neutral, unsure), *product((neutral, unsure), own)):
        assert max(abs(a - b) for a, b in zip(colours.bgr(one), colours.bgr(other), strict=True)) > 40


def test_a_label_is_not_drawn_over_another_and_not_sure_is_not_grey(qtbot: QtBot) -> None:
    view = VideoView()
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show_frame(Frame(0, 0.0, np.zeros((480, 640, 3), np.uint8)))
    view.set_names({1: "Ada", 2: "Bea"})

    def label_of_the_first(*people: Prediction) -> QImage:
        view.show_predictions(people, CLASSES, 1)
        return view.grab(QRect(300, 176, 60, 20)).toImage()

    first, neutral = prediction(300, 200), (0.8, 0.1, 0.1)
    assert label_of_the_first(first, prediction(310, 204, track=2, values=neutral)) == label_of_the_first(first)
    unsure, sure = (label_of_the_first(prediction(300, 200, values=neutral, sure=sure)) for sure in (False, True))
    assert lightest(unsure) > 230 > lightest(sure)


def lightest(image: QImage) -> int:
    return max(image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))
