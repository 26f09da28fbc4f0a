"""The review page's keys."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from mien_app.review.model import ReviewModel
from mien_app.review.playback import Playback
from mien_app.review.timeline import SessionTimeline
from mien_app.widgets.actions import add_action


class ReviewActions(QObject):
    """Moving about, finding, the range, people, undoing."""

    def __init__(self, page: QWidget, review: ReviewModel, playback: Playback, timeline: SessionTimeline) -> None:
        super().__init__(page)
        add = partial(add_action, page)
        # Space is the window's, so that a focused button can have it first.
        self.play = QAction(self.tr("Play"), page)
        self.play.setToolTip(self.tr("Play or pause (Space)"))
        self.play.triggered.connect(playback.toggle)
        add(self.tr("Frame back"), "Left", lambda: review.go(review.place - 1))
        add(self.tr("Frame on"), "Right", lambda: review.go(review.place + 1))
        add(self.tr("Second back"), "Shift+Left", lambda: review.jump(-1))
        add(self.tr("Second on"), "Shift+Right", lambda: review.jump(1))
        add(self.tr("Beginning"), "Home", lambda: review.go(0))
        add(self.tr("End"), "End", review.go_to_end)
        tip = self.tr("Where the selected person's expression becomes another one")
        self.change = add(self.tr("Next change"), "N", review.find_change, tip)
        tip = self.tr("Where the reading of the selected person becomes unsure")
        self.unsure = add(self.tr("Next unsure"), "U", review.find_unsure, tip)
        tip = self.tr("Note something down at this moment")
        self.marker = add(self.tr("Marker"), "M", lambda: None, tip)
        tip = self.tr("Save the selected face under a label, to teach a model with; you see it before it is written")
        self.collect = add(self.tr("Add to data set"), "L", lambda: None, tip)
        tip = self.tr("Which parts of the selected person's face speak for the expression")
        self.explain = add(self.tr("Evidence"), "E", lambda: None, tip)
        add(self.tr("Range begins here"), "I", review.begin_range)
        add(self.tr("Range ends here"), "O", review.end_range)
        tip = self.tr("No range: all of the session")
        self.whole = add(self.tr("Whole session"), "X", lambda: review.set_range(None), tip)
        tip = self.tr(
            "The range, or five seconds from here, is the person's face at rest. Shown is the change from it: a "
            "difference of what the model reads, not of what is felt"
        )
        self.neutral = add(self.tr("Use as neutral"), "B", review.use_as_neutral, tip)
        tip = self.tr("The person has no neutral; the readings stay as they are")
        self.no_neutral = add(self.tr("Remove neutral"), "Shift+B", review.remove_neutral, tip)
        add(self.tr("Previous person"), "[", lambda: review.step_person(-1))
        add(self.tr("Next person"), "]", lambda: review.step_person(1))
        add(self.tr("Zoom in"), "+", lambda: timeline.zoom(0.5))
        add(self.tr("Zoom out"), "-", lambda: timeline.zoom(2))
        add(self.tr("Timeline from end to end"), "Z", timeline.show_all)
        self.undo = add(self.tr("Undo"), "Ctrl+Z", review.undo, self.tr("Take the last change back"))
        self.redo = add(self.tr("Redo"), "Ctrl+Shift+Z", review.redo, self.tr("Make it again"))
