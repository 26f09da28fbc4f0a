"""What is evaluated."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mien.models.cards import Card


@dataclass(frozen=True)
class Classified:
    """What a model says of N faces."""

    logits: NDArray[np.float32]
    """(N, C), not yet divided by the card's temperature."""
    unlikeness: NDArray[np.float32] | None
    """(N,); None of a model that does not measure it."""


class Classifier(Protocol):
    """A model that is ready to be evaluated."""

    card: Card

    def classify(self, images: NDArray[np.uint8], size: int | None = None) -> Classified:
        """Classify faces.

        Args:
            images: (N, channels, s, s).
            size: first shrink each face to this side, px (antialiased), and enlarge it again (bilinearly).
        """
        ...
