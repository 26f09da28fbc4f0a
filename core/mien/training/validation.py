"""How well a network classifies the validation faces while it is being trained."""

from typing import Any

import torch

from mien.data.faceset import FaceSet
from mien.evaluation.metrics import evaluate, predict_logits
from mien.evaluation.scores import score
from mien.nn.network import ExpressionNetwork

SMALL = 16
"""Side, px, to which faces are shrunk for an epoch's second figure."""
_SHOWN = 8  # faces whose prediction stands in each epoch's event


def epoch_scores(network: ExpressionNetwork, faces: FaceSet) -> dict[str, Any]:
    """The figures of an epoch's event.

    Args:
        network: in evaluation mode.
        faces: the validation faces.

    Returns:
        accuracy, accuracy_16 (of faces shrunk to 16 px), macro_f1, confusion, and the predictions for some faces.
    """
    side = network.config.crop_size
    probabilities = torch.softmax(predict_logits(network, faces.images), 1)
    full = score(probabilities.numpy(), faces.targets.numpy(), faces.classes, faces.source, side)
    small = evaluate(network, faces, size=min(SMALL, side))
    best, read_as = probabilities.max(1)
    shown = [
        {
            "name": faces.names[i],
            "labelled": faces.classes[int(faces.targets[i])],
            "read_as": faces.classes[int(read_as[i])],
            "probability": round(float(best[i]), 3),
        }
        for i in range(0, len(faces), -(-len(faces) // _SHOWN))
    ]
    return {
        "accuracy": full.accuracy,
        "macro_f1": full.macro_f1,
        "accuracy_16": small.accuracy,
        "confusion": full.confusion,
        "faces": shown,
    }
