"""What a network in PyTorch makes of labelled faces, and how well it classifies them."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from mien.data.faceset import FaceSet
from mien.data.filters import resample
from mien.evaluation.scores import Scores, score_logits
from mien.nn.network import ExpressionNetwork


@torch.no_grad()
def predict_logits(model: Callable[[Tensor], Tensor], images: Tensor, *, size: int | None = None) -> Tensor:
    """Logits of many faces.

    Args:
        model: (B, channels, s, s) 0..1 -> (B, C) logits; it runs on the device where it is.
        images: (N, channels, s, s) uint8.
        size: first shrink each face to this side, px (antialiased), and enlarge it again (bilinearly).

    Returns:
        (N, C) float32 on the CPU.
    """
    device = next(model.parameters()).device if isinstance(model, nn.Module) else torch.device("cpu")
    # On a CPU, the activations of a few faces stay in its cache: twice as fast as 64 at once.
    logits = []
    for chunk in images.split(8 if device.type == "cpu" else 256):
        x = chunk.to(device).float() / 255
        if size is not None:
            x = resample(x, size)
        logits.append(model(x).float().cpu())
    return torch.cat(logits)


@dataclass(frozen=True)
class Predicted:
    """A network's output for N faces, on the CPU."""

    logits: Tensor
    """(N, C)."""
    embedding: Tensor
    """(N, F)."""
    unlikeness: Tensor | None
    """(N,); None of a network that does not measure it."""


@torch.no_grad()
def predict_stages(network: ExpressionNetwork, images: Tensor, *, size: int | None = None) -> Predicted:
    """As `predict_logits`, with embeddings and unlikeness."""
    stages = []

    class Watched(nn.Module):
        """The network, keeping what its stages give."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, x: Tensor) -> Tensor:
            """(B, channels, s, s) -> (B, C)."""
            made = network.stages(x)
            seen = None if made.unlikeness is None else made.unlikeness.float().cpu()
            stages.append((made.embedding.float().cpu(), seen))
            return made.logits

    logits = predict_logits(Watched().eval(), images, size=size)
    scores = [score for _, score in stages if score is not None]
    return Predicted(logits, torch.cat([embedding for embedding, _ in stages]), torch.cat(scores) if scores else None)


def evaluate(model: Callable[[Tensor], Tensor], faces: FaceSet, *, size: int | None = None) -> Scores:
    """Evaluate a model on labelled faces, without calibration.

    Args:
        model: see `predict_logits`.
        faces: labelled, in the model's order of classes.
        size: see `predict_logits`.
    """
    logits = predict_logits(model, faces.images, size=size)
    return score_logits(logits.numpy(), faces.arrays, 1.0, None, size=size)
