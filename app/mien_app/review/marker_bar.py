"""The line in which a marker's note is written. It covers nothing of the video, as a dialog would."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from mien_app.review.model import ReviewModel
from mien_app.widgets.basics import LineField, label
from mien_app.widgets.flow import Flow
from mien_app.widgets.time_span import clock


class MarkerBar(QWidget):
    """Sets, changes and removes the marker of one moment."""

    closed = Signal()
    """The keyboard is free again."""

    def __init__(self, review: ReviewModel) -> None:
        super().__init__()
        self._review, self._time_s, self._before = review, 0.0, ""
        self.alone = False
        """Whether the video is shown alone: then markers are set at once, without a note."""
        self._where = label(role="muted", figures=True)
        self.field = LineField()
        self.field.setAccessibleName(self.tr("Note"))
        self.field.setPlaceholderText(self.tr("What is to be seen here?"))
        self.field.setToolTip(self.tr("Enter saves the marker, Esc changes nothing"))
        self.field.setMaxLength(200)
        self.field.returnPressed.connect(self._keep)
        self.field.left.connect(self._close)
        keep = QPushButton(self.tr("Set marker"))
        keep.setProperty("role", "primary")
        keep.setToolTip(self.tr("Save the marker with its note (Enter)"))
        keep.clicked.connect(self._keep)
        self._remove = QToolButton()
        self._remove.setText(self.tr("Remove"))
        self._remove.setToolTip(self.tr("Remove the marker and its note"))
        self._remove.clicked.connect(self._delete)
        leave = QToolButton()
        leave.setText("\N{MULTIPLICATION SIGN}")
        leave.setToolTip(self.tr("Change nothing (Esc)"))
        leave.setAccessibleName(self.tr("Cancel"))
        leave.clicked.connect(self._close)
        for button in (keep, self._remove):
            button.setAccessibleName(button.text())
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = Flow(self)
        for widget in (self._where, self.field, keep, self._remove, leave):
            row.addWidget(widget)
        review.opened.connect(self.hide)
        self.hide()

    def ask(self, time_s: float) -> None:
        """Ask for the note of the marker at a time, which may be a new one."""
        if self._review.now is None:
            return
        markers = self._review.now.session.edits.markers
        note = next((marker.note for marker in markers if marker.time_s == time_s), None)
        self._time_s = time_s
        self._where.setText(self.tr("Marker at {}").format(clock(time_s, 2)))
        if self.alone:
            if note is None:
                self._review.change(lambda edits: edits.marked(time_s))
            self._review.noted.emit(self.tr("Marker at {}").format(clock(time_s, 2)))
            return
        self._before = note or ""
        self.field.setText(self._before)
        self._remove.setVisible(note is not None)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    @property
    def unsaved(self) -> bool:
        """Whether a note is written that is not set yet."""
        return not self.isHidden() and self.field.text().strip() != self._before

    def _keep(self) -> None:
        time_s, note = self._time_s, self.field.text().strip()
        self._review.change(lambda edits: edits.marked(time_s, note))
        self._close()

    def _delete(self) -> None:
        time_s = self._time_s
        self._review.change(lambda edits: edits.unmarked(time_s))
        self._close()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
