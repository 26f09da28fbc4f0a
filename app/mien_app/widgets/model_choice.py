"""A list of the models that are there now."""

from contextlib import suppress

from PySide6.QtCore import Qt

from mien.errors import MienError
from mien.models import cards
from mien_app.widgets.basics import ComboField


class ModelChoice(ComboField):
    """Looks anew each time it is opened, so that a model that was just kept, taken or removed is shown rightly."""

    def __init__(self, model: str) -> None:
        """Begin with a model chosen; it may also be given by its path, as on the command line."""
        super().__init__()
        self.choose(model)

    def choose(self, model: str) -> None:
        """Look at what is there, and choose one of it."""
        names = cards.available()
        self.clear()
        self.addItems(names if model in names else [model, *names])
        self.setCurrentText(model)

    def showPopup(self) -> None:
        """Look, then open."""
        self.choose(self.currentText())
        for place in range(self.count()):
            with suppress(MienError):  # a broken one says so when it is chosen
                self.setItemData(place, self._about(cards.read_card(self.itemText(place))), Qt.ItemDataRole.ToolTipRole)
        super().showPopup()

    def _about(self, card: cards.Card) -> str:
        """What it is, and how well it reads the faces it was measured on."""
        if "accuracy" not in card.metrics:
            return card.description
        said = self.tr("{0}\nReads {1:.1%} of {2} faces as labelled ({3})")
        return said.format(card.description, *(card.metrics[key] for key in ("accuracy", "n", "source")))
