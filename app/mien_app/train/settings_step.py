"""The second step of a training: how the pictures are split, and how the model is trained."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mien import language
from mien.curation.split import Split
from mien.errors import MienError
from mien.training.losses import LOSSES
from mien.utils.durations import rough_duration
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.train.draft import Draft
from mien_app.train.estimate import Estimate
from mien_app.train.split_worker import SplitWorker
from mien_app.widgets.basics import Card, ComboField, NumberField, label
from mien_app.widgets.file_dialogs import ask_folder
from mien_app.widgets.model_choice import ModelChoice
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.theme import GAP, has_large_texts

if TYPE_CHECKING:
    from mien.training.runs import Plan

_SOON_MS = 400
_MOST_EPOCHS = 200


class SettingsStep(QWidget):
    """Offers a few choices in plain words. All settings that follow from them stand in a text that can be edited."""

    def __init__(
        self,
        draft: Draft,
        preferences: Preferences,
        background: Background,
        model: str,
    ) -> None:
        super().__init__()
        self._draft, self._preferences = draft, preferences
        self._splitting = SplitWorker(draft, background, self)
        self._add_choices(model)
        self._estimate = Estimate(self)
        self._estimate.made.connect(self._show_time)
        self._time, self._split = label(wrap=True), label(role="muted", wrap=True)
        self._time.setAccessibleName(self.tr("How long it will take"))
        self._split.setAccessibleName(self.tr("Split"))
        self.all = QPlainTextEdit()
        self.all.setAccessibleName(self.tr("All settings"))
        self.all.setVisible(False)
        self.all.textChanged.connect(self._show_edited)
        self.expert = QCheckBox(self.tr("Show all settings"))
        self.expert.setToolTip(self.tr("For people who know how such models are trained"))
        self.expert.toggled.connect(self.all.setVisible)
        self._edited = False  # whether the text was changed by hand
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._follow)
        draft.changed.connect(self._changed)

    def _add_choices(self, model: str) -> None:
        self.start = ModelChoice(model)
        self.start.setToolTip(self.tr("The model that the new one starts from. It stays as it is"))
        self.trained = self._choice(
            (self.tr("only the last layer (minutes, few pictures)"), "head"),
            (self.tr("the last third of the network"), "last blocks"),
            (self.tr("everything (long, many pictures)"), "everything"),
        )
        self.by = self._choice(
            (self.tr("nothing: each picture by itself"), "picture"),
            (self.tr("pictures in one sub-folder (a person, a clip)"), "folder"),
            (self.tr("pictures with one name (clip_001, clip_002)"), "name"),
        )
        self.by.setToolTip(self.tr("Pictures for validation must be new to the model: other people, other clips"))
        self.trained.setToolTip(self.tr("How much of the network changes: the less, the fewer pictures are needed"))
        self.loss = self._choice(*((language.tr(kind.summary), name) for name, kind in LOSSES.items() if kind.summary))
        self.loss.setCurrentIndex(self.loss.findData("ls"))
        self.loss.setToolTip(self.tr("The loss: how far each label is trusted"))
        self.balanced = QCheckBox(self.tr("show every class equally often"))
        self.balanced.setToolTip(self.tr("So that classes with few pictures are learned too"))
        self.balanced.setChecked(True)
        self.epochs = NumberField(least=1, most=_MOST_EPOCHS, value=12)
        self.epochs.setToolTip(self.tr("How often each picture is shown to the model"))
        self.device = self._choice((self.tr("the fastest available"), "auto"), (self.tr("the processor"), "cpu"))
        self.device.setToolTip(self.tr("The processor is slower, and leaves the graphics card to other programs"))
        self.reference = QToolButton()
        self.reference.setToolTip(
            self.tr("If you have FERPlus, the new model is also evaluated on its faces, to see what it has forgotten")
        )
        self.reference.clicked.connect(self._ask_reference)
        self.by.activated.connect(self._change_split)
        for choice in (self.start, self.trained, self.loss, self.device):
            choice.activated.connect(self._changed)
        self.balanced.toggled.connect(self._changed)
        self.epochs.valueChanged.connect(self._changed)

    @staticmethod
    def _choice(*items: tuple[str, str]) -> ComboField:
        made = ComboField()
        for text, value in items:
            made.addItem(text, value)
        return made

    def _lay_out(self) -> None:
        self._form = form = QFormLayout()
        self._wrap()
        form.setVerticalSpacing(GAP)
        form.setHorizontalSpacing(2 * GAP)
        for name, widget in (
            (self.tr("Model to start from"), self.start),
            (self.tr("What is trained"), self.trained),
            (self.tr("What stays on one side of the split"), self.by),
            (self.tr("Labels"), self.loss),
            (self.tr("Classes"), self.balanced),
            (self.tr("Rounds"), self.epochs),
            (self.tr("Runs on"), self.device),
            (self.tr("Check for forgetting"), self.reference),
        ):
            if widget is not self.balanced:  # whose own text says more
                widget.setAccessibleName(name)
            form.addRow(name, widget)
        card = Card()
        card.column.addLayout(form)
        card.column.addWidget(self._split)
        card.column.addWidget(self._time)
        card.column.addWidget(self.expert)
        card.column.addWidget(self.all, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 6)
        row.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(VerticalScroll(inside))
        self._show_reference()

    def _wrap(self) -> None:
        """Put names above their fields where texts are so large that a small window has no room for both in a line."""
        above = has_large_texts()
        self._form.setRowWrapPolicy(
            QFormLayout.RowWrapPolicy.WrapAllRows if above else QFormLayout.RowWrapPolicy.DontWrapRows
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of texts."""
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_form"):
            self._wrap()
        super().changeEvent(event)

    def refresh(self) -> None:
        """Begin with the draft's folder."""
        self.by.setCurrentIndex(self.by.findData(self._draft.by))
        self._edited = False
        self._changed()

    def _show_reference(self) -> None:
        folder = self._preferences.reference_folder
        self.reference.setText(Path(folder).name if folder else self.tr("Choose the folder of FERPlus..."))

    def _ask_reference(self) -> None:
        title = self.tr("Folder of FERPlus (cancel for none)")
        self._preferences.reference_folder = str(ask_folder(self, self._preferences, "dataset", title) or "")
        self._show_reference()

    def _change_split(self) -> None:
        self._draft.by = self.by.currentData()
        self._changed()

    def _changed(self) -> None:
        self._edited = False
        self._soon.start()

    def _show_edited(self) -> None:
        self._edited = True
        self._estimate.stop()
        self._time.setText(self.tr("The settings were edited: how long it takes will show while it runs."))

    def _follow(self) -> None:
        """Show what follows from the choices: split, settings, duration."""
        if self._draft.report is None or self._edited or not self.isVisible():
            return
        self._splitting.start(self._show_split, self._show_not_split)

    def _show_split(self, split: Split) -> None:
        if self._draft.report is None or self._edited:
            return
        pictures = self.tr("%n picture(s) for training, {} for validation.", "", len(split.train))
        self._split.setText(pictures.format(len(split.judge)))
        try:
            settings = self._text()
        except MienError as error:
            self._show_not_split(str(error))
            return
        self.all.blockSignals(True)
        self.all.setPlainText(settings)
        self.all.blockSignals(False)
        self._estimate.start(self._draft.report.root, settings, split, self.environment)
        self._time.setText(self.tr("Timing a few steps..."))

    def _show_not_split(self, why: str) -> None:
        self._split.setText(why)
        self._time.setText("")

    def _show_time(self, seconds: float | None, why: str) -> None:
        if seconds is None:
            self._time.setText(why)
        else:
            self._time.setText(self.tr("It will take about {} on this machine.").format(rough_duration(seconds)))

    def _text(self) -> str:
        from mien.training.config import recipe, to_toml

        made = recipe(
            self.start.currentText(),
            self.trained.currentData(),
            loss=self.loss.currentData(),
            balanced=self.balanced.isChecked(),
            epochs=self.epochs.value(),
        )
        return to_toml(made)

    def plan(self) -> "Plan":
        """What a training of the draft's folder starts from, and what it is compared with."""
        from mien.training.runs import Plan

        assert self._draft.report is not None
        data, start = str(self._draft.report.root), self.start.currentText()
        return Plan(data=data, start=start, reference=self._preferences.reference_folder)

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables for the training's process."""
        return {"CUDA_VISIBLE_DEVICES": ""} if self.device.currentData() == "cpu" else {}

    def text(self) -> str:
        """All settings as TOML, checked.

        Raises:
            MienError: they were edited, and are not valid.
        """
        from mien.training.config import from_toml

        text = self.all.toPlainText() if self._edited else self._text()
        from_toml(text)
        return text

    def showEvent(self, event: QShowEvent) -> None:
        """Estimate how long it will take."""
        super().showEvent(event)
        self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop estimating: nobody is looking."""
        super().hideEvent(event)
        self.shut()

    def shut(self) -> None:
        """Stop estimating, so that no process outlives the window."""
        self._splitting.stop()
        self._estimate.stop()
