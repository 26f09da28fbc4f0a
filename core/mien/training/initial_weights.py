"""The network with which a training starts."""

import logging
from pathlib import Path

import torch

from mien import language
from mien.errors import MienError
from mien.models import weights
from mien.nn import weight_transfer
from mien.nn.arbex import streams
from mien.nn.face_backbones import FaceStream
from mien.nn.network import ExpressionNetwork
from mien.training.config import TrainConfig

log = logging.getLogger(__name__)


def start_network(config: TrainConfig) -> tuple[ExpressionNetwork, str]:
    """Build the network and give it its initial weights.

    Without a connection, `pretrained` falls back to random weights, with a warning.

    Returns:
        The network, and in words what it really started from.

    Raises:
        MienError: a model or file cannot be read, or does not fit the network.
    """
    network, start = _start(config)
    if config.resizer_start:
        source, card = weights.load(config.resizer_start)
        front = ("superres.", "resizer.")
        tensors = {name: value for name, value in source.state_dict().items() if name.startswith(front)}
        if not weight_transfer.matching(network, tensors):
            text = language.tr("Config: '{}' has no super-resolution and no resizer that fit this network.")
            raise MienError(text.format(card.name))
        start += f", resizer of {card.name}"
    for file, part in ((config.image_stream, "image"), (config.landmark_stream, "landmarks")):
        if file:
            stream = getattr(network.backbone, part, None)
            if isinstance(stream, FaceStream):
                _load_face_network(stream, file)
            elif isinstance(stream, streams.ImageStream | streams.LandmarkStream):
                streams.load_published(stream, Path(file))
            else:
                text = language.tr("Config: the backbone '{}' has no {} stream to load.")
                raise MienError(text.format(config.network.backbone, part))
            start += f", {_shown(file)}"
    return network, start


def _shown(source: str) -> str:
    """A model or file by its name: a whole path would tell more about the machine than about the model."""
    return Path(source).name.removesuffix(".json")


def _load_face_network(stream: FaceStream, source: str) -> None:
    """Give a stream a face network, which then stays as it is: that of a model, or of a backbone's file."""
    if Path(source).suffix == ".safetensors" and not Path(source).with_suffix(".json").is_file():
        weight_transfer.from_file(stream, Path(source))
    else:
        backbone = weights.load(source)[0].backbone.state_dict()
        tensors = {name: value for name, value in backbone.items() if name.startswith("face.")}
        if weight_transfer.matching(stream, tensors) < len(stream.face.state_dict()):
            text = language.tr(
                "Config: '{}' has no whole face network for a stream. Name a model over face_mobilenet, or a "
                "safetensors file of the face network."
            )
            raise MienError(text.format(source))
    stream.face.requires_grad_(False)


def _start(config: TrainConfig) -> tuple[ExpressionNetwork, str]:
    torch.manual_seed(config.seed)
    if config.start == "pretrained":
        try:
            network = ExpressionNetwork(config.network, pretrained=True, drop_path=config.drop_path)
            return network, "timm's pretrained backbone"
        except Exception as error:  # the hub's client raises many kinds when it cannot reach its server
            log.warning(
                "No pretrained weights for %s (%s): starting from random ones. Give a file with --start FILE.",
                config.network.backbone,
                type(error).__name__,
            )
    torch.manual_seed(config.seed)
    network = ExpressionNetwork(config.network, drop_path=config.drop_path)
    if config.start in ("pretrained", "random"):
        return network, "random"
    path = Path(config.start)
    if path.is_file() and not path.with_suffix(".json").is_file():
        weight_transfer.from_file(network.backbone, path)
    else:
        source, _ = weights.load(config.start)
        weight_transfer.from_model(network, source)
    return network, _shown(config.start)
