"""The selected person: expression, how sure, and the probabilities."""

from mien.types import Prediction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mien_app.bars import ProbabilityBars
from mien_app.style import tabular
from mien_app.texts import Card, label

_UNSURE_SHARE = 0.6
"""A person whose expression is not sure is shown with the classes that make up this much together."""


class FaceCard(Card):
    """Says what is read in one face."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = label(role="muted")
        self._expression = label(self.tr("No face"), "value")
        self._value = label("", "value")
        self._value.setFont(tabular(self._value.font()))
        self._hint = label(self.tr("Open a source to begin."), "muted", wrap=True)
        self._bars = ProbabilityBars()
        row = QHBoxLayout()
        row.addWidget(self._expression, 1)
        row.addWidget(self._value)
        self.column.addWidget(self._who)
        self.column.addLayout(row)
        self.column.addWidget(self._hint)
        self.column.addWidget(self._bars)
        self.column.addStretch(1)
        self.setMinimumWidth(250)
        self._classes: tuple[str, ...] = ()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The names that probabilities stand for."""
        self._classes = classes
        self._bars.set_classes(classes)

    def show_nobody(self, hint: str) -> None:
        """There is no face; say what to do."""
        self._who.setText("")
        self._expression.setText(self.tr("No face"))
        self._value.setText("")
        self._hint.setText(hint)
        self._hint.show()
        self._bars.show_probabilities(None)

    def show_prediction(self, prediction: Prediction, people: int) -> None:
        """Show one person of several."""
        self._who.setText(
            self.tr("Person {} of {} in view, face of {:.0f} px").format(
                prediction.track_id, people, prediction.face.size
            )
            if people > 1
            else self.tr("Person {}, face of {:.0f} px").format(prediction.track_id, prediction.face.size)
        )
        if prediction.sure:
            self._expression.setText(prediction.label.capitalize())
            self._value.setText(f"{prediction.confidence:.2f}")
            self._hint.hide()
        else:
            self._expression.setText(self.tr("Not sure"))
            self._value.setText("")
            self._hint.setText(self.tr(" or ").join(self._candidates(prediction)))
            self._hint.show()
        self._bars.show_probabilities(prediction.probabilities, prediction.raw_probabilities)

    def _candidates(self, prediction: Prediction) -> list[str]:
        names, total = [], 0.0
        for i in prediction.probabilities.argsort()[::-1]:
            names.append(self._classes[i])
            total += float(prediction.probabilities[i])
            if total >= _UNSURE_SHARE:
                break
        return names
