"""What the review page works on: the session that is open, the moment, the person and the range that are chosen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mien.errors import MienError
from mien.probabilities.baseline import SPAN_S
from mien.session.edits import Edits
from mien.session.session import Session
from mien.session.summary import next_change, next_unsure
from mien_app.review.opened_session import OpenedSession, edited, open_session
from mien_app.services.background import Background, SerialQueue
from mien_app.widgets.time_span import Span


class ReviewModel(QObject):
    """Tells the page's parts what has changed. Whatever takes long is done elsewhere, in turn."""

    opened = Signal()
    """Another session is open."""
    changed = Signal()
    """The people, their names or the markers are others than before."""
    moved = Signal()
    chosen = Signal()
    """Another person."""
    ranged = Signal()
    failed = Signal(str)
    noted = Signal(str)
    """Something to know that is no error."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background, self._turn = background, SerialQueue(background)
        self.now: OpenedSession | None = None
        self.place = 0
        """Of the shown frame in the session's `frame_times`."""
        self.person = 0
        self.range: Span | None = None
        self._past: list[Edits] = []
        self._future: list[Edits] = []

    @property
    def time_s(self) -> float:
        """Of the shown frame."""
        return 0.0 if self.now is None else float(self.now.session.frame_times[self.place])

    @property
    def span(self) -> Span:
        """The chosen range, or all."""
        whole = Span(0, 0) if self.now is None else self.now.whole
        return self.range or whole

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change that was taken back."""
        return bool(self._future)

    def open(self, folder: Path) -> None:
        """Open a session; the one before stays where this one cannot be read."""
        self._turn.forget()
        self._turn.run(lambda: lambda: open_session(folder), self._show, self.failed.emit)

    def _show(self, opened: OpenedSession) -> None:
        self.now, self.place, self.range = opened, 0, None
        self.person = opened.people[0].number if opened.people else 0
        self._past, self._future = [], []
        self.opened.emit()

    def go(self, place: int) -> None:
        """Show a frame, the nearest that there is."""
        if self.now is None:
            return
        place = min(max(place, 0), len(self.now.session.frame_times) - 1)
        if place != self.place:
            self.place = place
            self.moved.emit()

    def go_to(self, time_s: float) -> None:
        """Show the frame of a time."""
        if self.now is not None:
            self.go(self.now.session.place_at(time_s))

    def go_to_end(self) -> None:
        """Show the last frame."""
        if self.now is not None:
            self.go(len(self.now.session.frame_times) - 1)

    def jump(self, seconds: float) -> None:
        """The frame so far away, and always another one."""
        before = self.place
        self.go_to(self.time_s + seconds)
        if self.place == before:
            self.go(before + (1 if seconds > 0 else -1))

    def choose(self, person: int) -> None:
        """Look at a person."""
        if self.now is not None and person in self.now.lanes and person != self.person:
            self.person = person
            self.chosen.emit()

    def step_person(self, by: int) -> None:
        """The next or previous person."""
        numbers = list(self.now.lanes) if self.now is not None else []
        if self.person in numbers:
            self.choose(numbers[(numbers.index(self.person) + by) % len(numbers)])

    def set_range(self, chosen: Span | None) -> None:
        """Choose a range; None is all."""
        if self.now is not None and chosen is not None:
            whole = self.now.whole
            chosen = Span(max(chosen.start_s, whole.start_s), min(chosen.end_s, whole.end_s))
            chosen = chosen if chosen.length_s > 0 else None
        if chosen != self.range:
            self.range = chosen
            self.ranged.emit()

    def begin_range(self) -> None:
        """The range begins with the shown frame."""
        end = self.span.end_s
        if self.now is not None:
            self.set_range(Span(self.time_s, end if end > self.time_s else self.now.whole.end_s))

    def end_range(self) -> None:
        """The range ends with the shown frame, which is in it."""
        if self.now is None:
            return
        times, start = self.now.session.frame_times, self.span.start_s
        end = float(times[self.place + 1]) if self.place + 1 < len(times) else self.now.whole.end_s
        self.set_range(Span(start if start < end else self.now.whole.start_s, end))

    def find_change(self) -> None:
        """Go to where the person's expression becomes another one."""
        self._find(next_change, self.tr("There is no further change of expression."))

    def find_unsure(self) -> None:
        """Go to where the reading of the person becomes unsure."""
        self._find(next_unsure, self.tr("There is no further unsure reading."))

    def _find(self, search: Callable[[Session, int, int], int | None], nothing: str) -> None:
        def prepare() -> Callable[[], int | None] | None:
            if self.now is None:
                return None
            session, person, place = self.now.session, self.person, self.place
            return lambda: search(session, person, place)

        self._turn.run(prepare, lambda found: self.noted.emit(nothing) if found is None else self.go(found))

    def change(self, make: Callable[[Edits], Edits]) -> None:
        """Make a change and keep it; where it cannot be kept, all is left as it was."""

        def prepare() -> Callable[[], OpenedSession] | None:
            before = self.now
            if before is None or (edits := make(before.session.edits)) == before.session.edits:
                return None
            return lambda: edited(before, edits)

        def done(after: OpenedSession) -> None:
            assert self.now is not None
            self._past.append(self.now.session.edits)
            self._future.clear()
            self._take(after)

        self._turn.run(prepare, done, self.failed.emit)

    def undo(self) -> None:
        """Take the last change back."""
        self._travel(self._past, self._future)

    def redo(self) -> None:
        """Make it again."""
        self._travel(self._future, self._past)

    def _travel(self, origin: list[Edits], other: list[Edits]) -> None:
        def prepare() -> Callable[[], OpenedSession] | None:
            before = self.now
            if before is None or not origin:
                return None
            edits = origin[-1]
            return lambda: edited(before, edits)

        def done(after: OpenedSession) -> None:
            assert self.now is not None
            other.append(self.now.session.edits)
            origin.pop()
            self._take(after)

        self._turn.run(prepare, done, self.failed.emit)

    def _take(self, after: OpenedSession) -> None:
        self.now = after
        if self.person not in after.lanes:
            self.person = after.people[0].number if after.people else 0
        self.changed.emit()

    def rename(self, person: int, name: str) -> None:
        """Call a person something."""
        self.change(lambda edits: edits.named(person, name))

    def merge(self, person: int, into: int) -> None:
        """Two persons are one."""
        self.change(lambda edits: edits.merged(person, into))
        self.choose(into)

    def split(self) -> None:
        """From the shown frame on, the chosen person is another one."""
        place, person, now = self.place, self.person, self.now
        if now is not None and person:
            rows = now.session.rows.frame[now.session.persons == person]
            if rows.size and rows[0] < place <= rows[-1]:
                self.change(lambda edits: edits.split(person, place, self.now.free_number() if self.now else 0))
            else:
                self.noted.emit(self.tr("Split where the person is in sight both before and from here on."))

    def use_as_neutral(self) -> None:
        """The chosen person's face is at rest in the range, or without one for five seconds from the shown frame on."""
        if self.now is None:
            return
        person, span = self.person, self.range or Span(self.time_s, min(self.time_s + SPAN_S, self.now.whole.end_s))
        try:
            self.now.session.neutral_in(person, span.start_s, span.end_s)
        except MienError as error:
            self.failed.emit(str(error))
        else:
            self.change(lambda edits: edits.rested(person, span.start_s, span.end_s))

    def remove_neutral(self) -> None:
        """The chosen person has none any more."""
        person = self.person
        self.change(lambda edits: edits.unrested(person))
