"""What can be done on the Live page, by key, button and menu."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mien_app.widgets.actions import add_action, allow


class LiveActions(QObject):
    """The page's actions, in the order in which the sheet of keys lists them. The page connects them."""

    chosen = Signal(int)
    """The track of a person whom a panel selects."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        add = partial(add_action, page)
        tip = self.tr("Record video and predictions of a live source")
        self.record = add(self.tr("Record"), "R", tip=tip)
        # Space is the window's, so that a focused button can have it first.
        self.freeze = add(self.tr("Freeze"), "", tip=self.tr("Hold the picture (Space)"))
        self.freeze.setCheckable(True)
        self.previous = add(self.tr("Previous person"), "[")
        self.next = add(self.tr("Next person"), "]")
        tip = self.tr(
            "Five seconds of this person's face at rest. Afterwards the change from it is shown: "
            "a difference of what the model predicts, not of what is felt"
        )
        self.baseline = add(self.tr("Set baseline"), "B", tip=tip)
        tip = self.tr("Which parts of the selected face speak for its expression")
        self.explain = add(self.tr("Evidence"), "E", tip=tip)
        tip = self.tr("Save the selected face under a label, to train a model with; you see it before it is written")
        self.collect = add(self.tr("Add to dataset"), "L", tip=tip)
        self.save = add(self.tr("Save the selected face"), "S")
        self.copy = add(self.tr("Copy the selected face"), "Ctrl+C")
        tip = self.tr("Save what the resizer does to each face in view")
        self.snapshot = add(self.tr("Snapshot"), "Shift+S", tip=tip)
        self.mirror = add(self.tr("Mirror"), "M")
        self.zoom_in = add(self.tr("Enlarge the picture"), "Ctrl++")
        self.zoom_out = add(self.tr("Make the picture smaller"), "Ctrl+-")
        self.zoom_whole = add(self.tr("Whole picture"), "Ctrl+0")
        tip = self.tr("A large, sparse view for an audience, on the second screen where there is one")
        self.second = add(self.tr("Second screen"), "Shift+F", tip=tip)
        self.second.setCheckable(True)
        tip = self.tr("Smoothing, thresholds, mirror")
        self.settings = add(self.tr("Settings"), "Ctrl+,", tip=tip)
        allow(self.record, False, self.tr("Open a camera or the demo first."))
        allow(self.baseline, False, self.tr("There is no face in view."))
        tip = self.tr("How accurate each is, how fast here, and how large")
        self.models = add(self.tr("All models..."), "Ctrl+L", tip=tip)
        self.about = add(self.tr("Model card"), "A", tip=self.tr("What it can and cannot do"))
