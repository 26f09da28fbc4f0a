"""What the train page shows first: a folder to choose, trainings to go on with, one's own models."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from mien.curation.add_face import labels
from mien.errors import MienError
from mien.models import cards, store
from mien.training.runs import Run, runs
from mien.utils import paths
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import tool_button
from mien_app.widgets.basics import Card, label
from mien_app.widgets.dialogs import AboutModel
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.narrow_page import NarrowPage
from mien_app.widgets.theme import GAP

_SHOWN = 4


class TrainStart(NarrowPage):
    """Three large choices, then what is there already."""

    picked = Signal(object)
    """A folder to learn from."""
    opened = Signal(object)
    """A training to go on with or to look at."""

    def __init__(
        self, preferences: Preferences, folder: Callable[[], object], table: Callable[[], object], banner: MessageBar
    ) -> None:
        super().__init__()
        self._preferences, self._banner = preferences, banner
        self.column.addWidget(label(self.tr("What shall a model learn?"), "headline"))
        tip = self.tr("Its sub-folders are the classes: joy, anger, ...  (Ctrl+O)")
        self.folder = self.add_choice(self.tr("A folder of labelled pictures"), tip)
        self.folder.clicked.connect(folder)
        self.table = self.add_choice(self.tr("A table"), self.tr("A CSV file with a path and a label on every line"))
        self.table.clicked.connect(table)
        self.collected = self.add_choice(self.tr("What you have collected"), "")
        self.collected.clicked.connect(lambda: self.picked.emit(Path(preferences.dataset_folder)))
        said = self.tr(
            "Or drop the folder here. Forty pictures of each class are a beginning; they stay on this machine."
        )
        self.column.addWidget(label(said, "muted", wrap=True))
        self._trainings, self._models = _Rows(self.tr("Trainings")), _Rows(self.tr("Your models"))
        self._models.add_button(
            self.tr("Take one from a file..."), self.tr("A file that somebody exported from Mien"), self._take
        )
        self.column.addWidget(self._trainings)
        self.column.addWidget(self._models)
        self.setFocusProxy(self.folder)

    def refresh(self) -> None:
        """Look anew at what is there."""
        self._show_collected()
        self._trainings.clear()
        for run in runs()[:_SHOWN]:
            self._add_training(run)
        self._trainings.setVisible(bool(self._trainings))
        self._models.clear()
        for name in cards.available():
            if cards.locate(name).parent == paths.user_weights():
                self._add_model(name)

    def _show_collected(self) -> None:
        try:
            found = labels(Path(self._preferences.dataset_folder))
        except MienError:  # is said where something is added
            found = {}
        self.collected.setVisible(bool(found))
        said = self.tr("{} faces under {} labels, added with L").format(sum(found.values()), len(found))
        self.collected.setText(f"{self.collected.accessibleName()}\n{said}")
        self.collected.setAccessibleDescription(said)

    def _add_training(self, run: Run) -> None:
        try:
            plan = run.plan
        except MienError:  # damaged: costs nothing else
            return
        state = self.tr("ended") if run.finished else self.tr("not ended")
        text = self.tr("{}, {}, {}").format(Path(plan.data).stem, plan.created, state)
        word = self.tr("Result") if run.finished else self.tr("Go on")
        self._trainings.add(
            text,
            (word, self.tr("{} with {}").format(word, text), partial(self.opened.emit, run)),
            (self.tr("Delete"), self.tr("Delete {}").format(text), partial(self._delete, run)),
        )

    def _delete(self, run: Run) -> None:
        run.remove()
        self.refresh()

    def _add_model(self, name: str) -> None:
        self._models.add(
            name,
            (self.tr("Card"), self.tr("What is known of {}").format(name), partial(self._show_card, name)),
            (self.tr("Export..."), self.tr("Write {} as one file").format(name), partial(self._export, name)),
            (self.tr("Delete"), self.tr("Delete {}").format(name), partial(self._remove, name)),
        )

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except MienError as error:
            self._banner.say(str(error))
        self.refresh()

    def _show_card(self, name: str) -> None:
        self._try(lambda: AboutModel(cards.read_card(name), self).show())

    def _export(self, name: str) -> None:
        kinds = self.tr("Models of Mien (*{})").format(store.ENDING)
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Export the model"), f"{name}{store.ENDING}", kinds)
        if file:
            self._try(lambda: self._banner.say(self.tr("Written: {}").format(store.export(name, Path(file)))))

    def _remove(self, name: str) -> None:
        self._try(lambda: store.remove(name))

    def _take(self) -> None:
        kinds = self.tr("Models of Mien (*{})").format(store.ENDING)
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Take a model from a file"), "", kinds)
        if file:
            self.take(Path(file))

    def take(self, file: Path) -> None:
        """Keep a model that somebody exported."""
        said = self.tr("'{}' is among your models now.")
        self._try(lambda: self._banner.say(said.format(store.take(file).stem), 8))


class _Rows(Card):
    """A titled list of lines with buttons."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._head = QHBoxLayout()
        self._head.addWidget(label(title, "muted"), 1)
        self.column.addLayout(self._head)
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP // 2)
        self.column.addLayout(self._list)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def add_button(self, text: str, tip: str, work: Callable[[], object]) -> None:
        """Something to do besides."""
        self._head.addWidget(tool_button(text, tip, work))

    def add(self, text: str, *buttons: tuple[str, str, Callable[[], object]]) -> None:
        """A line."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP // 2)
        row.addWidget(label(text, wrap=True), 1)
        for button in buttons:
            row.addWidget(tool_button(*button), 0, Qt.AlignmentFlag.AlignTop)
        self._list.addWidget(holder)
        self._rows.append(holder)

    def clear(self) -> None:
        """Take all lines away."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows.clear()
