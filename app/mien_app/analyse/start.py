"""What the Analyse page shows while its list is empty."""

from collections.abc import Iterable

from PySide6.QtGui import QAction

from mien_app.widgets.basics import label
from mien_app.widgets.narrow_page import NarrowPage


class AnalyseStart(NarrowPage):
    """Offers to add files, and says what becomes of them."""

    def __init__(self, choices: Iterable[tuple[QAction, str]]) -> None:
        """Offer actions, each with a line that says more."""
        super().__init__()
        question = self.tr("What should be analysed?")
        self.setAccessibleName(question)  # its buttons are called as those above it
        self.column.addWidget(label(question, "headline", wrap=True))
        for action, tip in choices:
            self.add_choice(action.text(), tip).clicked.connect(action.trigger)
        text = self.tr(
            "Or drop them here. Each file becomes a session: a table with a row for every face in every frame, to "
            "review here or to open in other programs. You may close Mien at any time: the list comes back, and goes "
            "on where it stopped."
        )
        self.column.addWidget(label(text, "muted", wrap=True))
