"""The fourth step of a training: how good the new model is, and what becomes of it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mien import language
from mien.errors import MienError
from mien.models import cards, store
from mien.probabilities.intervals import with_interval
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import allow, tool_button
from mien_app.widgets.basics import Card, label
from mien_app.widgets.confusion_matrix import ConfusionMatrix
from mien_app.widgets.dialogs import ask_to_delete
from mien_app.widgets.file_dialogs import ask_new_file
from mien_app.widgets.flow import Flow
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.model_choice import ModelChoice
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.theme import GAP, MARGIN, has_large_texts

if TYPE_CHECKING:
    from mien.training.comparison import Comparison, Judged
    from mien.training.result import Result
    from mien.training.runs import Run

_FIRST = 1000  # stretch of what takes all the room that it needs before the rest gets any


class ResultStep(QWidget):
    """Shows sentences, buttons to keep, export or delete the model, then figures and matrices side by side."""

    used = Signal(str)
    """Name of a kept model that the person wants to use live."""
    discarded = Signal()
    """The person wants to delete the training."""

    def __init__(self, preferences: Preferences, background: Background, messages: MessageBar) -> None:
        super().__init__()
        self._preferences, self._background, self._messages = preferences, background, messages
        self._run: Run | None = None
        self._kept = ""
        self._sentences, self._table, self._matrices = QVBoxLayout(), QGridLayout(), QHBoxLayout()
        self._sentences.setSpacing(GAP)
        self._table.setHorizontalSpacing(3 * MARGIN)
        self._matrices.setSpacing(GAP)
        figures = Card()
        figures.column.addLayout(self._table)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GAP, 0)
        column.setSpacing(MARGIN)
        for part in (self._sentences, self._naming()):
            card = Card()
            card.column.addLayout(part)
            column.addWidget(card)
        column.addLayout(self._comparing())
        column.addWidget(figures)
        column.addLayout(self._matrices)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(VerticalScroll(inside))

    def _naming(self) -> Flow:
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the new model"))
        self.name.setPlaceholderText(self.tr("Name of the new model"))
        self.name.returnPressed.connect(self._keep)
        self.keep = QPushButton(self.tr("Keep"))
        self.keep.setProperty("role", "primary")
        self.keep.setToolTip(self.tr("Add it to your models, to be chosen wherever a model can be"))
        self.keep.clicked.connect(self._keep)
        self.use = QPushButton(self.tr("Use it live"))
        self.use.setToolTip(self.tr("Use this model on the Live page"))
        self.use.clicked.connect(lambda: self.used.emit(self._kept))
        self.export = QPushButton(self.tr("Export..."))
        self.export.setToolTip(self.tr("Save it as one file, to give to others"))
        self.export.clicked.connect(self._export)
        self.delete = QPushButton(self.tr("Delete"))
        self.delete.setToolTip(self.tr("Delete this training; the model stays if you have kept it"))
        self.delete.clicked.connect(self._ask_to_delete)
        row = Flow()
        row.addWidget(self.name)
        for button in (self.keep, self.use, self.export, self.delete):
            row.addWidget(button)
        return row

    def _ask_to_delete(self) -> None:
        question = self.tr("Delete this training? Its model goes with it; if you kept it under a name, that one stays.")
        ask_to_delete(self, question, self.discarded.emit)

    def _comparing(self) -> Flow:
        self.other = ModelChoice(cards.DEFAULT_MODEL)
        self.other.setAccessibleName(self.tr("Model to compare with"))
        tip = self.tr("Let this model classify the same faces")
        compare = tool_button(self.tr("Compare"), tip, self._compare)
        row = Flow()
        row.addWidget(label(self.tr("On the validation faces, compare with"), "muted"))
        row.addWidget(self.other)
        row.addWidget(compare)
        return row

    def show_run(self, run: "Run") -> None:
        """Show the result of a finished training."""
        self._run, self._kept = run, ""
        self.name.setText(store.suggest_name(Path(run.plan.data).stem))
        self._allow_keeping()
        self.use.setVisible(False)

        def work() -> "tuple[Result, cards.Card]":
            from mien.training.result import read_result

            return read_result(run.result), cards.read_card(str(run.model))

        self._background.run(work, lambda found: self.show_result(*found), self._messages.fail)

    def show_result(self, result: "Result", card: cards.Card) -> None:
        """Show how good a model is, and what its card says."""
        _empty(self._sentences)
        for i, sentence in enumerate([*result.summary, self._unlike(card)]):
            self._sentences.addWidget(label(sentence, "" if i == 0 else "muted", wrap=True))
        if result.comparison is not None:
            self._show_comparison(result.comparison)
        else:
            self._show_figures([result.judged])

    def _unlike(self, card: cards.Card) -> str:
        """Whether the model notices faces that are unlike those it learned from."""
        unlike = card.metrics.get("unlike")
        if not card.network.unlikeness or unlike is None:
            from mien.training.unlikeness import FEWEST  # PyTorch is loaded by now

            return self.tr(
                "It does not notice faces that are unlike those it learned from. For that, a training needs {} "
                "validation faces, and a model without reliability balancing."
            ).format(FEWEST)
        share = unlike["kinds"]["as they are"]["unlike"]
        return self.tr(
            "It notices faces that are unlike those it learned from, and then says that it is not sure: {} of the "
            "validation faces are."
        ).format(language.percent(share, 1))

    def _show_comparison(self, made: "Comparison") -> None:
        self._show_figures([made.before, made.after])

    def _show_figures(self, judged: "list[Judged]") -> None:
        _empty(self._table)
        _empty(self._matrices)
        rows = [self.tr("classified as labelled"), self.tr("macro-F1"), self.tr("calibration error (ECE)")]
        sizes = list(judged[0].accuracy_shrunk)
        rows += [self.tr("classified as labelled at {} px").format(size) for size in sizes]
        names = [label(name, "muted", wrap=True) for name in rows]
        widest = max(name.fontMetrics().horizontalAdvance(name.text()) for name in names)
        for row, name in enumerate(names, 1):
            name.setMaximumWidth(widest + GAP)
            self._table.addWidget(name, row, 0)
        for column, one in enumerate(judged, 1):
            scores = one.scores
            values = [
                with_interval(scores.accuracy, scores.n),
                language.number(scores.macro_f1),
                language.number(scores.ece, 3),
            ]
            values += [with_interval(one.accuracy_shrunk[size], scores.n) for size in sizes]
            for row, value in enumerate([one.shown_name, *values]):
                broken = has_large_texts()  # else two columns of them are wider than a small window
                shown = label(value.replace(" (", "\n(") if broken else value, figures=True)
                shown.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._table.addWidget(shown, row, column, Qt.AlignmentFlag.AlignRight)
            card, matrix = Card(), ConfusionMatrix()
            matrix.show_counts(scores.classes, scores.confusion)
            card.column.addWidget(label(self.tr("{}, n = {}").format(one.shown_name, scores.n), "muted"))
            card.column.addWidget(matrix, 1)
            self._matrices.addWidget(card)
        note = label(self.tr("In brackets: 95% intervals (Wilson), for so few faces."), "muted", wrap=True)
        self._table.addWidget(note, len(rows) + 1, 0, 1, len(judged) + 1)
        self._table.setColumnStretch(0, _FIRST)  # names wrap where there is little room, and only there
        self._table.setColumnStretch(len(judged) + 1, 1)

    def _allow_keeping(self) -> None:
        for control in (self.keep, self.name):
            allow(control, not self._kept, self.tr("It is kept under this name."))

    def _keep(self) -> None:
        if self._run is None or self._kept:
            return
        name = self.name.text()
        work = partial(store.keep, str(self._run.model), name)
        self._background.run(work, self._show_kept, self._messages.fail, saves=True)

    def _show_kept(self, card: Path) -> None:
        self._kept = card.stem
        self._allow_keeping()
        self.use.setVisible(True)
        self._messages.done(self.tr("'{}' is now one of your models.").format(self._kept))

    def _export(self) -> None:
        if self._run is None:
            return
        try:
            name = self._kept or store.check_characters(self.name.text())  # its own is that of every such model
        except MienError as error:
            self._messages.fail(str(error))
            return
        model, kinds = self._kept or str(self._run.model), self.tr("Models of Mien (*{})").format(store.ENDING)
        proposed = f"{name}{store.ENDING}"
        if file := ask_new_file(self, self._preferences, "model", self.tr("Export the model"), proposed, kinds):
            text = self.tr("Saved: {}. Others import it on their Train page.")
            self._background.run(
                partial(store.export, model, file, name),
                lambda path: self._messages.done(text.format(path), path),
                self._messages.fail,
                saves=True,
            )

    def _compare(self) -> None:
        if self._run is None:
            return
        run, other = self._run, self.other.currentText()

        def work() -> "Comparison | None":
            from mien.data.load import load_training
            from mien.training.comparison import NEW_MODEL, compare, open_model

            after = open_model(str(run.model), NEW_MODEL)
            shape = after.network.config
            data = load_training(
                Path(run.plan.data), rule="majority", size=shape.crop_size, channels=shape.channels, divided=run.split
            )
            return compare(open_model(other), after, data.valid)

        self._messages.busy(self.tr("Comparing..."))
        self._background.run(work, self._show_compared, self._messages.fail)

    def _show_compared(self, made: "Comparison | None") -> None:
        if made is None:
            self._messages.say(self.tr("The two models share fewer than two classes. Choose another one."))
            return
        self._messages.say(made.summary)
        self._show_comparison(made)


def _empty(layout: QGridLayout | QVBoxLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.deleteLater()
