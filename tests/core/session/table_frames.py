"""Frames and predictions made by hand, of which every kind of cell of a session's table comes."""

from collections.abc import Iterator

import numpy as np

from mien.session.manifest import Input, Manifest, Person
from mien.types import Face, Frame, Prediction, Reason, Recognition

CLASSES = ("neutral", "=sum", "happiness")
"""One class looks like a spreadsheet's formula."""


def frames() -> Iterator[tuple[Frame, Recognition]]:
    """A sure face; no face; a small face and one cut by the frame's edge, neither sure; a person seen briefly."""
    image = np.zeros((120, 160, 3), np.uint8)
    yield _frame(0, 0.0, image, _face(0, 1, (10.5, 20.25, 40.0, 44.126), (0.93, 0.05, 0.02), (0,), ()))
    yield _frame(1, 1 / 3, image)
    yield _frame(
        3,
        2 / 3,
        image,
        _face(3, 1, (12.0, 20.0, 20.0, 23.5), (0.2, 0.45, 0.35), (1, 2), ("small", "ambiguous")),
        _face(3, 2, (-3.0, 90.0, 60.0, 50.0), (1e-7, 0.3333333, 0.6666666), (), ("blurred", "turned", "unlike")),
    )
    yield _frame(4, 1.0, image, _face(4, 7, (100.0, 10.0, 30.0, 30.0), (0.0, 1.0, 0.0), (1,), ()))


def _frame(index: int, time_s: float, image: np.ndarray, *found: Prediction) -> tuple[Frame, Recognition]:  # type: ignore[type-arg]
    return Frame(index, time_s, image), Recognition(index, time_s, found, ())


def _face(
    frame: int,
    track: int,
    box: tuple[float, float, float, float],
    probabilities: tuple[float, ...],
    expressions: tuple[int, ...],
    unsure: tuple[Reason, ...],
) -> Prediction:
    keypoints = np.linspace(box[0], box[1], 12, dtype=np.float32).reshape(6, 2)
    values = np.array(probabilities, np.float32)
    return Prediction(
        track_id=track,
        face=Face(box, keypoints, 0.87654321),
        probabilities=values,
        raw_probabilities=values,
        label=CLASSES[int(values.argmax())],
        sure=not unsure,
        frame_index=frame,
        time_s=0.0,
        expressions=expressions,
        unsure=unsure,
    )


def manifest() -> Manifest:
    """Of these frames; the track 7 is nobody's."""
    return Manifest(
        input=Input("/videos/=film.mp4", "0" * 64, 1, 160, 120, 3.0, 1.0),
        model="light",
        model_sha256="0" * 64,
        classes=CLASSES,
        persons=(Person(1, (1,), 2, 0.0, 2 / 3), Person(2, (2,), 1, 2 / 3, 2 / 3)),
        options={},
        counts={},
        timings={},
    )
