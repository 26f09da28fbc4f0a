"""Which parts of a network learn and which stay frozen, for fine-tuning on few pictures."""

from typing import Any, Literal, get_args

from torch import nn

from mien import language
from mien.errors import MienError
from mien.nn.backbones import PositionedSwin
from mien.nn.network import ExpressionNetwork

from timm.models import group_parameters  # isort: skip  (after torchvision is repaired)

Trained = Literal["everything", "backbone", "later blocks", "last blocks", "head"]
Front = Literal["super-resolution", "neural resizer"]
"""What stands before the backbone and can learn alone: the super-resolution, or it and the resizer behind it. For
Mien's own configs, no choice for a person's own pictures."""
Learning = Literal[Trained, Front]

_SHARES = {"later blocks": 2 / 3, "last blocks": 1 / 3}  # of the backbone's blocks


def freeze(network: ExpressionNetwork, trained: Learning) -> None:
    """Let only the chosen part learn, and everything between it and the output.

    What was frozen before, as the streams of an `arbex_light` are, stays frozen.

    Args:
        network: changed in place.
        trained: the head alone, the head with the last third or the last two thirds of the backbone's blocks or with
            the whole backbone (the resizer stays), or everything; or nothing but the super-resolution, or nothing but
            it and the resizer.

    Raises:
        MienError: the network has no super-resolution or resizer that could learn.
    """
    if trained == "everything":
        return
    frozen = {parameter for parameter in network.parameters() if not parameter.requires_grad}
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    for parameter in _learning(network, trained):
        parameter.requires_grad_(parameter not in frozen)


def _learning(network: ExpressionNetwork, trained: Learning) -> list[nn.Parameter]:
    if trained in get_args(Front):
        front = [network.superres] if trained == "super-resolution" else [network.superres, network.resizer]
        learning = [parameter for stage in front if stage is not None for parameter in stage.parameters()]
        if not learning:
            raise MienError(language.tr("Config: trained = {}, but the network has none.").format(repr(trained)))
        return learning
    learning = list(network.head.parameters())
    if network.balancing is not None:
        learning += network.balancing.parameters()
    if trained == "backbone":
        learning += network.backbone.parameters()
    elif trained in _SHARES:
        learning += _last_blocks(network.backbone, _SHARES[trained])
    return learning


def _last_blocks(backbone: nn.Module, share: float) -> list[nn.Parameter]:
    """The parameters of the last share of a backbone, in timm's order of its layers."""
    timms: Any = backbone.swin if isinstance(backbone, PositionedSwin) else backbone
    layers = group_parameters(timms, timms.group_matcher(coarse=False), reverse=True)
    first = max(layers.values()) * (1 - share)
    return [parameter for name, parameter in timms.named_parameters() if layers[name] > first]


def train_mode(network: ExpressionNetwork) -> None:
    """Training mode for what learns. Frozen parts keep their batch statistics and drop nothing."""
    network.train()
    for module in network.modules():
        own = list(module.parameters())
        if own and not any(parameter.requires_grad for parameter in own):
            module.eval()
