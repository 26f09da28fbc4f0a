"""What is shown where the video will be: a welcome at the first start, then the choice of a source."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from mien_app.live.source_button import SourceButton
from mien_app.widgets.basics import label
from mien_app.widgets.narrow_page import NarrowPage
from mien_app.widgets.theme import GAP


class WelcomePage(NarrowPage):
    """What Mien does, where pictures go, and what it may not be used for."""

    accepted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column.addWidget(label(self.tr("Welcome to Mien"), "headline", wrap=True))
        for text in (
            self.tr(
                "Mien finds faces in a camera's picture or a file and shows which expression each one has, how sure it "
                "is, and what its network makes of the picture."
            ),
            self.tr(
                "No picture leaves this machine, and your use of Mien is reported to nobody. A connection is opened "
                "only if you choose a network camera, a training that starts from published weights, to send "
                "predictions to other programs, or to take their markers."
            ),
            self.tr(
                "A picture is written to the disk only when you save or record it, add a face to a dataset, analyse a "
                "file (a small picture of each person) or train on whole pictures (their faces)."
            ),
            self.tr(
                "An expression is not a feeling: a smile may be polite, a frown may be concentration. Do not judge "
                "people by it. The model is often wrong, more so on small, dark or turned faces, and it may be wrong "
                "more often about some groups of people than about others."
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

    def __init__(self, sources: SourceButton) -> None:
        super().__init__()
        self.column.addWidget(label(self.tr("What should Mien look at?"), "headline", wrap=True))
        choices: list[QPushButton] = []
        for text, tip, action in (
            (self.tr("Camera"), self.tr("Yourself, live  (C)"), sources.camera),
            (self.tr("Video or picture"), self.tr("A file on this computer  (O)"), sources.file),
            (self.tr("Demo"), self.tr("A photo that moves, no camera needed  (D)"), sources.demo),
        ):
            button = self.add_choice(text, tip)
            button.clicked.connect(action.trigger)
            choices.append(button)
        self.setFocusProxy(choices[0])
        self.column.addWidget(label(self.tr("Or drop a file or a folder anywhere."), "muted", wrap=True))
