"""The selected person: expression, how sure, and the probabilities."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QToolButton

from mien import language
from mien.faces.pose.values import in_words as pose_in_words
from mien.probabilities.unsure_reasons import reason_in_words
from mien.probabilities.wording import candidates, named
from mien.types import Prediction
from mien_app.live.actions import LiveActions
from mien_app.live.announcer import Announcer
from mien_app.live.balancing_view import BalancingView
from mien_app.live.panel import Docked, Shown
from mien_app.widgets.actions import allow, tool_button
from mien_app.widgets.basics import Card, label
from mien_app.widgets.class_names import capital
from mien_app.widgets.class_names import shown as shown_name
from mien_app.widgets.flow import Flow
from mien_app.widgets.probability_bars import ProbabilityBars
from mien_app.widgets.theme import has_large_texts

_LEAST_PX = 220  # of what is in the card, across


class PersonCard(Card):
    """Shows what the model says of one face."""

    docked: ClassVar = Docked("person", Qt.DockWidgetArea.RightDockWidgetArea, QSize(340, 460))

    def __init__(self, actions: LiveActions) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Selected person"))
        self._classes: tuple[str, ...] = ()
        self._prediction: Prediction | None = None
        self._who = label(role="muted", wrap=True)
        self._expression = label(self.tr("Nobody yet"), "value", wrap=True)
        self._value = label("", "value", figures=True)
        self._hint = label(self.tr("Open a source to begin."), "muted", wrap=True)
        self._bars = ProbabilityBars()
        self._balancing = BalancingView()
        self._balancing.switched.connect(self._show_probabilities)
        tip = self.tr("Which parts of the face speak for this (E)")
        self._explain = tool_button(self.tr("Evidence"), tip, actions.explain.trigger)
        self._allow(False)
        self._baseline = QToolButton()
        self._baseline.setDefaultAction(actions.baseline)
        self._note = label(role="muted", wrap=True)
        self._pose = label(role="muted", wrap=True, figures=True)
        self._pose.setAccessibleName(self.tr("Head, eyes and mouth"))
        self._pose.hide()
        self._announcer = Announcer(self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self._expression, 1)
        self._head.addWidget(self._value)
        self._place_value()
        buttons = Flow()
        buttons.addWidget(self._explain)
        buttons.addWidget(self._baseline)
        self.column.addWidget(self._who)
        self.column.addLayout(self._head)
        self.column.addWidget(self._hint)
        self.column.addWidget(self._bars)
        self.column.addWidget(self._pose)
        self.column.addWidget(self._balancing)
        self.column.addLayout(buttons)
        self.column.addWidget(self._note)
        self.column.addStretch(1)
        self.column.addStrut(_LEAST_PX)

    def changeEvent(self, event: QEvent) -> None:
        """Put the value below the expression where texts are so large that both have no room in a line."""
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_head"):
            self._place_value()
        super().changeEvent(event)

    def _place_value(self) -> None:
        below = has_large_texts()
        self._head.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Lay out a bar for each class."""
        self._classes = classes
        self._bars.set_classes(classes)

    def show_result(self, shown: Shown | None) -> None:
        """Show the selected person, or that there is nobody."""
        if shown is None:
            self._show_nobody()
        elif (prediction := shown.prediction) is not None:
            self._show_prediction(prediction, len(shown.result.recognition.predictions))
            self._note.setText(shown.baseline.note)
            self._bars.show_baseline(shown.baseline.probabilities, shown.baseline.change)
        else:
            in_view = bool(shown.result.recognition.predictions)  # whose turn it is in a moment
            self._show_nobody("" if in_view else self.tr("Come closer or add light."))

    def _show_nobody(self, hint: str = "") -> None:
        """There is no face; say what to do. Without a hint, there was nothing to look at yet."""
        self._allow(False)
        self._who.setText("")
        self._expression.setText(self.tr("No face") if hint else self.tr("Nobody yet"))
        self._value.setText("")
        self._hint.setText(hint)
        self._note.setText("")
        self._announcer.say(self._expression.text(), hint)
        self._bars.show_baseline(None)
        self._prediction = None
        self._show_probabilities()

    def _allow(self, face: bool) -> None:
        allow(self._explain, face, self.tr("There is no face in view."))

    def _show_prediction(self, prediction: Prediction, people: int) -> None:
        self._allow(True)
        size = self.tr("face of {} px").format(round(prediction.face.size))
        others = self.tr("{} in view").format(people)
        parts = [self.tr("Person {}").format(prediction.track_id), size, *([others] if people > 1 else [])]
        self._who.setText(" \N{MIDDLE DOT} ".join(parts))
        either = self.tr(" or ")
        names = capital(either.join(map(shown_name, named(prediction, self._classes))))
        left_open = capital(either.join(map(shown_name, candidates(prediction, self._classes))))
        why = " ".join(map(reason_in_words, prediction.unsure))
        self._expression.setText(names or self.tr("Not sure"))
        self._value.setText(language.number(prediction.reliability) if prediction.sure else "")
        self._hint.setText(why if names else f"{left_open}. {why}")
        whole = " ".join(filter(None, (self._expression.text(), self._value.text(), self._hint.text())))
        self._announcer.say(f"{parts[0]}: {self._expression.text()}", f"{parts[0]}: {whole}")
        self._prediction = prediction
        self._show_probabilities()

    def _show_probabilities(self) -> None:
        """The fine lines are of this frame alone; with balancing, of what the bars do not show."""
        prediction = self._prediction
        pose = None if prediction is None else prediction.pose
        self._pose.setVisible(pose is not None)
        if pose is not None:
            opened = map(language.number, (pose.eye_left_open, pose.eye_right_open, pose.mouth_open))
            eyes = self.tr("Eyes open {} and {}, mouth {}").format(*opened)
            self._pose.setText(self.tr("Head: {}").format(pose_in_words(pose)) + f"\n{eyes}")
        trace = None if prediction is None else prediction.balance
        self._balancing.show_trace(trace, self._classes)
        if prediction is None:
            self._bars.show_probabilities(None)
        elif trace is None:
            self._bars.show_probabilities(prediction.probabilities, prediction.raw_probabilities)
        elif self._balancing.before:
            self._bars.show_probabilities(trace.before, prediction.raw_probabilities)
        else:
            self._bars.show_probabilities(prediction.probabilities, trace.before)
