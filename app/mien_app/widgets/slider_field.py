"""A number that is chosen with a slider."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from mien import language
from mien_app.widgets.basics import label


class SliderField(QWidget):
    """A slider with its value beside it."""

    changed = Signal(float)
    """The value."""

    def __init__(self, low: float, high: float, step: float, value: float, unit: str = "") -> None:
        super().__init__()
        self._step, self._unit = step, unit
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(round(low / step), round(high / step))
        self._value = label(figures=True)
        self._value.setMinimumWidth(52)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._slider, 1)
        row.addWidget(self._value)
        self._slider.setValue(round(value / step))
        self._show()
        self._slider.valueChanged.connect(self._show)
        self._slider.valueChanged.connect(lambda: self.changed.emit(self.value))

    @property
    def value(self) -> float:
        """What is chosen."""
        return self._slider.value() * self._step

    @value.setter
    def value(self, value: float) -> None:
        self._slider.setValue(round(value / self._step))

    def name(self, text: str, tip: str) -> None:
        """Say what it is for."""
        self._slider.setAccessibleName(text)
        self.setToolTip(tip)
        self._show()

    def _show(self) -> None:
        text = language.number(self.value) + self._unit
        self._value.setText(text)
        # Of the slider itself Qt reads out the number of steps.
        self._slider.setAccessibleDescription(". ".join(filter(None, (text, self.toolTip()))))
