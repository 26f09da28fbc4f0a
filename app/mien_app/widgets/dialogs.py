"""A question before something is deleted, the sheet of keys, and what is known of a model."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from mien import language
from mien.models.card_texts import description_in_words, limits_in_words
from mien.models.cards import Card
from mien.probabilities.intervals import with_interval
from mien_app.widgets.basics import label
from mien_app.widgets.class_names import shown
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.theme import GAP, MARGIN, px

_ROWS = 20  # of the sheet of keys


def ask_to_delete(parent: QWidget, question: str, delete: Callable[[], object]) -> None:
    """Ask before something is deleted that cannot be had back. Nothing else waits for the answer.

    Args:
        parent: the page that asks.
        question: names what would be deleted, and what is lost with it.
        delete: called if the person wants it.
    """
    ask(parent, question, language.tr("Delete"), language.tr("Keep"), delete)


def ask(parent: QWidget, question: str, yes: str, no: str, work: Callable[[], object]) -> QMessageBox:
    """Ask before something is lost. Nothing else waits for the answer.

    Args:
        parent: who asks.
        question: what would happen.
        yes: the button that lets it happen.
        no: the button that does not, which has the keyboard.
        work: called on yes.
    """
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)  # names are other people's
    box.setText(question)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
    agreed.clicked.connect(lambda: work())
    box.open()
    return box


class Sheet(QDialog):
    """A window with something to read and a button to close it. It scrolls where the screen is too low."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(MARGIN * 2, MARGIN * 2, MARGIN * 2, MARGIN)
        self.column.setSpacing(GAP)

    def finish(self, width: int = 0, height: int = 0) -> None:
        """Add the button that closes it.

        Args:
            width: px; 0 is as wide as the contents need.
            height: px, at most; 0 is as high as they need, within the screen.
        """
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._scroll = scroll = VerticalScroll(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, MARGIN)
        whole.addWidget(scroll)
        whole.addWidget(buttons)
        buttons.setContentsMargins(MARGIN * 2, 0, MARGIN * 2, 0)
        self.ensurePolished()
        width = max(px(width), scroll.minimumSizeHint().width())
        needed = self.column.totalHeightForWidth(width) if self.column.hasHeightForWidth() else 0
        needed = max(needed, self.column.totalSizeHint().height() if not needed else 0)
        needed += buttons.sizeHint().height() + MARGIN + GAP
        self.resize(width, min(px(height) or needed, self.screen().availableSize().height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by page: the button has the keyboard, and there may be nothing else that could have it."""
        self._scroll.turn(event)
        if not event.isAccepted():
            super().keyPressEvent(event)


class KeySheet(Sheet):
    """Every key and what it does."""

    def __init__(self, keys: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(MARGIN * 2)
        grid.setVerticalSpacing(GAP)
        rows = len(keys) if len(keys) <= _ROWS else -(-len(keys) // 2)  # long lists stand in two columns
        for i, (key, meaning) in enumerate(keys):
            row, column = i % rows, 2 * (i // rows)
            grid.addWidget(label(key), row, column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(meaning, "muted"), row, column + 1)
        self.column.addLayout(grid)
        self.finish()


class AboutModel(Sheet):
    """A model's card, in words."""

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About the model '{}'").format(card.name))
        column = self.column
        column.addWidget(label(card.name, "headline"))
        column.addWidget(label(description_in_words(card.description), wrap=True))
        for title, text in self._sections(card):
            column.addSpacing(GAP)
            column.addWidget(label(title, "muted"))
            column.addWidget(label(text, wrap=True))
        column.addStretch(1)
        self.finish(520, 560)

    def _sections(self, card: Card) -> list[tuple[str, str]]:
        sections = [(self.tr("Accuracy"), self._accuracy(card))]
        if data := card.training.get("data"):
            faces = card.training.get("faces", "?")
            sections.append((self.tr("Trained on"), self.tr("{} faces: {}").format(faces, data)))
        sections += [
            (self.tr("Expressions"), ", ".join(map(shown, card.network.classes))),
            (self.tr("What it cannot do"), limits_in_words(card.limits) or self.tr("Nothing is written down.")),
            (self.tr("Terms"), card.licence or self.tr("Nothing is written down.")),
            (self.tr("SHA-256 of the weights"), f"{card.sha256[:32]}\n{card.sha256[32:]}"),
        ]
        return sections

    def _accuracy(self, card: Card) -> str:
        metrics = card.metrics
        if "accuracy" not in metrics:
            return self.tr("It was not measured.")
        text = self.tr("{} of {} faces are classified as labelled ({}).").format(
            with_interval(metrics["accuracy"], metrics["n"]), metrics["n"], metrics["source"]
        )
        shrunk = metrics.get("accuracy_shrunk_px", {})
        if shrunk:
            parts = [self.tr("{} at {} px").format(language.percent(value, 1), size) for size, value in shrunk.items()]
            text += " " + self.tr("Shrunk: {}.").format(", ".join(parts))
        return text
