"""Finds what is wrong with a window as it is shown: texts that are cut or pale, controls that one cannot work with."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from mien_app.widgets.actions import says_why

LEAST_CONTRAST = 4.5
"""Of a text with its background, as WCAG 2.2 wants it (level AA)."""
_LONGEST_NAME = 40
"""Letters of what a screen reader calls a control, up to a colon: what is longer explains, and is its description."""
_WORKED = (
    QAbstractButton,
    QComboBox,
    QAbstractSlider,
    QAbstractSpinBox,
    QLineEdit,
    QAbstractItemView,
    QPlainTextEdit,
)
_TEXTS = (QLabel, QAbstractButton, QComboBox, QLineEdit)


def faults(window: QWidget, picture: QImage | None = None) -> list[str]:
    """Inspect a window or dialog.

    Args:
        window: as it is shown now.
        picture: of it; None takes one.

    Returns:
        A line for each fault; empty where there is none.
    """
    image = (picture or window.grab().toImage()).convertToFormat(QImage.Format.Format_RGB32)
    shown = [child for child in window.findChildren(QWidget) if child.isVisible() and child.window() is window]
    controls = [child for child in shown if _is_control(child)]
    found = [f"cut: {_called(child)}" for child in shown if _is_cut(child)]
    found += [
        f"outside: {_called(child)}"
        for child in shown
        if (child in controls or isinstance(child, QLabel)) and _out(child)
    ]
    found += [
        f"pale ({contrast:.1f}): {_called(child)}"
        for child in shown
        if isinstance(child, _TEXTS) and (contrast := _contrast(child, image)) < LEAST_CONTRAST
    ]
    found += [
        f"scrolls sideways: {_called(area)}"
        for area in shown
        if isinstance(area, QScrollArea) and area.horizontalScrollBar().maximum() > 0
    ]
    found += [f"nameless: {_called(child)}" for child in controls if not _name(child)]
    found += [
        f"long name: {_called(child)}" for child in controls if len(_name(child).partition(": ")[0]) > _LONGEST_NAME
    ]
    called = Counter((_panel(child), _name(child)) for child in controls)
    found += [f"{n} are called the same: {name}" for (_, name), n in called.items() if name and n > 1]
    found += [
        f"disabled without saying why: {_called(child)}"
        for child in controls
        if not child.isEnabled() and not says_why(child)
    ]
    usable = [child for child in controls if child.isEnabled()]
    found += [f"not reached by Tab: {_called(child)}" for child in usable if not _takes_tab(child)]
    found += [f"Tab goes back from {_called(a)} to {_called(b)}" for a, b in _backward([*filter(_takes_tab, usable)])]
    return list(dict.fromkeys(found))


def _is_control(widget: QWidget) -> bool:
    """Whether a person works with it; not the parts that Qt's own controls are made of."""
    if not isinstance(widget, _WORKED) or isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_"):
        return False
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, (QComboBox, QAbstractSpinBox, QAbstractItemView)):
            return False
        above = above.parentWidget()
    return True


def _name(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):  # whose choice Qt takes for its name on Linux
        return widget.accessibleName()
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def _panel(widget: QWidget) -> QWidget:
    """The part of a window that a screen reader names before a control in it, or the card that it stands in."""
    above = widget.parentWidget()
    while above is not None and not above.accessibleName() and above.property("role") != "card":
        above = above.parentWidget()
    return above or widget.window()


def _text(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)) else ""


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} '{(_name(widget) or _text(widget))[:60]}'"


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) or widget.focusProxy() is not None


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def _out(widget: QWidget) -> bool:
    """Whether a part of it lies where nobody can see it, nor scroll to it."""
    place, above = _place(widget), widget.parentWidget()
    whole = QRect(place)
    while above is not None and not above.isWindow():
        if isinstance(above, QScrollArea):
            room = _place(above.viewport())
            if above.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
                whole.setLeft(room.left())
                whole.setRight(room.right())
            elif whole.left() < room.left() or whole.right() > room.right():
                return True
            whole.setTop(room.top())
            whole.setBottom(room.bottom())
        elif not isinstance(above.parentWidget(), QScrollArea) and not _place(above).contains(whole):
            return True
        above = above.parentWidget()
    return not widget.window().rect().contains(whole)


