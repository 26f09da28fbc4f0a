"""A second session beside the first one, for looking only: both move together, or each by itself."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QWidget

from mien import language
from mien_app.review.lanes_card import LanesCard
from mien_app.review.menus import add_menu
from mien_app.review.model import ReviewModel
from mien_app.review.moment_card import MomentCard
from mien_app.review.timeline import SessionTimeline
from mien_app.review.video import ReviewVideo
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import action_button
from mien_app.widgets.basics import label
from mien_app.widgets.elided_label import ElidedLabel
from mien_app.widgets.flow import Flow
from mien_app.widgets.time_span import clock
from mien_app.widgets.video_view import VideoView

_NAME_PX = 100  # at least; else it has a line of its own


class SecondSession(QObject):
    """Its widgets, which the page lays out: a video, lanes under a title, and a card with the values at the playhead.

    While the two are linked, a moment of the first one belongs to the moment `shift_s` later in this one.
    """

    shown = Signal(bool)
    """Whether there is one from now on."""

    def __init__(self, first: ReviewModel, preferences: Preferences, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._first, self._preferences = first, preferences
        self.review = ReviewModel(background, self)
        self.video, self.timeline, self.moment = VideoView(), SessionTimeline(), MomentCard(self.review)
        self.video.setAccessibleName(self.tr("Second video"))
        self.timeline.setAccessibleName(self.tr("Timeline of the second session"))
        self.frames = ReviewVideo(self.video, self.review, self)
        self.linked, self.shift_s = True, 0.0
        self._heads = False
        self.link, self.leave = QAction(self), QAction(self.tr("Close"), self)
        self.leave.setToolTip(self.tr("Close the second session"))
        self.lanes = LanesCard(self.timeline, self._zooms())
        self.bar = self._title()
        self._connect()
        self._show_link()
        self.close()

    def _title(self) -> QWidget:
        bar = QWidget()
        row = Flow(bar)
        self._name, self._where = ElidedLabel(), label(figures=True)
        self._name.setAccessibleName(self.tr("Second session"))
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._name.setMinimumWidth(_NAME_PX)
        self._where.setAccessibleName(self.tr("Position in the second session"))
        for widget in (self._where, action_button(self.link), action_button(self.leave), self._name):
            row.addWidget(widget)
        return bar

    def _zooms(self) -> list[QAction]:
        """Buttons without keys, which are the first session's."""
        made = []
        for tip, work in (
            (self.tr("Zoom out"), lambda: self.timeline.zoom(2)),
            (self.tr("Zoom in"), lambda: self.timeline.zoom(0.5)),
            (self.tr("Show the whole timeline"), self.timeline.show_all),
        ):
            action = QAction(tip, self)
            action.triggered.connect(work)
            made.append(action)
        return made

    def _connect(self) -> None:
        review, timeline, first = self.review, self.timeline, self._first
        first.sought.connect(self._follow)
        first.opened.connect(self._begin)
        first.changed.connect(self._share)
        review.opened.connect(self._opened)
        review.changed.connect(self._changed)
        review.moved.connect(self._moved)
        review.chosen.connect(self._chosen)
        self.video.selected.connect(review.choose)
        timeline.sought.connect(self._lead)
        timeline.marker_chosen.connect(self._lead)
        timeline.person_chosen.connect(review.choose)
        timeline.pointed.connect(self.moment.point)
        self.link.triggered.connect(self._switch_link)
        self.leave.triggered.connect(self.close)
        for widget in (self.video, timeline):
            add_menu(widget, (self.link, None, self.leave))

    def open(self, folder: Path) -> None:
        """Open a session. If it cannot be read, everything stays as it was."""
        self.review.open(folder)

    def close(self) -> None:
        """Show none."""
        self.frames.close()
        self.review.leave()
        for widget in (self.video, self.bar, self.lanes, self.moment):
            widget.hide()
        self.shown.emit(False)

    def show_heads(self, shown: bool) -> None:
        """Let the lanes show where heads point, if that was measured."""
        self._heads = shown
        now = self.review.now
        self.lanes.show_heads(shown and now is not None and now.session.has_pose)

    def _opened(self) -> None:
        now = self.review.now
        assert now is not None
        self.frames.open()
        self.timeline.show_session(now, another=True)
        self.show_heads(self._heads)
        title = self.tr("{} (view only)").format(now.session.name)
        self._name.setText(title)
        self.moment.set_title(now.session.name)
        for widget in (self.video, self.bar, self.lanes, self.moment):
            widget.show()
        self._begin()
        self._moved()
        self.shown.emit(True)

    def _begin(self) -> None:
        """Both as they were aligned last, or from their beginnings: another session was opened on one side."""
        self.shift_s, self.linked = self._preferences.shift(*self._folders()), True
        self._show_link()
        self._follow(self._first.time_s)

    def _follow(self, time_s: float) -> None:
        if self.linked:
            self.review.go_to(time_s + self.shift_s)

    def _lead(self, time_s: float) -> None:
        """Go to a time of this session; a first one that is linked goes along, as far as it reaches."""
        if self.linked:
            self._first.go_to(time_s - self.shift_s)
        else:
            self.review.go_to(time_s)

    def _switch_link(self) -> None:
        self.linked = not self.linked
        if self.linked:
            self.shift_s = self.review.time_s - self._first.time_s
            self._preferences.keep_shift(*self._folders(), self.shift_s)
        self._show_link()

    def _folders(self) -> tuple[str, str]:
        first, second = (
            "" if model.now is None else str(model.now.session.folder.resolve()) for model in (self._first, self.review)
        )
        return first, second

    def _show_link(self) -> None:
        if self.linked:
            self.link.setText(self.tr("Unlink"))
            self.link.setToolTip(self.tr("Let each video be moved by itself"))
        else:
            self.link.setText(self.tr("Align here"))
            self.link.setToolTip(self.tr("What both videos show now is the same moment: move them together from here"))
        self._show_where()

    def _show_where(self) -> None:
        text = clock(self.review.time_s, 2)
        if self.linked and round(self.shift_s, 2):
            text += f" ({language.signed(self.shift_s, 2)} s)"
        self._where.setText(text)
        self._where.setToolTip(self.tr("Time; in brackets, how much later than in the first video"))

    def _share(self) -> None:
        """The same session twice shows the same names."""
        here, there = self.review.now, self._first.now
        if here is not None and there is not None and here.session.folder == there.session.folder:
            self.review.replace(there)

    def _changed(self) -> None:
        now = self.review.now
        assert now is not None
        self.video.set_names(now.names)
        self.timeline.show_session(now, another=False)
        self._chosen()

    def _moved(self) -> None:
        self.frames.follow()
        self._show_where()
        self._show_moment()

    def _chosen(self) -> None:
        self.frames.show_boxes()
        self._show_moment()

    def _show_moment(self) -> None:
        self.timeline.show_moment(self.review.time_s, self.review.person, None, follow=True)
