"""The selected person's probabilities at the playhead, and under the pointer."""

import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.faces.pose.values import in_words
from mien.types import HeadPose
from mien_app.review.model import ReviewModel
from mien_app.widgets.basics import Card, label
from mien_app.widgets.probability_bars import ProbabilityBars
from mien_app.widgets.time_span import clock


class MomentCard(Card):
    """Bars are of the frame at the playhead; fine lines are of the frame under the pointer on the timeline."""

    def __init__(self, review: ReviewModel) -> None:
        super().__init__()
        self._review = review
        self._pointed_s: float | None = None
        self._where = label(role="muted", wrap=True, figures=True)
        self._where.setAccessibleName(self.tr("Moment"))
        self._bars = ProbabilityBars()
        self._bars.setAccessibleName(self.tr("Probabilities at the playhead"))
        self._bars.setToolTip(self.tr("Bar: at the playhead. Fine line: under the pointer on the timeline."))
        self._title = label(role="muted")
        self._title.hide()
        self.column.addWidget(self._title)
        self.column.addWidget(self._where)
        self.column.addWidget(self._bars)
        review.opened.connect(self._opened)
        for signal in (review.moved, review.changed, review.chosen):
            signal.connect(self._show)

    def set_title(self, session: str) -> None:
        """Say whose values they are, where two sessions are open; nothing is empty."""
        self._title.setText(session)
        self._title.setVisible(bool(session))
        name = self.tr("Probabilities at the playhead")
        self._bars.setAccessibleName(f"{name}, {session}" if session else name)

    def point(self, time_s: float | None) -> None:
        """Show also another moment, or only the playhead."""
        if time_s != self._pointed_s:
            self._pointed_s = time_s
            self._show()

    def _opened(self) -> None:
        if self._review.now is not None:
            self._bars.set_classes(self._review.now.session.classes)
        self._pointed_s = None
        self._show()

    def _show(self) -> None:
        now = self._review.now
        if now is None:
            return
        here = self._values(self._review.place)
        text = self.tr("{} at {}").format(now.names.get(self._review.person, ""), clock(self._review.time_s, 2))
        if here is None:
            text += self.tr(": not in view")
        there = None
        if self._pointed_s is not None:
            pointed = now.session.shown_at(self._pointed_s)
            there = None if pointed is None else self._values(pointed)
            text += self.tr(", line: {}").format(clock(self._pointed_s, 2))
        if (head := self._head()) is not None:
            text += "\n" + self.tr("Head: {}").format(in_words(head))
            values = (head.eye_left_open, head.eye_right_open, head.mouth_open)
            eyes = self.tr("Eyes open {} and {}, mouth {}").format(*map(language.number, values))
            text += f"\n{eyes}"
        self._where.setText(text)
        self._bars.show_probabilities(here, there)

    def _head(self) -> HeadPose | None:
        """Of the selected person at the playhead, where it was measured."""
        assert self._review.now is not None
        shown = self._review.now.session.prediction(self._review.place, self._review.person)
        return None if shown is None else shown.pose

    def _values(self, place: int) -> NDArray[np.floating] | None:
        """(C,) of the selected person in a frame; None where they are not in view."""
        assert self._review.now is not None
        shown = self._review.now.session.prediction(place, self._review.person)
        return None if shown is None else shown.probabilities
