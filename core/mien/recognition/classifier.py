"""From crops to calibrated probabilities, all crops in one batch."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.faces.alignment import crop
from mien.models.cards import Card
from mien.probabilities.calibration import calibrated
from mien.runtimes import Output, Runtime
from mien.types import BalancingTrace, Face, Image, ResizerViews
from mien.utils import forks
from mien.utils.images import from_chw, to_chw


@dataclass(frozen=True)
class ClassifiedCrop:
    """What a model says of one crop, before anything is known of other frames."""

    crop: NDArray[np.uint8]
    """(channels, crop_size, crop_size)."""
    probabilities: NDArray[np.float32]
    """(C,), calibrated."""
    balance: BalancingTrace | None
    """None of a model without balancing."""
    views: ResizerViews | None
    """None unless asked for."""
    unlikeness: float
    """0 of a model that does not measure it."""


def prepare(image: Image, face: Face, card: Card) -> NDArray[np.uint8]:
    """Cut out and align a face for a model.

    Args:
        image: BGR (H, W, 3).
        face: in this image.
        card: of the model.

    Returns:
        (channels, crop_size, crop_size).
    """
    network = card.network
    return to_chw(crop(image, face, network.crop_size), network.crop_size, network.channels)


def classify_crops(
    runtime: Runtime, crops: Sequence[NDArray[np.uint8]], *, views: bool = False, ready_made: bool = False
) -> list[ClassifiedCrop]:
    """Classify crops, however many.

    Args:
        runtime: the model.
        crops: of `prepare`, (channels, crop_size, crop_size) each.
        views: add what the resizer made of them.
        ready_made: they were cut out by somebody else, so that they may be of the training's own source. What Mien cut
            out of a frame comes from elsewhere.
    """
    if not crops:
        return []
    forks.claim()
    card = runtime.card
    output = runtime.run(np.stack(crops))
    logits = output.logits if ready_made else output.from_elsewhere()
    probabilities = calibrated(logits, card.temperature, card.calibration)
    return [
        ClassifiedCrop(
            crop=crop,
            probabilities=probabilities[i],
            balance=balance,
            views=_views(crop, output.resized[i], card.network.input_size) if views else None,
            unlikeness=0.0 if output.unlikeness is None else float(output.unlikeness[i]),
        )
        for i, (crop, balance) in enumerate(zip(crops, _traces(output, card), strict=True))
    ]


def _traces(output: Output, card: Card) -> Sequence[BalancingTrace | None]:
    if output.uncorrected is None or output.parts is None or output.shares is None:
        return [None] * len(output.logits)
    before = calibrated(output.uncorrected, card.temperature, card.calibration)
    return [BalancingTrace(*own) for own in zip(before, output.parts, output.shares, strict=True)]


def _views(crop: NDArray[np.uint8], resized: NDArray[np.float32], size: int) -> ResizerViews:
    plain = from_chw(crop.astype(np.float32) / 255)
    bilinear = np.asarray(cv2.resize(plain, (size, size), interpolation=cv2.INTER_LINEAR), np.uint8)
    return ResizerViews(bilinear, from_chw(resized), crop.shape[-1])