def _is_cut(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.text() and widget.textFormat() is not Qt.TextFormat.RichText:
        if widget.wordWrap():
            line = QRect(0, 0, widget.contentsRect().width(), 0)
            needs = widget.fontMetrics().boundingRect(line, Qt.TextFlag.TextWordWrap, widget.text())
            long_word = needs.width() > line.width() + 1
            return long_word or widget.heightForWidth(widget.width()) > widget.height() + 1
        room, metrics = widget.contentsRect(), widget.fontMetrics()
        widest = max(metrics.horizontalAdvance(line) for line in widget.text().splitlines() or [""])
        return widest > room.width() + 1 or metrics.height() > room.height() + 1
    if isinstance(widget, (QAbstractButton, QComboBox)) and _text(widget) and _is_control(widget):
        wanted = widget.sizeHint() if isinstance(widget, QAbstractButton) else widget.minimumSizeHint()
        return wanted.width() > widget.width() + 1 or wanted.height() > widget.height() + 1
    return False


def _contrast(widget: QWidget, picture: QImage) -> float:
    """The strongest contrast in a text's picture with its commonest colour; infinite where no text is seen."""
    region = widget.visibleRegion().boundingRect()
    if not _text(widget).strip() or region.height() < widget.fontMetrics().height() or region.width() < widget.width():
        return np.inf
    ratio = picture.devicePixelRatio()
    place = region.translated(widget.mapTo(widget.window(), QPoint(0, 0)))
    inside = picture.copy(
        round(place.x() * ratio), round(place.y() * ratio), round(place.width() * ratio), round(place.height() * ratio)
    )
    pixels = np.frombuffer(inside.constBits(), np.uint32).reshape(inside.height(), inside.bytesPerLine() // 4)
    colours, counts = np.unique(pixels[:, : inside.width()] & 0xFFFFFF, return_counts=True)
    light = _luminance(colours)
    ground = light[counts.argmax()]
    high, low = np.maximum(light, ground), np.minimum(light, ground)
    return float(((high + 0.05) / (low + 0.05)).max())


def _luminance(colours: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Relative luminance of (n,) colours 0xRRGGBB, as WCAG defines it."""
    channels = np.stack([colours >> shift & 255 for shift in (16, 8, 0)], axis=-1) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ (0.2126, 0.7152, 0.0722), np.float64)


def _backward(controls: list[QWidget]) -> Iterator[tuple[QWidget, QWidget]]:
    """Pairs of controls between which Tab goes against the order of reading; from the last to the first it may."""
    if not controls:
        return
    first = min(controls, key=lambda widget: (_place(widget).left() // 64, _place(widget).top()))
    wanted, order, widget = set(controls), [first], first.nextInFocusChain()
    while widget is not first and widget is not None:
        if widget in wanted:
            order.append(widget)
        widget = widget.nextInFocusChain()
    for a, b in pairwise(order):
        before, after = _containers(a, b)
        one, other = _place(before), _place(after)
        above = other.bottom() <= one.top()
        beside = other.right() <= one.left() and other.top() < one.bottom() and one.top() < other.bottom()
        if above or beside:
            yield a, b


def _containers(a: QWidget, b: QWidget) -> tuple[QWidget, QWidget]:
    """What the two lie in, below what they both lie in."""
    above = [a]
    while (parent := above[-1].parentWidget()) is not None and not above[-1].isWindow():
        above.append(parent)
    other = b
    while (parent := other.parentWidget()) is not None and parent not in above:
        other = parent
    return (above[above.index(parent) - 1] if parent in above and parent is not a else a), other
