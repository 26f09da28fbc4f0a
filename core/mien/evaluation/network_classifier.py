"""A network in PyTorch, to be evaluated."""

import numpy as np
import torch
from numpy.typing import NDArray

from mien.evaluation.classifier import Classified
from mien.evaluation.metrics import predict_stages
from mien.models import weights
from mien.models.cards import Card
from mien.nn.network import ExpressionNetwork, best_device


class NetworkClassifier:
    """A network on the device where it is."""

    def __init__(self, network: ExpressionNetwork, card: Card) -> None:
        self.network, self.card = network, card

    def classify(self, images: NDArray[np.uint8], size: int | None = None) -> Classified:
        """See `mien.evaluation.classifier.Classifier.classify`."""
        made = predict_stages(self.network, torch.from_numpy(images), size=size)
        return Classified(made.logits.numpy(), None if made.unlikeness is None else made.unlikeness.numpy())


def load_classifier(model: str) -> NetworkClassifier:
    """A model by name or path, on the GPU where there is one.

    Raises:
        MienError: it cannot be read.
    """
    network, card = weights.load(model)
    return NetworkClassifier(network.to(best_device()), card)
