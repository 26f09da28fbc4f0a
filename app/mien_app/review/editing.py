"""Edits of sessions, saved in the background one after another; they can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from mien.session.edits import Edits
from mien_app.review.opened_session import OpenedSession, edited
from mien_app.services.background import SerialQueue


@dataclass
class HeldSession:
    """A session that is open, or was until another one came."""

    now: OpenedSession
    """After its latest edit."""
    done: list[Edits] = field(default_factory=list)
    """What can be taken back, the latest last."""
    undone: list[Edits] = field(default_factory=list)
    """What can be made again, likewise."""


class Editing:
    """Edits the session that is open when it is asked to, also where another one is open by the time it is saved."""

    def __init__(
        self, queue: SerialQueue, shown: Callable[[OpenedSession], object], failed: Callable[[str], None]
    ) -> None:
        """Hold no session.

        Args:
            queue: saves, and opens sessions.
            shown: given the open session after an edit.
            failed: given what went wrong, in a line.
        """
        self._queue, self._shown, self._failed = queue, shown, failed
        self.held: HeldSession | None = None
        """The open session."""

    def change(self, make: Callable[[Edits, OpenedSession], Edits]) -> None:
        """Make a change of edits and save it. If it cannot be saved, everything stays as it was."""

        def edit(held: HeldSession) -> Edits | None:
            before = held.now.session.edits
            return None if (edits := make(before, held.now)) == before else edits

        def done(held: HeldSession, before: Edits) -> None:
            held.done.append(before)
            held.undone.clear()

        self._edit(edit, done)

    def undo(self) -> None:
        """Take back the last change."""

        def done(held: HeldSession, before: Edits) -> None:
            held.done.pop()
            held.undone.append(before)

        self._edit(lambda held: held.done[-1] if held.done else None, done)

    def redo(self) -> None:
        """Make the change again that was taken back last."""

        def done(held: HeldSession, before: Edits) -> None:
            held.undone.pop()
            held.done.append(before)

        self._edit(lambda held: held.undone[-1] if held.undone else None, done)

    def _edit(self, edit: Callable[[HeldSession], Edits | None], done: Callable[[HeldSession, Edits], object]) -> None:
        """Save other edits.

        Args:
            edit: they are made when their turn comes; None where there is nothing to do.
            done: given those before, once the new ones are saved.
        """
        asked = self.held

        def prepare() -> Callable[[], OpenedSession] | None:
            held = self._latest(asked)
            if held is None or (edits := edit(held)) is None:
                return None
            return partial(edited, held.now, edits)

        def saved(after: OpenedSession) -> None:
            if (held := self._latest(asked)) is None:
                return
            done(held, held.now.session.edits)
            held.now = after
            if held is self.held:
                self._shown(after)

        self._queue.run(prepare, saved, self._failed, saves=True)

    def _latest(self, held: HeldSession | None) -> HeldSession | None:
        """The same session as it was read last: it may have been opened again."""
        now = self.held
        again = held is not None and now is not None and now.now.session.folder == held.now.session.folder
        return now if again else held
