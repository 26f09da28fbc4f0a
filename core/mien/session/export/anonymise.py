"""Covers faces, so that nobody can recognise them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError
from mien.session.session import Session
from mien.types import SAME_TIME_S, Image

_HOLD_S = 0.5  # a face is covered for so long before it is first found, and after it is last found
_FRAMES_TO_FIND = 12  # a small new face is found in one of so many analysed frames: the detector's tiles take turns
_AROUND_S = 0.2  # a box is joined with those of so long before and after: the face moves, and one box may be too small
_FARTHEST_PX = 1e6  # from where it was found; a table that somebody made up may say more than can be drawn
_GROW = 1.5  # of the box, so that hair and ears are covered too
_BLOCKS = 7  # along a side of a covered face

Box = tuple[float, float, float, float]


class Blurring:
    """Covers everybody's face, or everybody's but one person's.

    A face is also covered where it lies between two frames in which it was found, and a little before and after, along
    its way. Where the detector never found a face, none is covered: the video must be looked at before it is handed on.
    """

    def __init__(self, session: Session, who: str) -> None:
        """Find out which boxes to cover.

        Args:
            session: its rows say where the faces are.
            who: "all", "others:3" (all but person 3), or "" for nobody.

        Raises:
            MienError: `who` is none of these, there is no such person, or faces were left out.
        """
        if who:
            _check_all_are_known(session)
        rows = session.rows
        hidden = np.zeros(len(rows.frame), bool)
        if who == "all":
            hidden[:] = True
        elif who:
            kind, _, number = who.partition(":")
            if kind != "others" or not number.isdecimal():
                raise MienError(f"'{who}' does not say whom to blur. Write all, or others:1 for all but person 1.")
            if int(number) not in session.people():
                known = ", ".join(map(str, session.people())) or "nobody"
                raise MienError(f"There is no person {number} in {session.name}. There are: {known}. Or blur all.")
            hidden = session.persons != int(number)
        times = session.frame_times
        step_s = float(np.median(np.diff(times))) if len(times) > 1 else 0.0
        before_s = max(_HOLD_S, _FRAMES_TO_FIND * step_s)
        after_s = max(_HOLD_S, 2 * step_s)
        self._hidden = frozenset(np.unique(session.persons[hidden]).tolist())
        self._name = session.person_name
        found = [
            (rows.time_s[own], rows.box[own])
            for track in np.unique(rows.track[hidden])
            if (own := hidden & (rows.track == track)).any()
        ]
        self._tracks = [_Track(*one, _gap_around(times, one[0], before_s, after_s)) for one in found]
        self._tracks += _ways_between(times, found)

    def name(self, person: int) -> str:
        """What a person is called beside the face; who is covered is not named, as a given name says who it is."""
        return f"Person {person}" if person in self._hidden else self._name(person)

    def cover(self, image: Image, time_s: float) -> None:
        """Cover faces in the picture of a frame, in place; the frame need not be one that was analysed."""
        for track in self._tracks:
            box = track.at(time_s)
            if box is not None:
                _cover(image, box)


def _check_all_are_known(session: Session) -> None:
    """Raise MienError where faces were found and left out, or may have been: an older session does not say."""
    counts = session.manifest.counts
    if low := counts.get("low_score"):
        raise MienError(
            language.tr(
                "{} faces were found with a lower score than the settings asked for, and left out; they would stay "
                "visible. Analyse {} for a session that has them."
            ).format(low, session.video or session.name)
        )
    left_out = counts.get("left_out")
    if left_out:
        most = counts.get("most_faces", 0)
        raise MienError(
            language.tr(
                "Up to {} faces were found in a frame, more than were classified; the others would stay visible. "
                "Analyse the file again with {} faces at most."
            ).format(most, most),
            f"analyze --max-faces {most} --replace",
        )
    if left_out is None and _most_in_a_frame(session) >= session.manifest.options.get("max_faces", 0):
        raise MienError(
            language.tr(
                "{} is by an older version of Mien, which did not write down whether it left faces out; they would "
                "stay visible. Analyse the file again."
            ).format(session.name),
            "analyze --replace",
        )


def _most_in_a_frame(session: Session) -> int:
    return int(np.unique(session.rows.frame, return_counts=True)[1].max(initial=0))


def _gap_around(
    analysed: NDArray[np.float64], found: NDArray[np.float64], before_s: float, after_s: float
) -> tuple[float, float]:
    """From when and until when a face is covered that was found at these times.

    At least as long as nothing was analysed around them: while a recording's recognition lags, nobody looks.
    """
    place = int(np.searchsorted(analysed, found[0] - SAME_TIME_S))
    next_one = int(np.searchsorted(analysed, found[-1] + SAME_TIME_S))
    begin_s, end_s = found[0] - before_s, found[-1] + after_s
    if place > 0:
        begin_s = min(begin_s, analysed[place - 1])
    if next_one < len(analysed):
        end_s = max(end_s, analysed[next_one])
    return float(begin_s), float(end_s)


def _ways_between(
    analysed: NDArray[np.float64], found: list[tuple[NDArray[np.float64], NDArray[np.float64]]]
) -> list["_Track"]:
    """From each face that was found last in one analysed frame to each that was found first in the next one.

    It may be the same: one that moved too far between them to be followed has a new track.
    """
    begun: dict[int, list[tuple[NDArray[np.float64], NDArray[np.float64]]]] = {}
    for times, boxes in found:
        begun.setdefault(int(np.searchsorted(analysed, times[0] - SAME_TIME_S)), []).append((times, boxes))
    return [
        _Track(
            np.array([times[-1], later[0]]),
            np.stack([boxes[-1], new[0]]),
            (times[-1] + 2 * SAME_TIME_S, later[0] - 2 * SAME_TIME_S),  # where both were found, nothing is between
        )
        for times, boxes in found
        for later, new in begun.get(int(np.searchsorted(analysed, times[-1] + SAME_TIME_S)), ())
    ]


class _Track:
    """Where one face was, and where it may have been."""

    def __init__(self, times: NDArray[np.float64], boxes: NDArray[np.float64], covered_s: tuple[float, float]) -> None:
        """Take (N,) growing times and (N, 4) boxes; from when and until when the face is covered."""
        self._times = times
        self._edges = np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], 1)  # left, top, right, bottom
        self._begin_s, self._end_s = covered_s

    def at(self, time_s: float) -> Box | None:
        """What holds every box of about this time; None where the face is not covered."""
        if not self._begin_s - SAME_TIME_S <= time_s <= self._end_s + SAME_TIME_S:
            return None
        times = self._times
        first = np.searchsorted(times, time_s - _AROUND_S)
        end = np.searchsorted(times, time_s + _AROUND_S, side="right")
        # The one before and the one after, however long ago, so that the whole way between them is covered.
        after = int(np.searchsorted(times, time_s))
        nearest = (max(after - 1, 0), min(after, len(times) - 1))
        near = self._edges[[*nearest, *range(first, end)]]
        if time_s < times[0] or time_s > times[-1]:
            near = np.concatenate([near, self._moved(time_s)[None]])
        left, top = near[:, :2].min(0)
        right, bottom = near[:, 2:].max(0)
        return float(left), float(top), float(right - left), float(bottom - top)

    def _moved(self, time_s: float) -> NDArray[np.float64]:
        """The first or the last box, moved on as the face moved there."""
        place, away_s = (0, time_s - self._times[0]) if time_s < self._times[0] else (-1, time_s - self._times[-1])
        count = max(int((np.abs(self._times - self._times[place]) <= _AROUND_S).sum()), 2)
        part = slice(count) if place == 0 else slice(-count, None)
        times, edges = self._times[part], self._edges[part]
        if len(times) < 2:
            return np.array(self._edges[place])
        middles = (edges[:, :2] + edges[:, 2:]) / 2
        speed = (middles[-1] - middles[0]) / max(times[-1] - times[0], SAME_TIME_S)
        step = np.clip(speed * away_s, -_FARTHEST_PX, _FARTHEST_PX)
        return np.asarray(self._edges[place] + np.concatenate([step, step]))


def _cover(image: Image, box: Box) -> None:
    left, top, width, height = box
    tall, wide = image.shape[:2]
    grow_x, grow_y = width * (_GROW - 1) / 2, height * (_GROW - 1) / 2
    x0, x1 = max(int(left - grow_x), 0), min(int(left + width + grow_x) + 1, wide)
    y0, y1 = max(int(top - grow_y), 0), min(int(top + height + grow_y) + 1, tall)
    if x1 <= x0 or y1 <= y0:
        return
    part = image[y0:y1, x0:x1]
    small = cv2.resize(part, (_BLOCKS, _BLOCKS), interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(small, (x1 - x0, y1 - y0), interpolation=cv2.INTER_LINEAR)
    mask = np.zeros(part.shape[:2], np.uint8)
    middle = (round(left + width / 2) - x0, round(top + height / 2) - y0)
    axes = (round(width / 2 + grow_x), round(height / 2 + grow_y))
    cv2.ellipse(mask, middle, axes, 0, 0, 360, 255, -1)
    part[mask > 0] = coarse[mask > 0]
