"""Covers faces, so that nobody can recognise them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.session.session import Session
from mien.types import Image

_HOLD_S = 0.5  # a face is covered for so long before it is first found, and after it is last found
_GROW = 1.5  # of the box, so that hair and ears are covered too
_BLOCKS = 7  # along a side of a covered face

Box = tuple[float, float, float, float]


class Blurring:
    """Covers everybody's face, or everybody's but one person's.

    A face is also covered in the frames between two in which it was found, and a little before and after. Where the
    detector never found a face, none is covered: the video must be looked at before it is handed on.
    """

    def __init__(self, session: Session, who: str) -> None:
        """Find out which boxes to cover.

        Args:
            session: its rows say where the faces are.
            who: "all", "others:3" (all but person 3), or "" for nobody.

        Raises:
            MienError: `who` is none of these, or there is no such person.
        """
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
        self._boxes = _boxes_by_place(session, hidden) if hidden.any() else {}

    def cover(self, image: Image, place: int) -> None:
        """Cover faces in a frame's picture, in place; `place` is the frame's in `Session.frame_times`."""
        for box in self._boxes.get(place, ()):
            _cover(image, box)


def _boxes_by_place(session: Session, hidden: NDArray[np.bool_]) -> dict[int, list[Box]]:
    times = session.frame_times
    boxes: dict[int, list[Box]] = {}
    for track in np.unique(session.rows.track[hidden]):
        rows = hidden & (session.rows.track == track)
        places, own = session.rows.frame[rows], session.rows.box[rows]
        first = int(np.searchsorted(times, times[places[0]] - _HOLD_S))
        last = int(np.searchsorted(times, times[places[-1]] + _HOLD_S, side="right")) - 1
        everywhere = np.arange(first, last + 1)
        filled = np.stack([np.interp(everywhere, places, own[:, i]) for i in range(4)], 1)
        for place, box in zip(everywhere.tolist(), filled.tolist(), strict=True):
            boxes.setdefault(place, []).append(tuple(box))
    return boxes


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
