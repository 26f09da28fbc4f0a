"""A list of the models that are there now."""

from mien import cards

from mien_app.texts import Choice


class ModelChoice(Choice):
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
        super().showPopup()
