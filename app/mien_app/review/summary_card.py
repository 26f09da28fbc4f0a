"""What a range says of a person, in figures and bars."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from mien.probabilities.baseline import Baseline, change_from_baseline
from mien.session.summary import Summary, summarise
from mien_app.review.model import ReviewModel
from mien_app.services.background import Background, SerialQueue
from mien_app.widgets.basics import Card, label
from mien_app.widgets.probability_bars import ProbabilityBars, signed
from mien_app.widgets.theme import GAP, tabular
from mien_app.widgets.time_span import clock, tenths

_AFTER_MS = 60


class SummaryCard(Card):
    """The chosen person in the chosen range, or in all of the session."""

    def __init__(
        self,
        review: ReviewModel,
        background: Background,
        whole: QAction,
        resting: list[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._review, self._turn = review, SerialQueue(background)
        self._where = label(role="muted")
        self._where.setFont(tabular(self._where.font()))
        self._all = QToolButton()
        self._all.setDefaultAction(whole)
        self._all.setAccessibleName(whole.toolTip())
        self._all.hide()
        self._who = label()
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._who)
        names.addWidget(self._where)
        head.addLayout(names, 1)
        head.addWidget(self._all)
        self.column.addLayout(head)
        figures = QGridLayout()
        figures.setVerticalSpacing(0)
        figures.setHorizontalSpacing(2 * GAP)
        self._figures = []
        for column, name in enumerate((self.tr("seen for"), self.tr("changes"), self.tr("unsure"))):
            value = label("", "value")
            value.setFont(tabular(value.font()))
            value.setAccessibleName(name)
            figures.addWidget(value, 0, column)
            figures.addWidget(label(name, "muted"), 1, column)
            self._figures.append(value)
        self.column.addLayout(figures)
        self._bars = ProbabilityBars("{:.0%}")
        self._bars.setAccessibleName(self.tr("Share of time of each expression"))
        self._bars.setToolTip(self.tr("Share of the time in sight for which each expression was the most probable one"))
        self.column.addWidget(self._bars)
        self.column.addWidget(label(self.tr("Bar: share of time. Line: mean probability."), "muted", wrap=True))
        self._neutral = label(role="muted", wrap=True)
        self.column.addWidget(self._neutral)
        self._resting = resting
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for action in resting:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAccessibleName(action.toolTip())
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._sum_up)
        review.opened.connect(self._opened)
        for signal in (review.changed, review.chosen, review.ranged):
            signal.connect(self.refresh)

    def _opened(self) -> None:
        if self._review.now is not None:
            self._bars.set_classes(self._review.now.session.classes)
        self.refresh()

    def refresh(self) -> None:
        """Work it out anew, once a range that is being drawn stands still."""
        now, person, span = self._review.now, self._review.person, self._review.span
        if now is None:
            return
        text = self.tr("whole session")
        if self._review.range is not None:
            text = self.tr("{} to {}").format(clock(span.start_s, 2), clock(span.end_s, 2))
        self._where.setText(text)
        self._who.setText(now.names.get(person, ""))
        use, remove = self._resting
        use.setEnabled(person in now.lanes)
        remove.setEnabled(person in now.session.edits.neutrals)
        self._all.setVisible(self._review.range is not None)
        self._soon.start()

    def _sum_up(self) -> None:
        now, person, span = self._review.now, self._review.person, self._review.span
        if now is None:
            return
        self._turn.forget()
        self._turn.run(
            lambda: (
                lambda: (summarise(now.session, person, span.start_s, span.end_s), now.session.neutrals.get(person))
            ),
            lambda made: self._show(*made),
        )

    def _show(self, made: Summary, neutral: Baseline | None) -> None:
        for value, text in zip(
            self._figures,
            (clock(made.seen_s, tenths(made.seen_s)), str(made.changes), f"{made.unsure:.0%}"),
            strict=True,
        ):
            value.setText(text if made.seen_s else "-")
        self._bars.show_probabilities(made.shares if made.seen_s else None, made.means if made.seen_s else None)
        changes = change_from_baseline(made.means, neutral) if neutral is not None and made.seen_s else None
        self._bars.show_neutral(None if neutral is None else neutral.probabilities, changes)
        classes = self._review.now.session.classes if self._review.now else ()
        parts = [f"{name} {share:.0%}" for name, share in zip(classes, made.shares, strict=False) if share >= 0.005]
        if changes is not None:
            parts += [
                self.tr("change of {} {}").format(*pair) for pair in zip(classes, map(signed, changes), strict=False)
            ]
        self._bars.setAccessibleDescription(", ".join(parts))
        self._say_neutral(made.person, there=neutral is not None)

    def _say_neutral(self, person: int, *, there: bool) -> None:
        stretch = None if self._review.now is None else self._review.now.session.edits.neutrals.get(person)
        said = ""
        if stretch is not None and there:
            said = self.tr("\N{BLACK DIAMOND} neutral, {} to {}. At the right: how the mean differs from it.")
        elif stretch is not None:
            said = self.tr("Neutral, {} to {}: too little of this person is left there.")
        self._neutral.setText(
            "" if stretch is None else said.format(clock(stretch.start_s, 1), clock(stretch.end_s, 1))
        )
        self._neutral.setVisible(stretch is not None)
