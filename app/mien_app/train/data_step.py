"""The first step of a training: what is in the folder, what is wrong with it, and what its classes are called."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mien.curation.findings import Finding
from mien.expressions import EXPRESSIONS
from mien_app.services.background import Background
from mien_app.train.draft import Draft
from mien_app.widgets.basics import Card, ComboField, label
from mien_app.widgets.theme import GAP, tabular
from mien_app.widgets.thumbnail_grid import Thumbnail, ThumbnailGrid

_BAR_PX = 6
_SOON_MS = 30


class DataStep(QWidget):
    """Classes with their counts, findings with a decision each, and the pictures of whichever was clicked."""

    def __init__(self, draft: Draft, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.grid = ThumbnailGrid(background)
        self._title = label(role="muted")
        self._classes, self._findings = QGridLayout(), QVBoxLayout()
        self._classes.setHorizontalSpacing(GAP)
        self._classes.setVerticalSpacing(GAP // 2)
        self._classes.setColumnStretch(2, 1)
        self._findings.setSpacing(GAP // 2)
        self._counts: dict[str, tuple[QProgressBar, QWidget]] = {}
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, GAP, 0)
        left.setSpacing(GAP)
        left.addWidget(self._card(self.tr("Classes, and what the model shall call them"), self._classes))
        self._findings_card = self._card(self.tr("Worth a look"), self._findings)
        left.addWidget(self._findings_card)
        left.addStretch(1)
        inside = QWidget()
        inside.setLayout(left)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        right = Card()
        right.column.addWidget(self._title)
        right.column.addWidget(self.grid, 1)
        both = QSplitter()
        both.addWidget(scroll)
        both.addWidget(right)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(both)
        # A changed name is told from within a list that is about to be laid out anew.
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._count)
        draft.changed.connect(self._soon.start)

    @staticmethod
    def _card(title: str, inside: QGridLayout | QVBoxLayout) -> Card:
        card = Card()
        card.column.addWidget(label(title, "muted"))
        card.column.addLayout(inside)
        return card

    def refresh(self) -> None:
        """Lay out the draft's folder."""
        seen = self._draft.seen
        assert seen is not None
        for layout in (self._classes, self._findings):
            while (item := layout.takeAt(0)) is not None:
                if widget := item.widget():
                    widget.deleteLater()
        self._counts.clear()
        for row, name in enumerate(seen.classes):
            self._add_class(row, name)
        for finding in seen.findings:
            self._add_finding(finding)
        self._findings_card.setVisible(bool(seen.findings))
        self._count()
        self.show_class(seen.classes[0])

    def _add_class(self, row: int, name: str) -> None:
        button = QToolButton()
        button.setText(name)
        button.setToolTip(self.tr("Show the pictures of {}").format(name))
        button.clicked.connect(lambda: self.show_class(name))
        called = ComboField()
        called.setEditable(True)
        called.addItems(list(dict.fromkeys([name, *EXPRESSIONS])))
        called.addItem(self.tr("(leave out)"), "")
        called.setCurrentText(self._draft.names[name])
        called.setAccessibleName(self.tr("What the model shall call {}").format(name))
        called.setToolTip(self.tr("An expression that Mien knows, a word of your own, or nothing"))

        def rename() -> None:
            text = called.currentText().strip()
            self._draft.name(name, "" if text == self.tr("(leave out)") else text)

        called.currentTextChanged.connect(rename)
        bar = QProgressBar(textVisible=False)
        bar.setFixedHeight(_BAR_PX)
        count = label()
        count.setFont(tabular(count.font()))
        count.setAlignment(Qt.AlignmentFlag.AlignRight)
        for place, widget in enumerate((button, called, bar, count)):
            self._classes.addWidget(widget, row, place, Qt.AlignmentFlag.AlignVCenter)
        self._counts[name] = (bar, count)

    def _add_finding(self, finding: Finding) -> None:
        row = QHBoxLayout()
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(finding.message, wrap=True), 1)
        if finding.paths:
            look = QToolButton()
            look.setText(self.tr("Show"))
            look.setAccessibleName(self.tr("Show: {}").format(finding.message))
            look.clicked.connect(lambda: self.show_finding(finding))
            row.addWidget(look)
        if finding.kind in ("tiny", "copies", "near copies", "two labels"):
            out = QCheckBox(self.tr("leave out"))
            out.setChecked(finding in self._draft.left_out)
            out.setAccessibleName(self.tr("Leave out: {}").format(finding.message))
            out.setToolTip(
                self.tr("Keep one of each, and leave the others out")
                if "copies" in finding.kind
                else self.tr("Neither learn from these pictures nor judge on them")
            )
            out.toggled.connect(lambda yes: self._draft.leave_out(finding, yes))
            row.addWidget(out)
        self._findings.addWidget(holder)

    def _count(self) -> None:
        counts = self._draft.counts()
        most = max(counts.values(), default=0)
        for name, (bar, count) in self._counts.items():
            bar.setRange(0, max(most, 1))
            bar.setValue(counts.get(name, 0))
            bar.setAccessibleName(self.tr("{} pictures of {}").format(counts.get(name, 0), name))
            assert hasattr(count, "setText")
            count.setText(str(counts.get(name, 0)))

    def show_class(self, name: str) -> None:
        """The pictures of a class of the folder."""
        seen = self._draft.seen
        if seen is not None:
            paths = [picture.path for picture in seen.pictures if picture.label == name]
            self._show(name, paths)

    def show_finding(self, finding: Finding) -> None:
        """The pictures that a finding is about."""
        self._show(finding.message, list(finding.paths))

    def _show(self, title: str, paths: list[Path]) -> None:
        self._title.setText(title)
        self.grid.show_pictures([Thumbnail(path) for path in paths])
