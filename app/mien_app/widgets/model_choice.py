"""A list of the models to choose from."""

from contextlib import suppress

from PySide6.QtCore import Qt

from mien.errors import MienError
from mien.models import cards
from mien_app.widgets.basics import ComboField


class ModelChoice(ComboField):
    """Lists the models afresh whenever it opens: one may just have been trained, added or removed."""

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

    def showPopup(self) -> None:
        """List what there is, then open."""
        self.choose(self.currentText())
        for place in range(self.count()):
            with suppress(MienError):  # a broken one says so when it is chosen
                self.setItemData(place, self._about(cards.read_card(self.itemText(place))), Qt.ItemDataRole.ToolTipRole)
        super().showPopup()

    def _about(self, card: cards.Card) -> str:
        """What a model is, and its accuracy on the faces it was measured on."""
        if "accuracy" not in card.metrics:
            return card.description
        text = self.tr("{0}\nClassifies {1:.1%} of {2} faces as labelled ({3})")
        return text.format(card.description, *(card.metrics[key] for key in ("accuracy", "n", "source")))
