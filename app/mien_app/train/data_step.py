"""The first step of a training: the classes of the folder, their names in the model, and what is wrong with it."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mien.curation.findings import Finding
from mien.expressions import EXPRESSIONS
from mien_app.services.background import Background
from mien_app.train.draft import Draft
from mien_app.widgets.actions import tool_button
from mien_app.widgets.basics import Card, ComboField, label
from mien_app.widgets.class_names import meant, shown
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.tab_order import put_after
from mien_app.widgets.theme import GAP
from mien_app.widgets.thumbnail_grid import Thumbnail, ThumbnailGrid

_BAR_PX = 6
_SOON_MS = 30


class DataStep(QWidget):
    """Shows classes with counts, findings to decide about, and the pictures of the one that was clicked last."""

    def __init__(self, draft: Draft, background: Background) -> None:
        super().__init__()
        self._draft = draft
        self.before: QWidget = self
        """The control from which Tab goes on to this step's."""
        self.grid = ThumbnailGrid(background)
        self.grid.choose_with(self.tr("Double click or Enter leaves a picture out (\u00d7), or uses it again"))
        self.grid.picked.connect(draft.toggle)
        self._shown: list[Path] = []
        self._title = label(role="muted")
        self._classes, self._findings = QGridLayout(), QVBoxLayout()
        self._classes.setHorizontalSpacing(GAP)
        self._classes.setVerticalSpacing(GAP // 2)
        self._classes.setColumnStretch(2, 1)
        self._findings.setSpacing(GAP // 2)
        self._counts: dict[str, tuple[QProgressBar, QLabel]] = {}
        self._rows: dict[Finding, QWidget] = {}
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, GAP, 0)
        left.setSpacing(GAP)
        left.addWidget(self._card(self.tr("Classes, and their names in the model"), self._classes))
        self._findings_card = self._card(self.tr("Worth a look"), self._findings)
        left.addWidget(self._findings_card)
        left.addStretch(1)
        inside = QWidget()
        inside.setLayout(left)
        right = Card()
        right.column.addWidget(self._title)
        right.column.addWidget(self.grid, 1)
        right.column.addWidget(label(self.grid.toolTip(), "muted", wrap=True))
        both = QSplitter()
        both.addWidget(VerticalScroll(inside))
        both.addWidget(right)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(both)
        # Later, since a changed name is reported from inside the list that is then laid out again.
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._count)
        self._soon.timeout.connect(self._mark)
        self._soon.timeout.connect(self._show_holding)
        draft.changed.connect(self._soon.start)

    @staticmethod
    def _card(title: str, inside: QGridLayout | QVBoxLayout) -> Card:
        card = Card()
        card.column.addWidget(label(title, "muted"))
        card.column.addLayout(inside)
        return card

    def refresh(self) -> None:
        """Show the draft's folder."""
        report = self._draft.report
        assert report is not None
        for layout in (self._classes, self._findings):
            while (item := layout.takeAt(0)) is not None:
                if widget := item.widget():
                    widget.deleteLater()
        self._counts.clear()
        self._rows.clear()
        self._controls: list[QWidget] = []
        for row, name in enumerate(report.classes):
            self._add_class(row, name)
        for finding in report.findings:
            self._add_finding(finding)
        self._findings_card.setVisible(bool(report.findings))
        put_after(self.before, [*self._controls, self.grid])
        self._count()
        self.show_class(report.classes[0])

    def _add_class(self, row: int, name: str) -> None:
        tip = self.tr("Show the pictures of {}").format(name)
        button = tool_button(name, tip, lambda: self.show_class(name))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        called = ComboField()
        called.setEditable(True)
        called.addItems([shown(one) for one in dict.fromkeys([name, *EXPRESSIONS])])
        called.addItem(self.tr("(leave out)"), "")
        called.setCurrentText(shown(self._draft.names[name]))
        called.setAccessibleName(self.tr("Name of {} in the model").format(name))
        called.setToolTip(
            self.tr("An expression that Mien knows, or a word of your own. '(leave out)' uses none of these pictures")
        )

        def rename() -> None:
            text = called.currentText().strip()
            others = [other for class_, other in self._draft.names.items() if class_ != name and other]
            self._draft.name(name, "" if text == self.tr("(leave out)") else meant(text, [name, *others]))

        called.currentTextChanged.connect(rename)
        bar = QProgressBar(textVisible=False)
        bar.setFixedHeight(_BAR_PX)
        count = label(figures=True)
        count.setAlignment(Qt.AlignmentFlag.AlignRight)
        for place, widget in enumerate((button, called, bar, count)):
            self._classes.addWidget(widget, row, place, Qt.AlignmentFlag.AlignVCenter)
        self._counts[name] = (bar, count)
        self._controls += [button, called]

    def _add_finding(self, finding: Finding) -> None:
        row = QHBoxLayout()
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(finding.message, wrap=True), 1)
        if finding.paths:
            name = self.tr("Show: {}").format(finding.message)
            show = tool_button(self.tr("Show"), "", lambda: self.show_finding(finding), name)
            row.addWidget(show)
            self._controls.append(show)
        if finding.kind in ("tiny", "copies", "near copies", "two labels"):
            out = QCheckBox(self.tr("leave out"))
            out.setChecked(finding in self._draft.left_out)
            out.setAccessibleName(self.tr("Leave out: {}").format(finding.message))
            out.setToolTip(
                self.tr("Use one of each, and leave out its copies")
                if "copies" in finding.kind
                else self.tr("Use these pictures neither for training nor for validation")
            )
            out.toggled.connect(lambda yes: self._draft.leave_out(finding, yes))
            row.addWidget(out)
            self._controls.append(out)
        self._findings.addWidget(holder)
        self._rows[finding] = holder

    def _show_holding(self) -> None:
        """Show the findings that are true of the classes as they are named now."""
        for finding, row in self._rows.items():
            row.setVisible(self._draft.holds(finding))
        self._findings_card.setVisible(any(map(self._draft.holds, self._rows)))

    def _count(self) -> None:
        counts = self._draft.counts()
        most = max(counts.values(), default=0)
        for name, (bar, count) in self._counts.items():
            bar.setRange(0, max(most, 1))
            bar.setValue(counts.get(name, 0))
            bar.setAccessibleName(self.tr("%n picture(s) of {}", "", counts.get(name, 0)).format(name))
            count.setText(str(counts.get(name, 0)))

    def show_class(self, name: str) -> None:
        """Show the pictures of one of the folder's classes."""
        report = self._draft.report
        if report is not None:
            paths = [picture.path for picture in report.pictures if picture.label == name]
            self._show(name, paths)

    def show_finding(self, finding: Finding) -> None:
        """Show the pictures of a finding."""
        self._show(finding.message, list(finding.paths))

    def _show(self, title: str, paths: list[Path]) -> None:
        report = self._draft.report
        classes = {picture.path: picture.label for picture in report.pictures} if report is not None else {}
        self._title.setText(title)
        self._shown = paths
        # Copies of one picture may lie in several classes: each says in which it is.
        self.grid.show_pictures([Thumbnail(path, classes.get(path, " ")) for path in paths])
        self._mark()

    def _mark(self) -> None:
        """Say which of the pictures that are shown are left out."""
        out = self._draft.out
        self.grid.cross_out([path in out for path in self._shown])
