"""What the Review page shows: the open session, and the moment, person and range that are selected in it."""

from collections.abc import Callable, Iterable
from functools import partial, reduce
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mien.errors import MienError
from mien.probabilities.baseline import SPAN_S
from mien.probabilities.unsure_reasons import reason_in_words
from mien.session.edits import Edits, TimeSpan
from mien.session.session import Session
from mien.session.summary import next_change, next_unsure, previous_change
from mien_app.review.editing import Editing, HeldSession
from mien_app.review.opened_session import OpenedSession, open_session
from mien_app.services.background import Background, SerialQueue


class ReviewModel(QObject):
    """Tells the page's parts what has changed. Slow work is done in the background, one piece after another."""

    opened = Signal()
    """Another session is open."""
    changed = Signal()
    """The people, their names, baselines or markers have changed."""
    moved = Signal()
    """The playhead is at another frame."""
    sought = Signal(float)
    """The time that the playhead was sent to, s, also where no frame begins at it or none is there."""
    chosen = Signal()
    """Another person is selected."""
    ranged = Signal()
    """Another range is chosen, or none."""
    failed = Signal(str)
    """What went wrong and what to do next, in one line."""
    noted = Signal(str)
    """Something to know that is no error."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = SerialQueue(background)
        self._editing = Editing(self._queue, self.replace, self.failed.emit)
        self._asked = 0  # how often a session was to be opened
        self.place = 0
        """Of the frame at the playhead, in `Session.frame_times`."""
        self.person = 0
        """Number of the selected person; 0 if the session has nobody."""
        self.range: TimeSpan | None = None
        """None is the whole session."""

    @property
    def now(self) -> OpenedSession | None:
        """The open session after the latest edit; None while none is open."""
        held = self._editing.held
        return None if held is None else held.now

    @property
    def time_s(self) -> float:
        """Time of the frame at the playhead."""
        return 0.0 if self.now is None else float(self.now.session.frame_times[self.place])

    @property
    def span(self) -> TimeSpan:
        """The chosen range, or the whole session."""
        whole = TimeSpan(0, 0) if self.now is None else self.now.whole
        return self.range or whole

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return self._editing.held is not None and bool(self._editing.held.done)

    @property
    def can_redo(self) -> bool:
        """Whether a change that was taken back can be made again."""
        return self._editing.held is not None and bool(self._editing.held.undone)

    def open(self, folder: Path) -> None:
        """Open a session once the present one's changes are saved. If it cannot be read, the present one stays open."""
        self._asked += 1
        asked = self._asked

        def prepare() -> Callable[[], OpenedSession] | None:
            return partial(open_session, folder) if asked == self._asked else None  # else another one was asked for

        def done(opened: OpenedSession) -> None:
            if asked == self._asked:
                self._show(opened)

        self._queue.run(prepare, done, self.failed.emit)

    def leave(self) -> None:
        """Open none from now on."""
        self._queue.forget()
        self._editing.held, self.place = None, 0

    def finish(self) -> None:
        """Make the changes that wait, and open nothing any more: the window closes."""
        self._asked += 1
        self._queue.finish()

    def _show(self, opened: OpenedSession) -> None:
        self._editing.held, self.place, self.range = HeldSession(opened), 0, None
        self.person = opened.people[0].number if opened.people else 0
        self.opened.emit()

    def go(self, place: int) -> None:
        """Move to a frame, or to the first or last one if there is no such place."""
        if self.now is not None:
            place = min(max(place, 0), len(self.now.session.frame_times) - 1)
            self._go(place, float(self.now.session.frame_times[place]))

    def go_to(self, time_s: float) -> None:
        """Move to the frame that is shown at a time."""
        if self.now is not None:
            self._go(self.now.session.place_at(time_s), time_s)

    def _go(self, place: int, time_s: float) -> None:
        if place != self.place:
            self.place = place
            self.moved.emit()
        self.sought.emit(time_s)

    def go_to_end(self) -> None:
        """Move to the last frame."""
        if self.now is not None:
            self.go(len(self.now.session.frame_times) - 1)

    def jump(self, seconds: float) -> None:
        """Move by some seconds, and by at least one frame."""
        before = self.place
        self.go_to(self.time_s + seconds)
        if self.place == before:
            self.go(before + (1 if seconds > 0 else -1))

    def choose(self, person: int) -> None:
        """Select a person."""
        if self.now is not None and person in self.now.lanes and person != self.person:
            self.person = person
            self.chosen.emit()

    def step_person(self, by: int) -> None:
        """Select the next person (1) or the previous one (-1)."""
        numbers = list(self.now.lanes) if self.now is not None else []
        if self.person in numbers:
            self.choose(numbers[(numbers.index(self.person) + by) % len(numbers)])

    def set_range(self, chosen: TimeSpan | None) -> None:
        """Choose a range; None is the whole session."""
        if self.now is not None and chosen is not None:
            whole = self.now.whole
            chosen = TimeSpan(max(chosen.start_s, whole.start_s), min(chosen.end_s, whole.end_s))
            chosen = chosen if chosen.length_s > 0 else None
        if chosen != self.range:
            self.range = chosen
            self.ranged.emit()

    def begin_range(self) -> None:
        """Let the range begin with the frame at the playhead."""
        end = self.span.end_s
        if self.now is not None:
            self.set_range(TimeSpan(self.time_s, end if end > self.time_s else self.now.whole.end_s))

    def end_range(self) -> None:
        """Let the range end with the frame at the playhead, which belongs to it."""
        if self.now is None:
            return
        times, start = self.now.session.frame_times, self.span.start_s
        end = float(times[self.place + 1]) if self.place + 1 < len(times) else self.now.whole.end_s
        self.set_range(TimeSpan(start if start < end else self.now.whole.start_s, end))

    def find_change(self) -> None:
        """Move to where the person's most probable expression changes next."""
        self._find(next_change, self.tr("The expression does not change any more after this."), self.go)

    def find_previous_change(self) -> None:
        """Move to where the person's most probable expression changed last."""
        self._find(previous_change, self.tr("The expression does not change before this."), self.go)

    def find_unsure(self) -> None:
        """Move to where the person's prediction becomes unsure next, and say why it is."""

        def show(place: int) -> None:
            self.go(place)
            if why := self.reasons(place):
                self.noted.emit(self.tr("Not sure: {}").format(why))

        self._find(next_unsure, self.tr("No prediction after this becomes unsure."), show)

    def reasons(self, place: int) -> str:
        """Why the selected person's prediction in a frame is not sure, in sentences; empty if it is, or is missing."""
        shown = self.now.session.prediction(place, self.person) if self.now is not None else None
        return "" if shown is None else " ".join(map(reason_in_words, shown.unsure))

    def _find(
        self, search: Callable[[Session, int, int], int | None], nothing: str, show: Callable[[int], None]
    ) -> None:
        def prepare() -> Callable[[], int | None] | None:
            if self.now is None:
                return None
            session, person, place = self.now.session, self.person, self.place
            return lambda: search(session, person, place)

        self._queue.run(prepare, lambda found: self.noted.emit(nothing) if found is None else show(found))

    def change(self, make: Callable[[Edits], Edits]) -> None:
        """Make a change and save it. If it cannot be saved, everything stays as it was."""
        self._editing.change(lambda edits, _: make(edits))

    def undo(self) -> None:
        """Take back the last change."""
        self._editing.undo()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._editing.redo()

    def replace(self, after: OpenedSession) -> None:
        """Show the session as it is after edits."""
        assert self._editing.held is not None
        self._editing.held.now = after
        if self.person not in after.lanes:
            self.person = after.people[0].number if after.people else 0
        self.changed.emit()

    def rename(self, person: int, name: str) -> None:
        """Give a person a name."""
        self.change(lambda edits: edits.named(person, name))

    def merge(self, people: Iterable[int], into: int) -> None:
        """Make one person of several, under the number `into`."""
        self.change(lambda edits: reduce(lambda made, person: made.merged(person, into), people, edits))
        self.choose(into)

    def split(self) -> None:
        """Make somebody else of the selected person from the frame at the playhead on."""
        place, person, now = self.place, self.person, self.now
        if now is not None and person:
            rows = now.session.rows.frame[now.session.persons == person]
            if rows.size and rows[0] < place <= rows[-1]:
                self._editing.change(lambda edits, latest: edits.split(person, place, latest.free_number()))
            else:
                self.noted.emit(self.tr("Move to where the person is in view both before and after, then split."))

    def use_as_baseline(self) -> None:
        """Take the selected person's face at rest from the range, or from the next five seconds if there is none."""
        if self.now is None:
            return
        person, span = self.person, self.range or TimeSpan(self.time_s, min(self.time_s + SPAN_S, self.now.whole.end_s))
        try:
            self.now.session.baseline_in(person, span.start_s, span.end_s, at_rest=True)
        except MienError as error:
            self.failed.emit(str(error))
        else:
            self.change(lambda edits: edits.with_baseline(person, span.start_s, span.end_s))

    def remove_baseline(self) -> None:
        """Take away the selected person's baseline."""
        person = self.person
        self.change(lambda edits: edits.without_baseline(person))
