"""Calibrates a finished model again, on its validation faces."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.data.faceset import FaceSet
from mien.evaluation.metrics import predict_logits
from mien.models import weights
from mien.models.cards import Card, locate, write_card
from mien.nn.network import ExpressionNetwork
from mien.training.describe import with_calibration
from mien.training.unlikeness import learn_unlikeness
from mien.utils.files import writing


@dataclass(frozen=True)
class Recalibrated:
    """A model with new calibration."""

    network: ExpressionNetwork
    card: Card
    logits: NDArray[np.float32]
    """(N, C) of the validation faces."""
    unlike: dict[str, Any] | None
    """Figures of the measure of unlike faces; None where there are too few faces for one."""

    def write(self, name: str) -> str:
        """Write the card and, where the network measures which faces are unlike, its weights; the card's path."""
        path = locate(name)
        with writing(path):
            if self.card.network.unlikeness:
                weights.write(self.network, self.card, path)
            else:
                write_card(self.card, path)
        return str(path)


def recalibrate(network: ExpressionNetwork, card: Card, faces: FaceSet) -> Recalibrated:
    """Fit calibration, prediction sets and the measure of unlike faces.

    Args:
        network: finished; its measure of unlike faces is fitted in place.
        card: its card.
        faces: the validation faces, in the network's order of classes.
    """
    learned = learn_unlikeness(network, faces)
    if learned is None:
        logits = predict_logits(network, faces.images)
    else:
        logits = learned.logits
        card = replace(card, network=network.config, metrics={**card.metrics, "unlike": learned.figures})
    made = with_calibration(card, logits, faces)
    return Recalibrated(network, made, logits.numpy(), None if learned is None else learned.figures)
