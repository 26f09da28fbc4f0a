"""Calibrates a finished model again, on its validation faces."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.data.faceset import FaceSet
from mien.evaluation.metrics import predict_logits
from mien.models import weights
from mien.models.cards import Card, locate, write_card
from mien.models.replacing import unchanged
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
    changed: bool
    """Whether the network is not as in the file any more: it got such a measure, or lost one."""

    def write(self, name: str) -> str:
        """Write the card and, where the network has changed, its weights; the card's path.

        Raises:
            MienError: they cannot be written, or others have been written meanwhile; see `mien.models.replacing`.
        """
        path = locate(name)
        with writing(path), unchanged(self.card, path):
            if self.changed:
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
    had = network.unlikeness is not None
    learned = learn_unlikeness(network, faces)
    metrics = {key: value for key, value in card.metrics.items() if key != "unlike"}
    if learned is None:
        logits, figures = predict_logits(network, faces.images), None
    else:
        logits, figures = learned.logits, learned.figures
        metrics["unlike"] = figures
    made = with_calibration(replace(card, network=network.config, metrics=metrics), logits, faces)
    return Recalibrated(network, made, logits.numpy(), figures, changed=had or learned is not None)
