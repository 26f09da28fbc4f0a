"""A person's figures over a span of time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from mien.probabilities.unsure_reasons import REASONS
from mien.session.edits import TimeSpan
from mien.session.session import Session
from mien.types import SAME_TIME_S, Reason


@dataclass(frozen=True)
class Summary:
    """One person in one span."""

    person: int
    seen_s: float
    """How long the person was in view."""
    shares: NDArray[np.float64]
    """(C,) of that time for which each expression was the most probable."""
    means: NDArray[np.float64]
    """(C,) mean probabilities."""
    changes: int
    """How often the most probable expression changed."""
    unsure: float
    """Share of the predictions that were not sure."""
    reasons: dict[Reason, float]
    """Share of the predictions that were not sure for each reason that occurred; a prediction may have several."""


def summarise(session: Session, person: int, start_s: float, end_s: float) -> Summary:
    """Sum up what is shown of a person from `start_s` up to, but not with, `end_s`.

    Each frame counts for as long as `in_view` says, so that shares are of time even if the frame rate varies.
    """
    rows, times = in_view(session, person, start_s, end_s)
    classes = len(session.classes)
    if not len(rows):
        return Summary(person, 0.0, np.zeros(classes), np.zeros(classes), 0, 0.0, {})
    lasts = times[:, 1] - times[:, 0]
    probabilities = session.rows.probabilities[rows]
    best = probabilities.argmax(1)
    total = max(float(lasts.sum()), 1e-9)
    return Summary(
        person=person,
        seen_s=float(lasts.sum()),
        shares=np.bincount(best, lasts, minlength=classes) / total,
        means=np.asarray(lasts @ probabilities / total, np.float64),
        changes=int((np.diff(best) != 0).sum()),
        unsure=float((~session.rows.sure[rows]).mean()),
        reasons=_shares(session.rows.unsure[row] for row in rows),
    )


def _shares(unsure: Iterable[tuple[Reason, ...]]) -> dict[Reason, float]:
    """The share of each reason, in their fixed order."""
    each = list(unsure)
    counts = Counter(chain.from_iterable(each))
    return {reason: counts[reason] / len(each) for reason in REASONS if counts[reason]}


def in_view(
    session: Session, person: int, start_s: float, end_s: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """What is shown of a person from `start_s` up to, but not with, `end_s`.

    Frames end as `Session.frame_ends` says. Of one that lasts into the time or out of it, the part within counts, so
    that spans that follow one another add up to the whole.

    Returns:
        (N,) rows, one a frame, and (N, 2) from when to when each is shown, seconds.
    """
    rows = session.rows_of(person)
    frames = session.rows.frame[rows]
    begins = session.frame_times[frames]
    ends = session.frame_ends[frames]
    times = np.stack([np.maximum(begins, start_s), np.minimum(ends, end_s)], 1)
    shown = times[:, 1] - times[:, 0] > SAME_TIME_S
    return rows[shown], times[shown]


def whole_span(session: Session) -> TimeSpan:
    """From the first frame to the end of the last one."""
    return TimeSpan(float(session.frame_times[0]), float(session.frame_ends[-1]))


def next_change(session: Session, person: int, place: int) -> int | None:
    """The next frame's place, after this one, at which a person's most probable expression changes."""
    return _first_after(_changes(session, person), place)


def previous_change(session: Session, person: int, place: int) -> int | None:
    """The last frame's place, before this one, at which a person's most probable expression changes."""
    before = _changes(session, person)
    before = before[before < place]
    return int(before[-1]) if len(before) else None


def _changes(session: Session, person: int) -> NDArray[np.int64]:
    """The frames' places at which a person's most probable expression is another than in the row before."""
    rows = session.rows_of(person)
    best = session.rows.probabilities[rows].argmax(1)
    changed: NDArray[np.int64] = session.rows.frame[rows][1:][np.diff(best) != 0]
    return changed


def next_unsure(session: Session, person: int, place: int) -> int | None:
    """The next frame's place, after this one, from which on the predictions for a person are not sure."""
    rows = session.rows_of(person)
    unsure = ~session.rows.sure[rows]
    begins = unsure & ~np.concatenate([[False], unsure[:-1]])
    return _first_after(session.rows.frame[rows][begins], place)


def _first_after(places: NDArray[np.int64], place: int) -> int | None:
    later = places[places > place]
    return int(later[0]) if len(later) else None
