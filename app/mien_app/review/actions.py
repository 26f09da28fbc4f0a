"""What can be done by key on the Review page."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from mien_app.review.model import ReviewModel
from mien_app.review.playback import Playback
from mien_app.review.timeline import SessionTimeline
from mien_app.widgets.actions import add_action


class ReviewActions(QObject):
    """Moves, finds, chooses ranges and people, undoes. What needs other parts of the page is connected there."""

    def __init__(self, page: QWidget, review: ReviewModel, playback: Playback, timeline: SessionTimeline) -> None:
        super().__init__(page)
        add = partial(add_action, page)
        # Without a key: the window handles Space, so that a focused button can have it first.
        self.play = QAction(self.tr("Play"), page)
        self.play.setToolTip(self.tr("Play or pause (Space)"))
        self.play.triggered.connect(playback.toggle)
        playback.changed.connect(lambda on: self.play.setText(self.tr("Pause") if on else self.tr("Play")))
        self.sound = add(self.tr("Sound"), "Shift+M", tip=self.tr("Play the sound, at normal speed"))
        self.sound.setCheckable(True)
        add(self.tr("One frame back"), "Left", lambda: review.go(review.place - 1))
        add(self.tr("One frame on"), "Right", lambda: review.go(review.place + 1))
        add(self.tr("One second back"), "Shift+Left", lambda: review.jump(-1))
        add(self.tr("One second on"), "Shift+Right", lambda: review.jump(1))
        add(self.tr("Beginning"), "Home", lambda: review.go(0))
        add(self.tr("End"), "End", review.go_to_end)
        tip = self.tr("Go to where the selected person's most probable expression changes")
        self.next_change = add(self.tr("Next change"), "N", review.find_change, tip)
        tip = self.tr("Go back to where the selected person's most probable expression changed")
        self.previous_change = add(self.tr("Previous change"), "Shift+N", review.find_previous_change, tip)
        tip = self.tr("Go to where the selected person's prediction becomes unsure, and say why")
        self.next_unsure = add(self.tr("Next unsure"), "U", review.find_unsure, tip)
        self.marker = add(self.tr("Marker"), "M", tip=self.tr("Write a note at this moment"))
        tip = self.tr("Save the selected face under a label, to train a model on it; you see it before it is written")
        self.collect = add(self.tr("Add to dataset"), "L", tip=tip)
        tip = self.tr("Show which parts of the selected person's face speak for an expression")
        self.explain = add(self.tr("Evidence"), "E", tip=tip)
        self.begin_range = add(self.tr("Start the range here"), "I", review.begin_range)
        self.end_range = add(self.tr("End the range here"), "O", review.end_range)
        tip = self.tr("Drop the range and look at the whole session")
        self.whole = add(self.tr("Whole session"), "X", lambda: review.set_range(None), tip)
        tip = self.tr(
            "Take the range, or the next five seconds, as this person's face at rest, and show the change from it: "
            "a difference between predictions, not between feelings"
        )
        self.set_baseline = add(self.tr("Set baseline"), "B", review.use_as_baseline, tip)
        tip = self.tr("Show this person's predictions without a baseline")
        self.remove_baseline = add(self.tr("Remove baseline"), "Shift+B", review.remove_baseline, tip)
        add(self.tr("Previous person"), "[", lambda: review.step_person(-1))
        add(self.tr("Next person"), "]", lambda: review.step_person(1))
        self.zoom_in = add(self.tr("Zoom in"), "+", lambda: timeline.zoom(0.5))
        self.zoom_out = add(self.tr("Zoom out"), "-", lambda: timeline.zoom(2))
        self.show_all = add(self.tr("Show the whole timeline"), "Z", timeline.show_all)
        tip = self.tr("Let the lanes show where heads point, and blinks; or predictions again")
        self.heads = add(self.tr("Heads in the lanes"), "H", tip=tip)
        self.heads.setCheckable(True)
        self.heads.setVisible(False)
        self.undo = add(self.tr("Undo"), "Ctrl+Z", review.undo, self.tr("Take back the last change"))
        self.redo = add(self.tr("Redo"), "Ctrl+Shift+Z", review.redo, self.tr("Make the undone change again"))
