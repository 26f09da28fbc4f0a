"""The selected person: expression, how sure, and the probabilities."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from mien.probabilities.conformal import NAMED
from mien.probabilities.unsure_reasons import SENTENCES
from mien.types import Prediction
from mien_app.live.balancing_view import BalancingView
from mien_app.widgets.actions import tool_button
from mien_app.widgets.basics import Card, label
from mien_app.widgets.class_colours import candidates
from mien_app.widgets.probability_bars import ProbabilityBars
from mien_app.widgets.theme import tabular


class PersonCard(Card):
    """Says what is read in one face."""

    explain = Signal()
    """What speaks for it is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = label(role="muted")
        self._expression = label(self.tr("Nobody yet"), "value")
        self._value = label("", "value")
        self._value.setFont(tabular(self._value.font()))
        self._hint = label(self.tr("Open a source to begin."), "muted", wrap=True)
        self._bars = ProbabilityBars()
        tip = self.tr("Which parts of the face speak for this (E)")
        self._explain = tool_button(self.tr("Evidence"), tip, self.explain.emit)
        self._explain.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(self._expression, 1)
        row.addWidget(self._value)
        self.column.addWidget(self._who)
        self.column.addLayout(row)
        self.column.addWidget(self._hint)
        self.column.addWidget(self._bars)
        self.balance = BalancingView()
        self.balance.switched.connect(self._show_probabilities)
        self.column.addWidget(self.balance)
        self.rest = QToolButton()
        """For setting and removing the person's neutral."""
        self._neutral = label(role="muted", wrap=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self._explain)
        buttons.addWidget(self.rest)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.column.addWidget(self._neutral)
        self.column.addStretch(1)
        self.setMinimumWidth(290)
        self._classes: tuple[str, ...] = ()
        self._prediction: Prediction | None = None

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The names that probabilities stand for."""
        self._classes = classes
        self._bars.set_classes(classes)

    def show_nobody(self, hint: str = "") -> None:
        """There is no face; say what to do. Without a hint, there was nothing to look at yet."""
        self._explain.setEnabled(False)
        self._who.setText("")
        self._expression.setText(self.tr("No face") if hint else self.tr("Nobody yet"))
        self._value.setText("")
        self._hint.setText(hint)
        self._prediction = None
        self._show_probabilities()

    def show_prediction(self, prediction: Prediction, people: int) -> None:
        """Show one person of several."""
        self._explain.setEnabled(True)
        size = self.tr("face of {:.0f} px").format(prediction.face.size)
        others = self.tr("{} in view").format(people)
        parts = [self.tr("Person {}").format(prediction.track_id), size, *([others] if people > 1 else [])]
        self._who.setText(" \N{MIDDLE DOT} ".join(parts))
        if prediction.sure:
            self._expression.setText(prediction.label.capitalize())
            self._value.setText(f"{prediction.confidence:.2f}")
            self._hint.setText("")
        else:
            named = self.tr(" or ").join(candidates(prediction, self._classes))
            why = " ".join(SENTENCES[reason] for reason in prediction.unsure)
            few = len(prediction.expressions) == NAMED and prediction.unsure == ("ambiguous",)
            self._expression.setText(named.capitalize() if few else self.tr("Not sure"))
            self._value.setText("")
            self._hint.setText(why if few else f"{named.capitalize()}. {why}")
        self._prediction = prediction
        self._show_probabilities()

    def _show_probabilities(self) -> None:
        """The fine lines are of this frame alone; with balancing, of what the bars do not show."""
        prediction = self._prediction
        balance = None if prediction is None else prediction.balance
        self.balance.show_balance(balance, self._classes)
        if prediction is None:
            self._bars.show_probabilities(None)
        elif balance is None:
            self._bars.show_probabilities(prediction.probabilities, prediction.raw_probabilities)
        elif self.balance.before:
            self._bars.show_probabilities(balance.before, prediction.raw_probabilities)
        else:
            self._bars.show_probabilities(prediction.probabilities, balance.before)

    def show_neutral(
        self, said: str, neutral: NDArray[np.floating] | None, change: NDArray[np.floating] | None = None
    ) -> None:
        """Say something of the person's neutral; mark it, and write the change from it, where there is one."""
        self._neutral.setText(said)
        self._bars.show_neutral(neutral, change)
