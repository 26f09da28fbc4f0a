"""What the Train page shows first: pictures to choose, earlier trainings, and the person's own models."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from mien.curation.add_face import labels
from mien.errors import MienError
from mien.models import cards, store
from mien.training.runs import Run, runs
from mien.utils import paths
from mien.utils.optional import lacking_to_train
from mien_app.services.background import Background, SerialQueue
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import allow, key_name, tool_button
from mien_app.widgets.basics import Card, label
from mien_app.widgets.dialogs import AboutModel, ask_to_delete
from mien_app.widgets.file_dialogs import ask_file, ask_folder, ask_new_file
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.narrow_page import NarrowPage
from mien_app.widgets.tab_order import put_after
from mien_app.widgets.theme import GAP

_SHOWN = 4


class TrainStart(NarrowPage):
    """Offers what a model can learn from, then lists trainings and models."""

    picked = Signal(object)
    """Path of a dataset to learn from."""
    opened = Signal(object)
    """A Run to go on with, or to look at."""
    all_models = Signal()
    """The person wants to compare the models, also those that come with Mien."""

    def __init__(
        self,
        preferences: Preferences,
        background: Background,
        folder: Callable[[], object],
        messages: MessageBar,
    ) -> None:
        """Lay it out.

        Args:
            preferences: say where the person's dataset is.
            background: reads and writes models and datasets.
            folder: asks for a folder of pictures.
            messages: shows what went wrong.
        """
        super().__init__()
        self._preferences, self._messages = preferences, messages
        self._work = SerialQueue(background)
        self._listed: tuple[list[tuple[Run, bool]], list[str]] | None = None
        self.column.addWidget(label(self.tr("What should a model learn?"), "headline", wrap=True))
        if lack := lacking_to_train():
            self.column.addWidget(label(lack, wrap=True))
        tip = self.tr("With a sub-folder for each class  ({})").format(key_name("Ctrl+O"))
        self.folder = self.add_choice(self.tr("A folder of labelled pictures"), tip)
        self.folder.clicked.connect(folder)
        self.table = self.add_choice(self.tr("A table"), self.tr("A CSV file with a path and a label in every row"))
        self.table.clicked.connect(self._ask_table)
        self.collected = self.add_choice(self.tr("Your dataset"), "")
        self.collected.clicked.connect(lambda: self.picked.emit(Path(preferences.dataset_folder)))
        for choice in (self.folder, self.table, self.collected):
            allow(choice, not lack, lack)
        text = self.tr(
            "Or drop a folder here. Forty pictures of each class are enough to begin with. They stay on this machine."
        )
        self.column.addWidget(label(text, "muted", wrap=True))
        self._trainings = _Rows(self.tr("Trainings"), self.collected)
        self._all = False  # whether older trainings are shown, too
        tip = self.tr("Show older trainings, too")
        self.older = self._trainings.add_button(self.tr("Show all"), tip, self._show_all)
        self._models = _Rows(self.tr("Your models"), self.collected)
        tip = self.tr("Add a model that was exported from Mien")
        compare = self.tr("Compare them, and those that come with Mien")
        self._models.add_button(self.tr("All models..."), compare, self.all_models.emit)
        self._models.add_button(self.tr("Import..."), tip, self._ask_import)
        self.column.addWidget(self._trainings)
        self.column.addWidget(self._models)
        self.setFocusProxy(self.folder)

    def ask_folder(self) -> None:
        """Ask for a folder of pictures."""
        title = self.tr("Choose a folder with a sub-folder for each class")
        if folder := ask_folder(self, self._preferences, "dataset", title):
            self.picked.emit(folder)

    def _ask_table(self) -> None:
        title, kinds = self.tr("Choose a table"), self.tr("Tables (*.csv)")
        if file := ask_file(self, self._preferences, "dataset", title, kinds):
            self.picked.emit(file)

    def refresh(self) -> None:
        """List datasets, trainings and models as they are now."""
        dataset = Path(self._preferences.dataset_folder)
        self._work.run(lambda: partial(labels, dataset), self._show_collected, lambda _: self._show_collected({}))
        found = runs()
        trainings = [(run, run.finished) for run in (found if self._all else found[:_SHOWN])]
        self.older.setVisible(len(found) > len(trainings))
        models = [name for name in cards.available() if cards.locate(name).parent == paths.user_weights()]
        if self._listed == (trainings, models):
            return  # else a button would lose the keyboard
        self._listed = trainings, models
        self._trainings.clear()
        for run, _ in trainings:
            self._add_training(run)
        self._trainings.setVisible(bool(self._trainings))
        self._models.clear()
        for name in models:
            self._add_model(name)

    def _show_all(self) -> None:
        self._all = True
        self.refresh()

    def _show_collected(self, found: dict[str, int]) -> None:
        """Offer the dataset, if it has faces. What is wrong with it shows where faces are added."""
        self.collected.setVisible(bool(found))
        labels = self.tr("%n label(s)", "", len(found))
        text = self.tr("%n face(s) under {}, added with L", "", sum(found.values())).format(labels)
        self.collected.show_tip(text)

    def _add_training(self, run: Run) -> None:
        try:
            plan = run.plan
        except MienError:  # a damaged one is left out
            return
        state = self.tr("finished") if run.finished else self.tr("not finished")
        text = self.tr("{}, {}, {}").format(Path(plan.data).stem, plan.created, state)
        word = self.tr("Result") if run.finished else self.tr("Go on")
        self._trainings.add(
            text,
            (word, self.tr("{}: {}").format(word, text), partial(self.opened.emit, run)),
            (self.tr("Delete"), self.tr("Delete: {}").format(text), partial(self._delete, run, text)),
        )

    def _delete(self, run: Run, text: str) -> None:
        question = self.tr("Delete the training of {}? Its model goes with it; one that you kept stays.")
        ask_to_delete(self, question.format(text), partial(self._try, run.remove))

    def _add_model(self, name: str) -> None:
        self._models.add(
            name,
            (self.tr("Card"), self.tr("Show the model card of {}").format(name), partial(self._show_card, name)),
            (self.tr("Export..."), self.tr("Save {} as one file").format(name), partial(self._export, name)),
            (self.tr("Delete"), self.tr("Delete the model {}").format(name), partial(self._remove, name)),
        )

    def _try(self, work: Callable[[], Any], done: Callable[[Any], object] = lambda _: None) -> None:
        """Do it in the background; show what comes of it, or a message, and list everything again."""

        def show(receiver: Callable[[Any], object], value: Any) -> None:
            receiver(value)
            self.refresh()

        self._work.run(lambda: work, partial(show, done), partial(show, self._messages.fail), saves=True)

    def _show_card(self, name: str) -> None:
        self._try(partial(cards.read_card, name), lambda card: AboutModel(card, self).show())

    def _export(self, name: str) -> None:
        kinds = self.tr("Models of Mien (*{})").format(store.ENDING)
        proposed = f"{name}{store.ENDING}"
        if file := ask_new_file(self, self._preferences, "model", self.tr("Export the model"), proposed, kinds):
            text = self.tr("Saved: {}")
            self._try(partial(store.export, name, file), lambda path: self._messages.done(text.format(path), path))

    def _remove(self, name: str) -> None:
        question = self.tr("Delete the model '{}'? It cannot be had back, unless it was exported.").format(name)
        ask_to_delete(self, question, partial(self._try, partial(store.remove, name)))

    def _ask_import(self) -> None:
        kinds = self.tr("Models of Mien (*{})").format(store.ENDING)
        if file := ask_file(self, self._preferences, "model", self.tr("Import a model"), kinds):
            self.take(file)

    def take(self, file: Path) -> None:
        """Add a model that was exported to the person's own, under another name where its own is taken."""
        text = self.tr("'{}' is now one of your models.")
        self._try(partial(store.take, file, renamed=True), lambda card: self._messages.done(text.format(card.stem)))


class _Rows(Card):
    """A list with a title; each row has buttons."""

    def __init__(self, title: str, after: QWidget) -> None:
        """Begin without rows; Tab reaches them from the control that they stand `after`."""
        super().__init__()
        self._after = self._last = after
        self._head = QHBoxLayout()
        self._head.addWidget(label(title, "muted"), 1)
        self.column.addLayout(self._head)
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP // 2)
        self.column.addLayout(self._list)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def add_button(self, text: str, tip: str, work: Callable[[], object]) -> QToolButton:
        """Add a button beside the title."""
        made = tool_button(text, tip, work)
        self._after = self._last = made
        self._head.addWidget(made)
        return made

    def add(self, text: str, *buttons: tuple[str, str, Callable[[], object]]) -> None:
        """Add a row; a button is a text, a tip and what it does. It is called by its text and the row's."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP // 2)
        row.addWidget(label(text, wrap=True), 1)
        made = [tool_button(word, tip, work, f"{word}: {text}") for word, tip, work in buttons]
        for button in made:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._list.addWidget(holder)
        put_after(self._last, made)
        self._last = made[-1]
        self._rows.append(holder)

    def clear(self) -> None:
        """Remove all rows."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows.clear()
        self._last = self._after
