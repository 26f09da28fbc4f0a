"""A list of the models to choose from."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from mien.benchmark.frame import Timing
from mien.errors import MienError
from mien.models import cards
from mien.models.card_texts import description_in_words
from mien.probabilities.intervals import with_interval
from mien_app.widgets.basics import ComboField, plain_tip
from mien_app.widgets.coming_back import ComingBack
from mien_app.widgets.dialogs import AboutModel
from mien_app.widgets.model_figures import figures
from mien_app.widgets.theme import GAP, MARGIN

_FIGURES = Qt.ItemDataRole.UserRole


class _WithFigures(QStyledItemDelegate):
    """Shows a model's figures in a second line. The text stays its name."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = "\N{LINE SEPARATOR}".join(filter(None, (option.text, index.data(_FIGURES))))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(0, GAP)


class ModelChoice(ComboField):
    """Lists the models afresh whenever it opens: one may just have been trained, added or removed."""

    gone = Signal(str)
    """The chosen model is there no more, and the default one was chosen; a sentence that says so."""

    def __init__(self, model: str) -> None:
        """Start with a model, by its name or its path."""
        super().__init__()
        self.setItemDelegate(_WithFigures(self))
        self.timing_of: Callable[[cards.Card], Timing | None] = lambda card: None
        """How fast a model is here, where that was measured."""
        self.choose(model)
        ComingBack(self, self._look)

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

    def _look(self) -> None:
        """Leave a model that was deleted meanwhile, where another may be chosen now."""
        model = self.currentText()
        if not self.isEnabled():
            return
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
                card = cards.read_card(self.itemText(place))
                said = figures(card, self.timing_of(card))
                self.setItemData(place, plain_tip(self._about(card)), Qt.ItemDataRole.ToolTipRole)
                self.setItemData(place, said, _FIGURES)
                self.setItemData(place, f"{self.itemText(place)}, {said}", Qt.ItemDataRole.AccessibleTextRole)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 2 * MARGIN)
        super().showPopup()

    def _about(self, card: cards.Card) -> str:
        """What a model is, and its accuracy on the faces it was measured on."""
        if "accuracy" not in card.metrics:
            return description_in_words(card.description)
        accuracy, n, source = (card.metrics[key] for key in ("accuracy", "n", "source"))
        text = self.tr("{}\nClassifies {} of {} faces as labelled ({}; 95% interval)")
        return text.format(description_in_words(card.description), with_interval(accuracy, n), n, source)
