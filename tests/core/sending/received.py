"""Recognitions to send, and a client of each protocol that tells what arrived."""

import time
from collections.abc import Callable

import numpy as np

from mien.expressions import EXPRESSIONS
from mien.types import Face, HeadPose, Prediction, Recognition

POSE = HeadPose(-12.0, 3.0, 4.5, (-20.0, 5.0, 612.0), 0.31, 0.29, 0.02, True, np.zeros((0, 3), np.float32))
"""Of the first person alone."""


def recognition(index: int, people: int = 1) -> Recognition:
    """Of frame `index` at 25 fps: each person is happy with a probability that tells the frame, and not sure."""
    return Recognition(index, index / 25, tuple(_prediction(index, number + 1) for number in range(people)), ())


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def happiness(index: int) -> float:
    return round(0.5 + index % 100 / 1000, 5)


def _prediction(index: int, person: int) -> Prediction:
    face = Face((10.0 * person, 20.0, 64.0, 48.0), np.zeros((6, 2), np.float32), 0.9)
    values = np.full(len(EXPRESSIONS), (1 - happiness(index)) / 7, np.float32)
    values[1] = happiness(index)
    return Prediction(
        person,
        face,
        values,
        values,
        "happiness",
        False,
        index,
        index / 25,
        expressions=(1, 2),
        unsure=("small",),
        pose=POSE if person == 1 else None,
    )
