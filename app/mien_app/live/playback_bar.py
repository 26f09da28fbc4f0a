"""Under a video file: play and pause, where it is, and whether it begins again at its end."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSlider, QWidget

from mien.live.pipeline import LivePipeline
from mien.live.state import State
from mien_app.widgets.actions import action_button
from mien_app.widgets.basics import label
from mien_app.widgets.theme import GAP
from mien_app.widgets.time_span import clock

_STEPS_PER_S = 20  # of the slider
_JUMP_S = 5  # by a click beside its handle, or Page Up and Page Down


class PlaybackBar(QWidget):
    """Shown while the source is a video file. Each change goes to the pipeline at once."""

    moved = Signal()
    """The picture and its faces are those of another time from now on."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._pipeline: LivePipeline | None = None
        self.play = QAction(self.tr("Pause"), page)
        """Without a key: the window handles Space, so that a focused button can have it first."""
        self.play.setToolTip(self.tr("Play or pause (Space)"))
        self.play.triggered.connect(self._toggle)
        self._place = QSlider(Qt.Orientation.Horizontal)
        self._place.setAccessibleName(self.tr("Position"))
        self._place.setSingleStep(_STEPS_PER_S)
        self._place.setPageStep(_JUMP_S * _STEPS_PER_S)
        self._place.valueChanged.connect(self._go)
        self._time = label(role="muted", figures=True)
        self._loop = QCheckBox(self.tr("Loop"))
        self._loop.setToolTip(self.tr("Begin again at the end"))
        self._loop.toggled.connect(self._set_loop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(action_button(self.play))
        row.addWidget(self._place, 1)
        row.addWidget(self._time)
        row.addWidget(self._loop)
        self.hide()

    @property
    def shown(self) -> bool:
        """Whether the source is a video file."""
        return not self.isHidden()

    def show_pipeline(self, pipeline: LivePipeline | None) -> None:
        """Take another source; the bar appears once it is known to be a video file."""
        self._pipeline = pipeline
        self.hide()

    def poll(self) -> None:
        """Show where the file is."""
        pipeline = self._pipeline
        if pipeline is None or pipeline.transport.duration_s <= 0:
            return
        transport, newest = pipeline.transport, pipeline.frames.peek()
        if not self.shown:
            transport.loop = self._loop.isChecked()
            self._place.setRange(0, round(transport.duration_s * _STEPS_PER_S))
            self.show()
        ended = pipeline.status.state is State.ENDED
        self.play.setText(self.tr("Play") if ended or transport.paused else self.tr("Pause"))
        if newest is None or self._place.isSliderDown():
            return
        place_s = newest.frame.time_s - transport.first_s
        self._place.blockSignals(True)
        self._place.setValue(round(place_s * _STEPS_PER_S))
        self._place.blockSignals(False)
        self._time.setText(f"{clock(place_s)} / {clock(transport.duration_s)}")

    def _toggle(self) -> None:
        if self._pipeline is None:
            return
        transport = self._pipeline.transport
        if self._pipeline.status.state is State.ENDED:
            transport.pause(False)
            self._go(0)
        else:
            transport.pause(not transport.paused)

    def _go(self, value: int) -> None:
        if self._pipeline is not None:
            transport = self._pipeline.transport
            transport.go_to(transport.first_s + value / _STEPS_PER_S)
            self._time.setText(f"{clock(value / _STEPS_PER_S)} / {clock(transport.duration_s)}")
            self.moved.emit()

    def _set_loop(self, loop: bool) -> None:
        if self._pipeline is not None:
            self._pipeline.transport.loop = loop
