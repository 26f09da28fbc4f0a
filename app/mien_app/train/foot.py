"""The foot of the train page: what is worked on, and the buttons that lead on and back."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mien_app.widgets.basics import ComboField, label
from mien_app.widgets.theme import GAP


class Foot(QWidget):
    """Which of them is shown, and what they say, is the page's to decide."""

    def __init__(self) -> None:
        super().__init__()
        self.what = label(role="muted")
        self.kind = ComboField()
        self.kind.addItem(self.tr("faces, already cut out"), True)
        self.kind.addItem(self.tr("whole pictures: find the faces"), False)
        self.kind.setAccessibleName(self.tr("What the pictures are"))
        self.kind.setToolTip(self.tr("Faces are found and laid straight as in recognition"))
        self.leave = QPushButton(self.tr("Leave"))
        self.leave.setToolTip(self.tr("Back to the beginning; a training that runs goes on"))
        self.back = QPushButton(self.tr("Back"))
        self.halt = QPushButton()
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Save and end; it can be gone on with"))
        self.next = QPushButton()
        self.next.setProperty("role", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.leave)
        row.addWidget(self.what, 1)
        for widget in (self.kind, self.back, self.halt, self.stop, self.next):
            row.addWidget(widget)

    def show_kind(self, crops: bool) -> None:
        """Choose what the pictures are."""
        self.kind.setCurrentIndex(self.kind.findData(crops))
