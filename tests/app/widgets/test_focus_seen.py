"""In every look the control that has the keyboard differs from the others by enough pixels, each by enough contrast."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mien_app.widgets import theme
from mien_app.widgets.basics import ComboField, LineField, NumberField


def primary() -> QPushButton:
    made = QPushButton("Save")
    made.setProperty("role", "primary")
    return made


def tool(*, checked: bool = False, role: str = "") -> QToolButton:
    made = QToolButton(text="Freeze", checkable=True, checked=checked)
    if role:
        made.setProperty("role", role)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def combo() -> ComboField:
    made = ComboField()
    made.addItem("light")
    return made


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("Copy"),
    "primary": primary,
    "tool": tool,
    "checked tool": lambda: tool(checked=True),
    "rail": lambda: tool(role="rail"),
    "chosen page": lambda: tool(checked=True, role="rail"),
    "box": lambda: QCheckBox("Mirror"),
    "checked box": lambda: QCheckBox("Mirror", checked=True),
    "choice": combo,
    "number": lambda: NumberField(least=1, most=9, value=3),
    "line": lambda: LineField("a note"),
    "slider": lambda: QSlider(Qt.Orientation.Horizontal, maximum=9, value=4),
}


def light(image: QImage) -> NDArray[np.float64]:
    """(h, w) relative luminance, as WCAG defines it."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    channels = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ (0.2126, 0.7152, 0.0722), np.float64)


@pytest.mark.parametrize("contrast", [False, True])
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_focus_is_seen(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, appearance: str, contrast: bool
) -> None:
    monkeypatch.setattr(theme, "wants_contrast", lambda: contrast)
    theme.choose(qapp, "system")
    theme.choose(qapp, appearance)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    other, controls = QPushButton("other"), {name: make() for name, make in CONTROLS.items()}
    for widget in (other, *controls.values()):
        column.addWidget(widget)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    unseen = {}
    for name, control in controls.items():
        other.setFocus(Qt.FocusReason.TabFocusReason)
        without = light(window.grab(control.geometry()).toImage())
        control.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(control, QLineEdit):
            control.deselect()
        assert control.hasFocus(), name
        with_it = light(window.grab(control.geometry()).toImage())
        differ = (np.maximum(without, with_it) + 0.05) / (np.minimum(without, with_it) + 0.05) >= 3
        if differ.sum() < 80:
            unseen[name] = int(differ.sum())
    assert unseen == {}
