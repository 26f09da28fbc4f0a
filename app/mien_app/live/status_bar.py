"""The line at the bottom of the Live page: how fast everything is."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QLabel, QStatusBar

from mien import language
from mien.live.pipeline import LivePipeline
from mien_app.widgets.basics import label
from mien_app.widgets.theme import GAP, MARGIN

_TIMES, _FACES, _PICTURE = 4, 5, 6  # of the cells: those before the first tell of time


class StatusBar(QStatusBar):
    """Rates, latency, dropped frames and what computes."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setContentsMargins(MARGIN - 4, 0, MARGIN, 2)
        self._cells: list[QLabel] = []
        tips = (
            self.tr("Frames per second from the source"),
            self.tr("Frames per second that are classified"),
            self.tr("Time from a frame's capture to its result"),
            self.tr("Frames that were shown but not classified, because newer ones had arrived"),
            self.tr("What runs the model"),
            self.tr("Faces that are classified, of those that were found: the largest. Settings has the limit"),
            self.tr("The source's picture, px"),
        )
        for tip in tips:
            cell = label(role="muted", figures=True)
            cell.setToolTip(tip)
            cell.setContentsMargins(0, 0, MARGIN, 0)
            self.addWidget(cell)
            self._cells.append(cell)

    def show_pipeline(self, pipeline: LivePipeline | None) -> None:
        """Show the figures of the pipeline that runs, or nothing."""
        texts = [""] * len(self._cells)
        if pipeline is not None:
            result = pipeline.results.peek()
            latency = self.tr("{} ms").format(round(1000 * result.latency_s)) if result else "-"
            texts = [
                self.tr("source {} fps").format(language.number(pipeline.camera_rate.per_second, 1)),
                self.tr("recognition {} fps").format(language.number(pipeline.recognition_rate.per_second, 1)),
                self.tr("latency {}").format(latency),
                self.tr("dropped {}").format(pipeline.dropped),
                pipeline.runs_on or self.tr("loading the model..."),
                "",
                "",
            ]
            if (newest := pipeline.frames.peek()) is not None:
                texts[_PICTURE] = "{1}x{0}".format(*newest.frame.image.shape)
                if newest.frame.still:  # it has no rate, and was recognised long ago
                    texts[:_TIMES] = [""] * _TIMES
            seen = result.recognition if result else None
            if seen is not None and seen.left_out:
                found = len(seen.predictions) + seen.left_out
                texts[_FACES] = self.tr("{} of {} faces").format(len(seen.predictions), found)
        for cell, text in zip(self._cells, texts, strict=True):
            if cell.text() != text:
                cell.setText(text)
        self._share_out()

    def minimumSizeHint(self) -> QSize:
        """As low as a line, of any width."""
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the figures that have room now."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._share_out()
        return super().event(event)

    def _share_out(self) -> None:
        room = self.width() - 2 * MARGIN
        for cell in self._cells:
            room -= cell.sizeHint().width() + 2 * GAP if cell.text() else 0
            cell.setVisible(bool(cell.text()) and room >= 0)  # what has no room is left out, rather than cut off
