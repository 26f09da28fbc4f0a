"""The last minute: a lane for each person, with probabilities and reliability."""

from collections import OrderedDict
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mien.live.state import LiveResult
from mien.types import Recognition
from mien_app.live.actions import LiveActions
from mien_app.live.panel import Docked, Shown
from mien_app.widgets.lane_image import explained, lane_image
from mien_app.widgets.theme import MARGIN, theme

SPAN_S, BIN_S = 60.0, 0.25
_BINS = int(SPAN_S / BIN_S)
_LANE_PX = 22  # least height of a lane
_LANE_ROWS = 40  # of the picture that is drawn for a lane, before it is scaled


class Lane:
    """One person's predictions, averaged in bins of a quarter of a second."""

    def __init__(self, classes: int) -> None:
        self._sums = np.zeros((_BINS, classes + 1))  # probabilities, reliability
        self._counts = np.zeros(_BINS, int)
        self._newest = -1

    @property
    def newest(self) -> int:
        """The number of the bin that was last added to."""
        return self._newest

    def add(self, bin_number: int, probabilities: NDArray[np.float32], reliability: float) -> None:
        """Add one prediction."""
        if self._newest >= 0:
            for skipped in range(max(self._newest + 1, bin_number - _BINS + 1), bin_number + 1):
                self._sums[skipped % _BINS], self._counts[skipped % _BINS] = 0, 0
        self._newest = max(bin_number, self._newest)
        self._sums[bin_number % _BINS] += (*probabilities, reliability)
        self._counts[bin_number % _BINS] += 1

    def minute(self, last_bin: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Average the minute that ends with a bin.

        Returns:
            (bins, C) mean probabilities and (bins,) mean reliability; NaN where the person was not seen.
        """
        order = np.arange(last_bin - _BINS + 1, last_bin + 1)
        known = (order >= 0) & (order <= self._newest) & (order > self._newest - _BINS)
        counts = np.where(known, self._counts[order % _BINS], 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: NDArray[np.float64] = self._sums[order % _BINS] / counts[:, None]
        mean[counts == 0] = np.nan
        return mean[:, :-1], mean[:, -1]


class LastMinute(QWidget):
    """Shows a lane for each person seen in the last minute, and marks the selected one."""

    docked: ClassVar = Docked("timeline", Qt.DockWidgetArea.BottomDockWidgetArea, QSize(0, 130))

    def __init__(self, actions: LiveActions) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Last minute"))
        self.setToolTip(explained())
        self.setMinimumHeight(64)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._classes: tuple[str, ...] = ()
        self._lanes: OrderedDict[int, Lane] = OrderedDict()
        self._bin, self._selected = 0, 0
        self._added: LiveResult | None = None
        self._still = False

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Forget everybody: what was shown belongs to another model or source."""
        self._classes = classes
        self._lanes.clear()
        self._bin = 0
        self.update()

    def show_result(self, shown: Shown | None) -> None:
        """Add everybody in a result; a source that has gone leaves its last minute."""
        if shown is None:
            return
        self._still = shown.result.captured.frame.still
        if self._still:
            self.set_classes(self._classes)
        elif shown.result is not self._added:
            self._added = shown.result
            self.add(shown.result.recognition, shown.track)
        elif shown.track != self._selected:  # the same result again, since another person was selected
            self._selected = shown.track
            self.update()

    def add(self, recognition: Recognition, selected: int) -> None:
        """Add one frame's predictions."""
        number = int(recognition.time_s / BIN_S)
        if number < self._bin:  # the source has started again
            self._lanes.clear()
        for prediction in recognition.predictions:
            lane = self._lanes.setdefault(prediction.track_id, Lane(len(self._classes)))
            lane.add(number, prediction.probabilities, prediction.reliability)
        for track in [t for t, lane in self._lanes.items() if lane.newest <= number - _BINS]:
            del self._lanes[track]
        if number != self._bin or selected != self._selected:  # no more often than there is something to see
            self._bin, self._selected = number, selected
            self.update()

    def lanes(self) -> list[int]:
        """The tracks that are drawn: the selected one and those seen last, as many as there is room for."""
        recent = sorted(self._lanes, key=lambda track: (track != self._selected, -self._lanes[track].newest, track))
        return sorted(recent[: max(self.height() // _LANE_PX - 1, 1)])

    def picture(self, track: int) -> NDArray[np.uint8]:
        """Draw a person's lane: (rows, bins, 4) RGBA, the first class at the bottom."""
        return lane_image(*self._lanes[track].minute(self._bin), self._classes, _LANE_ROWS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw lanes, names and the time scale."""
        with QPainter(self) as painter:
            t = theme()
            metrics = QFontMetricsF(self.font())
            tracks = self.lanes()
            if not tracks:
                painter.setPen(QColor(t.muted))
                none, later = self.tr("A picture has no last minute."), self.tr("The last minute will appear here.")
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, none if self._still else later)
                return
            left = metrics.horizontalAdvance(self.tr("Person {}").format(888)) + MARGIN + 8
            foot = metrics.height() + 2
            lane_height = (self.height() - foot) / len(tracks)
            width = self.width() - left - 2
            for row, track in enumerate(tracks):
                area = QRectF(left, row * lane_height + 2, width, lane_height - 4)
                painter.fillRect(area, QColor(128, 128, 128, 28))
                pixels = self.picture(track)
                image = QImage(pixels.data, pixels.shape[1], pixels.shape[0], QImage.Format.Format_RGBA8888)
                painter.drawImage(area, image)
                painter.setPen(QColor(t.text if track == self._selected else t.muted))
                name = QRectF(0, area.top(), left - 8, area.height())
                align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(name, align, self.tr("Person {}").format(track))
            painter.setPen(QColor(t.muted))
            for seconds in (60, 45, 30, 15, 0):
                x = left + width * (1 - seconds / SPAN_S)
                text = self.tr("now") if seconds == 0 else self.tr("-{} s").format(seconds)
                room = metrics.horizontalAdvance(text)
                painter.drawText(
                    QRectF(min(max(x - room / 2, left), left + width - room), self.height() - foot, room + 1, foot),
                    text,
                )
