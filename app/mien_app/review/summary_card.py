"""Sums up the selected person in the chosen range, in figures and bars."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from mien import language
from mien.probabilities.baseline import Baseline, change_from_baseline
from mien.probabilities.unsure_reasons import reason_in_words
from mien.session.summary import Summary, summarise
from mien_app.review.model import ReviewModel
from mien_app.services.background import Background, SerialQueue
from mien_app.widgets.actions import action_button, allow
from mien_app.widgets.basics import Card, label
from mien_app.widgets.class_names import shown
from mien_app.widgets.elided_label import ElidedLabel
from mien_app.widgets.flow import Flow
from mien_app.widgets.probability_bars import ProbabilityBars, signed
from mien_app.widgets.theme import GAP
from mien_app.widgets.time_span import clock, tenths

_AFTER_MS = 60  # so that a range is summed up once it is no longer being drawn


class SummaryCard(Card):
    """Shows the selected person in the chosen range, or in the whole session."""

    def __init__(
        self,
        review: ReviewModel,
        background: Background,
        whole: QAction,
        baseline: tuple[QAction, QAction],
    ) -> None:
        """Lay it out.

        Args:
            review: what is open and selected.
            background: does the summing up.
            whole: drops the range.
            baseline: sets the person's baseline, and removes it.
        """
        super().__init__()
        self._review, self._queue = review, SerialQueue(background)
        self._baseline_actions = baseline
        self.column.addLayout(self._head(whole))
        self.column.addLayout(self._figures_grid())
        self._why = label(role="muted", wrap=True)
        self._why.setAccessibleName(self.tr("Why predictions are not sure"))
        self.column.addWidget(self._why)
        self._bars = ProbabilityBars(language.percent)
        self._bars.setAccessibleName(self.tr("Share of time of each expression"))
        self._bars.setToolTip(self.tr("Share of the time in view for which each expression was the most probable one"))
        self.column.addWidget(self._bars)
        self.column.addWidget(label(self.tr("Bar: share of time. Line: mean probability."), "muted", wrap=True))
        self._baseline = label(role="muted", wrap=True)
        self._baseline.setAccessibleName(self.tr("Baseline"))
        self.column.addWidget(self._baseline)
        buttons = Flow()
        for action in baseline:
            buttons.addWidget(action_button(action))
        self.column.addLayout(buttons)
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self._sum_up)
        review.opened.connect(self._opened)
        for signal in (review.changed, review.chosen, review.ranged):
            signal.connect(self.refresh)

    def _head(self, whole: QAction) -> QHBoxLayout:
        self._who, self._where = ElidedLabel(), label(role="muted", figures=True)
        self._who.setAccessibleName(self.tr("Selected person"))
        self._where.setAccessibleName(self.tr("Range"))
        self._whole = action_button(whole)
        self._whole.hide()
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._who)
        names.addWidget(self._where)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addWidget(self._whole)
        return head

    def _figures_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(2 * GAP)
        self._figures = []
        figures = (
            (self.tr("in view"), self.tr("How long the person was in view")),
            (self.tr("changes"), self.tr("How often the most probable expression changed")),
            (self.tr("not sure"), self.tr("Share of the predictions that were not sure")),
        )
        for column, (name, tip) in enumerate(figures):
            value = label("", "value", figures=True)
            value.setAccessibleName(name)
            value.setToolTip(tip)
            grid.addWidget(value, 0, column)
            grid.addWidget(label(name, "muted"), 1, column)
            self._figures.append(value)
        return grid

    def _opened(self) -> None:
        if self._review.now is not None:
            self._bars.set_classes(self._review.now.session.classes)
        self.refresh()

    def refresh(self) -> None:
        """Say who and which range it is about now; the figures follow in a moment."""
        now, person, span = self._review.now, self._review.person, self._review.span
        if now is None:
            return
        text = self.tr("whole session")
        if self._review.range is not None:
            text = self.tr("{} to {}").format(clock(span.start_s, 2), clock(span.end_s, 2))
        self._where.setText(text)
        self._who.setText(now.names.get(person, ""))
        use, remove = self._baseline_actions
        allow(use, person in now.lanes, self.tr("Nobody is in this session."))
        allow(remove, person in now.session.edits.baselines, self.tr("This person has none."))
        self._whole.setVisible(self._review.range is not None)
        self._soon.start()

    def _sum_up(self) -> None:
        now, person, span = self._review.now, self._review.person, self._review.span
        if now is None:
            return

        def work() -> tuple[Summary, Baseline | None]:
            return summarise(now.session, person, span.start_s, span.end_s), now.session.baselines.get(person)

        self._queue.forget()
        self._queue.run(lambda: work, lambda found: self._show(*found), self._review.failed.emit)

    def _show(self, found: Summary, baseline: Baseline | None) -> None:
        seen = found.seen_s > 0
        texts = (clock(found.seen_s, tenths(found.seen_s)), str(found.changes), language.percent(found.unsure))
        for value, text in zip(self._figures, texts, strict=True):
            value.setText(text if seen else "-")
        why = [f"{language.percent(share)}  {reason_in_words(reason)}" for reason, share in found.reasons.items()]
        self._why.setText("\n".join(why))
        self._why.setVisible(bool(why))
        self._bars.show_probabilities(found.shares if seen else None, found.means if seen else None)
        changes = change_from_baseline(found.means, baseline) if baseline is not None and seen else None
        self._bars.show_baseline(None if baseline is None else baseline.probabilities, changes)
        classes = self._review.now.session.classes if self._review.now else ()
        parts = [
            f"{shown(name)} {language.percent(share)}"
            for name, share in zip(classes, found.shares, strict=False)
            if share >= 0.005
        ]
        if changes is not None:
            parts += [
                self.tr("change of {} {}").format(shown(name), signed(change))
                for name, change in zip(classes, changes, strict=False)
            ]
        self._bars.setAccessibleDescription(", ".join(parts))
        self._show_baseline(found.person, there=baseline is not None)

    def _show_baseline(self, person: int, *, there: bool) -> None:
        span = None if self._review.now is None else self._review.now.session.edits.baselines.get(person)
        self._baseline.setVisible(span is not None)
        if span is None:
            self._baseline.clear()
            return
        if there:
            text = self.tr("◆ baseline, {} to {}. On the right: how far the mean is from it.")
        else:
            text = self.tr("Baseline, {} to {}: too little of this person is left there. Choose another range.")
        self._baseline.setText(text.format(clock(span.start_s, 1), clock(span.end_s, 1)))
