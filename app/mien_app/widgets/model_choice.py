"""A list of the models to choose from."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent

from mien.errors import MienError
from mien.models import cards
from mien.probabilities.intervals import with_interval
from mien_app.widgets.basics import ComboField, plain_tip
from mien_app.widgets.dialogs import AboutModel


class ModelChoice(ComboField):
    """Lists the models afresh whenever it opens: one may just have been trained, added or removed."""

    gone = Signal(str)
    """The chosen model is there no more, and the default one was chosen; a sentence that says so."""

    def __init__(self, model: str) -> None:
        """Start with a model, by its name or its path."""
        super().__init__()
        self.choose(model)

    def choose(self, model: str) -> None:
        """List what there is, and choose a model."""
        names = cards.available()
        self.clear()
        self.addItems(names if model in names else [model, *names])
        self.setCurrentText(model)

    def show_card(self, fail: Callable[[str], object]) -> None:
        """Show what is known of the chosen model, or tell `fail` why that cannot be."""
        try:
            AboutModel(cards.read_card(self.currentText()), self.parentWidget()).show()
        except MienError as error:
            fail(str(error))

    def minimumSizeHint(self) -> QSize:
        """The same as it would have; Qt remembers the one of an earlier least number of letters."""
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """Leave a model that was deleted meanwhile."""
        super().showEvent(event)
        model = self.currentText()
        try:
            cards.locate(model)
        except MienError:
            self.choose(cards.DEFAULT_MODEL)
            text = self.tr("The model '{}' is there no more: '{}' is used instead.")
            self.gone.emit(text.format(model, cards.DEFAULT_MODEL))

    def showPopup(self) -> None:
        """List what there is, then open."""
        self.choose(self.currentText())
        for place in range(self.count()):
            with suppress(MienError):  # a broken one says so when it is chosen
                about = plain_tip(self._about(cards.read_card(self.itemText(place))))
                self.setItemData(place, about, Qt.ItemDataRole.ToolTipRole)
        super().showPopup()

    def _about(self, card: cards.Card) -> str:
        """What a model is, and its accuracy on the faces it was measured on."""
        if "accuracy" not in card.metrics:
            return card.description
        accuracy, n, source = (card.metrics[key] for key in ("accuracy", "n", "source"))
        text = self.tr("{}\nClassifies {} of {} faces as labelled ({}; 95% interval)")
        return text.format(card.description, with_interval(accuracy, n), n, source)
