"""What stands where the video will be: a welcome at the first start, then the choice of a source."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mien_app.live.source_button import SourceButton
from mien_app.widgets.basics import label
from mien_app.widgets.theme import GAP

WIDTH = 460


class NarrowPage(QWidget):
    """A narrow column in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        inside.setFixedWidth(WIDTH)
        middle = QHBoxLayout()  # stretches, since an alignment would forget that wrapped text needs height
        middle.addStretch(1)
        middle.addWidget(inside)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP + 4)

    def add_choice(self, text: str, tip: str) -> QPushButton:
        """A large button with a line that says more."""
        button = QPushButton(f"{text}\n{tip}".replace("&", "&&"))
        button.setProperty("role", "choice")
        button.setMinimumWidth(WIDTH)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        self.column.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """Its button has the keys as soon as it is seen."""
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus()


class WelcomePage(NarrowPage):
    """What Mien does, where pictures go, and what it may not be used for."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.addWidget(label(self.tr("Welcome to Mien"), "headline"))
        for text in (
            self.tr(
                "Mien finds faces in a camera's picture or a file and shows which expression each one carries, how "
                "sure it is, and what its network makes of the picture."
            ),
            self.tr(
                "No picture leaves this machine, and your use of Mien is reported to nobody. A connection is opened "
                "only if you choose a network camera, or a training that starts from published weights."
            ),
            self.tr(
                "A picture is written to the disk only when you save or record it, add a face to a data set, analyse a "
                "file (a small picture of each person) or train on whole pictures (their faces)."
            ),
            self.tr(
                "An expression is not a feeling: a smile may be polite, a frown may be thought. Do not judge people by "
                "it. The model is often wrong, more so on small, dark or turned faces, and it may read some groups of "
                "people less well than others."
            ),
            self.tr(
                "In the European Union, inferring the emotions of people at work or in education is prohibited, except "
                "for medical or safety reasons (AI Act, Article 5(1)(f))."
            ),
        ):
            self.column.addWidget(label(text, wrap=True))
        button = QPushButton(self.tr("I understand"))
        button.setProperty("role", "primary")
        button.clicked.connect(self.accepted)
        self.setFocusProxy(button)
        self.column.addSpacing(GAP)
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


class StartPage(NarrowPage):
    """Three large choices, for when nothing is open."""

    def __init__(self, sources: SourceButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.addWidget(label(self.tr("What shall Mien look at?"), "headline"))
        self._choices: list[QPushButton] = []
        for text, tip, action in (
            (self.tr("Camera"), self.tr("Yourself, live  (C)"), sources.camera),
            (self.tr("Video or picture"), self.tr("A file of yours  (O)"), sources.file),
            (self.tr("Demo"), self.tr("A photo that moves, no camera needed  (D)"), sources.demo),
        ):
            button = self.add_choice(text, tip)
            button.clicked.connect(action.trigger)
            self._choices.append(button)
        self.setFocusProxy(self._choices[0])
        self.column.addWidget(label(self.tr("Or drop a file or a folder anywhere."), "muted"))
