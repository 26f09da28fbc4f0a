"""Draws boxes, persons and expressions into a frame."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.colours import AXIS_COLOURS, UNSURE, bgr, class_colour, readable_on
from mien.faces.pose.head import axes
from mien.probabilities.wording import in_words
from mien.types import Image, Prediction
from mien.utils.fonts import font_for

_FONT_SHARE, _SMALLEST_FONT = 1 / 28, 13  # of the picture's height, px
_WEIGHT = 600


def draw_faces(
    image: Image, predictions: Sequence[Prediction], classes: tuple[str, ...], name: Callable[[int], str]
) -> None:
    """Draw each face's box, person, expression and, where measured, its head's axes into a BGR picture, in place."""
    size = max(round(image.shape[0] * _FONT_SHARE), _SMALLEST_FONT)
    wide, tall = image.shape[1], image.shape[0]
    for prediction in predictions:
        if prediction.pose is not None:
            _axes(image, axes(prediction.pose, wide, tall), max(size // 8, 1))
        ink = class_colour(prediction.label, classes.index(prediction.label)) if prediction.sure else UNSURE
        left, top, width, height = (round(v) for v in prediction.face.box)
        cv2.rectangle(image, (left, top), (left + width, top + height), bgr(ink), max(size // 8, 1), cv2.LINE_AA)
        text = in_words(prediction, classes)
        _label(image, f"{name(prediction.track_id)}: {text}" if prediction.track_id else text, left, top, size, ink)


def _axes(image: Image, points: NDArray[np.float64], weight: int) -> None:
    start, *ends = [tuple(point) for point in np.round(points * 16).astype(int).tolist()]
    for end, ink in zip(ends, AXIS_COLOURS, strict=True):
        cv2.line(image, start, end, bgr(ink), weight, cv2.LINE_AA, shift=4)


def _label(image: Image, text: str, left: int, top: int, size: int, ink: str) -> None:
    font = font_for(text)
    _, _, wide, _ = cv2.getTextSize((image.shape[1], image.shape[0]), text, (0, 0), font, size, _WEIGHT)
    tall = round(1.5 * size)
    x = min(max(left, 0), max(image.shape[1] - wide - size, 0))
    y = max(top - tall, 0)
    cv2.rectangle(image, (x, y), (x + wide + size // 2, y + tall), bgr(ink), -1)
    cv2.putText(image, text, (x + size // 4, y + round(1.1 * size)), bgr(readable_on(ink)), font, size, _WEIGHT)
