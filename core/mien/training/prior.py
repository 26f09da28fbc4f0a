"""The prior label distributions of a dataset that has one label a face and no votes."""

import torch
from torch import Tensor
from torch.nn import functional as F

from mien.data.faceset import FaceSet
from mien.nn.network import ExpressionNetwork

_FACES = 100  # of each class; more hardly change a mean


@torch.no_grad()
def folder_prior(network: ExpressionNetwork, faces: FaceSet) -> Tensor:
    """Which classes look alike to a network, instead of to annotators (PDLS, Hwang et al. 2022, Sec. 3.3).

    Each face is assigned, softly, to the classes whose mean embeddings are near; row y is the mean over class y's
    faces.

    Args:
        network: its backbone embeds the faces.
        faces: a class without any gets the uniform distribution.

    Returns:
        (C, C); rows sum to 1.
    """
    device = next(network.parameters()).device
    was_training = network.training
    network.eval()
    rows: list[Tensor] = []
    handle = network.backbone.register_forward_hook(lambda _, __, embedding: rows.append(embedding.float().cpu()))
    try:
        targets = faces.targets
        chosen = torch.cat([(targets == c).nonzero()[:_FACES, 0] for c in range(len(faces.classes))])
        for part in chosen.split(64):
            network(faces.images[part].to(device).float() / 255)
    finally:
        handle.remove()
        network.train(was_training)
    embeddings, targets = F.normalize(torch.cat(rows)), targets[chosen]
    present = targets.unique()  # in order
    means = torch.stack([embeddings[targets == c].mean(0) for c in present])
    distance = torch.cdist(embeddings, means).square()
    own = distance[torch.arange(len(targets)), torch.searchsorted(present, targets)].mean().clamp(min=1e-6)
    nearness = torch.softmax(-distance / own, 1)
    prior = torch.full((len(faces.classes), len(faces.classes)), 1 / len(faces.classes))
    for c in present:
        prior[c] = 0
        prior[c, present] = nearness[targets == c].mean(0)
    return prior
