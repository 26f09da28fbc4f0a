"""All models in one list, to compare and choose: how accurate each is, how fast here, and how large."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from mien import language
from mien.errors import MienError
from mien.expressions import EXPRESSIONS
from mien.models import cards
from mien.models.card_texts import description_in_words
from mien_app.widgets.actions import allow
from mien_app.widgets.basics import label, plain_tip
from mien_app.widgets.class_names import shown
from mien_app.widgets.dialogs import AboutModel, Sheet
from mien_app.widgets.model_figures import accuracy, speed
from mien_app.widgets.model_speeds import ModelSpeeds
from mien_app.widgets.theme import GAP

_NAME, _CLASSES, _ACCURACY, _SPEED, _SIZE = range(5)
_WIDTH, _HEIGHT = 700, 380  # px


class ModelsList(Sheet):
    """A row a model. A broken one says why."""

    chosen = Signal(str)
    """The name of the model that is to be used."""

    def __init__(self, model: str, runtime: str, speeds: ModelSpeeds, parent: QWidget | None = None) -> None:
        """List the models there are.

        Args:
            model: the one in use, by name or path.
            runtime: what speed is measured with.
            speeds: measures it.
            parent: the window.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self._model, self._runtime, self._speeds = model, runtime, speeds
        self._cards: dict[str, cards.Card] = {}
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setHeaderLabels(
            [
                self.tr("Model"),
                self.tr("Classes"),
                self.tr("Accuracy (95% interval)"),
                self.tr("Speed here"),
                self.tr("Size"),
            ]
        )
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)  # a long one gives way
        self.list.setMinimumHeight(140)
        self.list.currentItemChanged.connect(lambda: self._show_chosen())
        self.about = label("", "muted", wrap=True)
        self.use = QPushButton(self.tr("Use on Live"))
        self.use.setProperty("role", "primary")
        self.use.clicked.connect(self._use)
        self.list.itemActivated.connect(self.use.click)
        self.measure = QPushButton(self.tr("Measure speed"))
        self.measure.setToolTip(
            self.tr("Takes some ten seconds. What runs meanwhile slows it down, also a source on Live")
        )
        self.measure.clicked.connect(lambda: speeds.measure(self._current, self._cards[self._current], self._runtime))
        self.card = QPushButton(self.tr("Model card"))
        self.card.setToolTip(self.tr("What it can and cannot do"))
        self.card.clicked.connect(lambda: AboutModel(self._cards[self._current], self).show())
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.use, self.measure, self.card):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.about)
        self.column.addLayout(row)
        speeds.changed.connect(self._show_all)
        speeds.failed.connect(self.about.setText)
        self._fill()
        self.finish(_WIDTH, _HEIGHT)

    @property
    def _current(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else str(item.data(_NAME, Qt.ItemDataRole.UserRole))

    def _items(self) -> list[QTreeWidgetItem]:
        every = map(self.list.topLevelItem, range(self.list.topLevelItemCount()))
        return [item for item in every if item is not None]

    def _fill(self) -> None:
        names = cards.available()
        for name in names if self._model in names else [self._model, *names]:
            text = self.tr("{} (in use)").format(name) if name == self._model else name
            item = QTreeWidgetItem([text])
            item.setData(_NAME, Qt.ItemDataRole.UserRole, name)
            item.setToolTip(_NAME, plain_tip(name))
            self.list.addTopLevelItem(item)
            try:
                card = self._cards[name] = cards.read_card(name)
                size = cards.locate(name).with_suffix(".safetensors").stat().st_size
            except (MienError, OSError) as error:
                item.setText(_ACCURACY, self.tr("cannot be used"))
                item.setToolTip(_ACCURACY, plain_tip(str(error)))
                continue
            self._fill_row(item, card, size)
            if name == self._model:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None:
            self.list.setCurrentItem(self._items()[0])

    def _fill_row(self, item: QTreeWidgetItem, card: cards.Card, size: int) -> None:
        classes = card.network.classes
        own = classes != EXPRESSIONS
        item.setText(_CLASSES, ", ".join(map(shown, classes)) if own and len(classes) < 4 else str(len(classes)))
        item.setToolTip(_CLASSES, plain_tip(", ".join(map(shown, classes))))
        item.setText(_ACCURACY, accuracy(card))
        item.setText(_SIZE, self.tr("{} MB").format(language.number(size / 1e6, 1)))
        item.setTextAlignment(_SIZE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._show_speed(item, card)

    def _show_speed(self, item: QTreeWidgetItem, card: cards.Card) -> None:
        timing = self._speeds.of(card, self._runtime)
        if self._speeds.measuring == item.data(_NAME, Qt.ItemDataRole.UserRole):
            item.setText(_SPEED, self.tr("measuring..."))
            return
        item.setText(_SPEED, speed(timing))
        if timing is not None:
            text = self.tr("{} ms with six faces; {}, {}, 640x480")
            item.setToolTip(_SPEED, plain_tip(text.format(round(timing.total_ms["6"]), timing.runtime, timing.device)))

    def _show_chosen(self) -> None:
        """Say what is known of the chosen one, and what can be done with it."""
        card = self._cards.get(self._current)
        usable, why = card is not None, self.tr("This one cannot be used.")
        for button in (self.use, self.card, self.measure):
            allow(button, usable, why)
        if self._current == self._model:
            allow(self.use, False, self.tr("It is in use."))
        if self._speeds.measuring:
            allow(self.measure, False, self.tr("One is being measured."))
        if card is None:
            item = self.list.currentItem()
            self.about.setText("" if item is None else item.text(_ACCURACY))
            return
        source, n = card.metrics.get("source"), card.metrics.get("n")
        on = self.tr("Measured on {} faces: {}.").format(n, source) if source else ""
        what = description_in_words(card.description).rstrip(".")
        self.about.setText(" ".join(filter(None, (f"{what}." if what else "", on))))

    def _use(self) -> None:
        self.chosen.emit(self._current)
        self.accept()

    def _show_all(self) -> None:
        for item in self._items():
            card = self._cards.get(str(item.data(_NAME, Qt.ItemDataRole.UserRole)))
            if card is not None:
                self._show_speed(item, card)
        self._show_chosen()
