"""Initial weights: from another Mien model, from a backbone's file, or of a Swin from a DeiT."""

import logging
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mien.errors import MienError
from mien.nn.backbones import PositionedSwin
from mien.nn.network import ExpressionNetwork
from mien.nn.tensor_files import read_tensors
from mien.utils.names import place_of

log = logging.getLogger(__name__)

_LOUD = 200.0  # the constant of swin_from_deit, beside channels of about 1


def matching(target: nn.Module, tensors: dict[str, Tensor]) -> int:
    """Copy every tensor whose name and shape the target has; return how many were copied."""
    own = target.state_dict()
    fitting = {k: v.to(own[k].dtype) for k, v in tensors.items() if k in own and own[k].shape == v.shape}
    target.load_state_dict(fitting, strict=False)
    return len(fitting)


def from_model(target: ExpressionNetwork, source: ExpressionNetwork) -> None:
    """Start from another Mien model: all tensors that fit are copied; a narrow Swin takes over a DeiT-Tiny.

    Args:
        target: changed in place.
        source: the other model's network.

    Raises:
        MienError: a narrow Swin for colour faces cannot take over a DeiT-Tiny.
    """
    copied = matching(target, source.state_dict())
    _inherit_classes(target, source)
    if (target.config.backbone, source.config.backbone) == ("swin_narrow", "deit_tiny_pooled"):
        assert isinstance(target.backbone, PositionedSwin)
        if target.config.channels != 1:
            raise MienError("The narrow Swin can take over a DeiT-Tiny for grey faces only (channels = 1).")
        swin_from_deit(target.backbone, source.backbone, source.mean, source.std)
        log.info("The Swin starts as the same function as the DeiT-Tiny.")
    log.info("%d of %d tensors start from the given model.", copied, len(target.state_dict()))


@torch.no_grad()
def _inherit_classes(target: ExpressionNetwork, source: ExpressionNetwork) -> None:
    """Give the head's last layer the rows of the classes that both have, by their names; the others are random."""
    last: Any = target.head[-1]
    old: Any = source.head[-1]
    if target.config.classes == source.config.classes or last.in_features != old.in_features:
        return
    last.reset_parameters()
    for row, name in enumerate(target.config.classes):
        place = place_of(name, source.config.classes)
        if place is not None:
            last.weight[row], last.bias[row] = old.weight[place], old.bias[place]


def from_file(target: nn.Module, path: Path) -> None:
    """Start a backbone, or a part of one, from a file in timm's layout; positions are resampled to its grid.

    Args:
        target: changed in place.
        path: a safetensors file.

    Raises:
        MienError: it cannot be read, or fewer than half of the tensors fit.
    """
    tensors = {key: value.float() for key, value in read_tensors(path).items()}
    # A backbone that stands on a face network takes that network's file.
    begun: nn.Module = getattr(target, "face", target)
    own = begun.state_dict()
    if "pos_embed" in tensors and "pos_embed" in own:
        tensors["pos_embed"] = _resampled_positions(tensors["pos_embed"], own["pos_embed"].shape[1])
    copied = matching(begun, tensors)
    if copied < len(own) // 2:
        raise MienError(f"{path} does not belong to this backbone: {copied} of its {len(own)} tensors fit.")
    log.info("%d of %d backbone tensors start from %s.", copied, len(own), path.name)


def _resampled_positions(positions: Tensor, length: int) -> Tensor:
    """(1, n, d) learned positions of a square grid, with or without a class token, to another length."""
    grid_from, grid_to = int(positions.shape[1] ** 0.5), int(length**0.5)
    prefix_from, prefix_to = positions.shape[1] - grid_from**2, length - grid_to**2
    prefix, grid = positions[:, :prefix_from], positions[:, prefix_from:]
    image = grid.reshape(1, grid_from, grid_from, -1).permute(0, 3, 1, 2)
    image = F.interpolate(image, size=(grid_to, grid_to), mode="bicubic", antialias=True, align_corners=False)
    flat = image.permute(0, 2, 3, 1).reshape(1, grid_to**2, -1)
    return torch.cat([prefix[:, :prefix_to], flat], 1)


def _balanced_basis(n: int) -> Tensor:
    """(n + 1, n): orthonormal columns, each of which sums to zero."""
    columns = torch.cat([torch.ones(n + 1, 1), torch.eye(n + 1)[:, :n]], 1)
    basis: Tensor = torch.linalg.qr(columns).Q[:, 1:]
    return basis


@torch.no_grad()
def swin_from_deit(swin: PositionedSwin, deit: Any, mean: Tensor, std: Tensor) -> None:
    """Make a narrow Swin compute what a trained, pooled DeiT-Tiny computes on grey faces.

    A stage that is simply copied is useless behind a random one. Here the first stage is built so that the patch
    merging after it hands the second stage exactly DeiT's tokens:

    - An 8x8 grey patch has 64 values, and the first stage is 96 wide: each patch is kept whole, in an orthonormal
      basis. Merging four of them rebuilds DeiT's 16x16 patch, to which DeiT's own embedding is applied.
    - The layer norms on the way would subtract each patch's mean and divide by its contrast. So the basis sums to zero
      over the channels, and two spare channels hold a large constant of opposite signs, beside which the contrast
      hardly counts: the norms become linear, and their scale is undone.
    - DeiT's learned positions travel in other spare channels: a quarter of their coordinates in each child patch.
    - The first stage's blocks add nothing at first (their last layers are zero), and learn from there.
    - The second stage is one 7x7 window, so its attention is DeiT's, with relative positions of zero.

    Args:
        swin: the `swin_narrow` backbone, changed in place.
        deit: a `deit_tiny_pooled` backbone.
        mean: (1, 3, 1, 1), the normalisation in front of both.
        std: (1, 3, 1, 1), likewise.
    """
    body: Any = swin.swin
    embed, merge = body.patch_embed, body.layers[1].downsample
    patch, width = embed.proj.kernel_size[0], embed.proj.out_channels
    pixels, codes = patch * patch, 24
    # The channels: the patch, the loud constant, the positions; the rest is zero.
    picture, place = slice(0, pixels + 1), slice(pixels + 3, pixels + 4 + codes)
    plus, minus = pixels + 1, pixels + 2
    picture_basis, place_basis = _balanced_basis(pixels), _balanced_basis(codes)

    # A grey value g arrives as (g - mean_c) / std_c in three channels; the first alone is enough.
    embed.proj.weight.zero_()
    embed.proj.weight[picture, 0] = picture_basis.view(pixels + 1, patch, patch)
    embed.proj.bias.zero_()
    embed.proj.bias[plus], embed.proj.bias[minus] = _LOUD, -_LOUD
    scale = _LOUD * (2 / width) ** 0.5
    for norm in (embed.norm, merge.norm):
        norm.weight.fill_(scale)
        norm.bias.zero_()

    for block in body.layers[0].blocks:
        for layer in (block.attn.proj, block.mlp.fc2):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        for norm in (block.norm1, block.norm2):  # the blocks look at picture and place, not at the constant
            norm.weight.fill_(scale)
            norm.weight[[plus, minus]] = 0.1

    # DeiT's embedding of a 16x16 patch, in terms of the first channel x: channel c is ratio_c * x + offset_c.
    ratio, offset = (std[:, :1] / std).view(3), ((mean[:, :1] - mean) / std).view(3)
    weight = deit.patch_embed.proj.weight
    grey = torch.einsum("ocij,c->oij", weight, ratio)
    constant = torch.einsum("ocij,c->o", weight, offset) + deit.patch_embed.proj.bias

    # Its positions (n, d) as coordinates (n, n) times directions (n, d); exact while n <= 4 * codes.
    u, s, v = torch.linalg.svd(deit.pos_embed[0], full_matrices=False)
    side, rank = int(u.shape[0] ** 0.5), len(s)
    coordinates, directions = torch.zeros(side * side, 4 * codes), torch.zeros(4 * codes, v.shape[1])
    coordinates[:, :rank], directions[:rank] = u, s[:, None] * v

    merge.reduction.weight.zero_()
    position = torch.zeros(side, 2, side, 2, width)
    for slot, (row, column) in enumerate(_children(merge, width)):
        into = merge.reduction.weight[:, slot * width : (slot + 1) * width]
        corner = grey[:, row * patch : (row + 1) * patch, column * patch : (column + 1) * patch]
        into[:, picture] = corner.reshape(-1, pixels) @ picture_basis.T
        into[:, plus], into[:, minus] = constant / (8 * _LOUD), -constant / (8 * _LOUD)
        part = slice(slot * codes, (slot + 1) * codes)
        into[:, place] = (place_basis @ directions[part]).T
        position[:, row, :, column, place] = (coordinates[:, part] @ place_basis.T).view(side, side, -1)
    swin.position.copy_(position.reshape(1, 2 * side, 2 * side, width))

    for own, other in zip(body.layers[1].blocks, deit.blocks, strict=True):
        matching(own, other.state_dict())
        own.attn.relative_position_bias_table.zero_()
    body.norm.load_state_dict(deit.norm.state_dict())


def _children(merge: Any, width: int) -> list[tuple[int, int]]:
    """The (row, column) of the four patches in the order in which patch merging concatenates them."""
    seen: list[Tensor] = []
    handle = merge.norm.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    merge(torch.arange(4.0).view(1, 2, 2, 1).expand(1, 2, 2, width))
    handle.remove()
    return [divmod(int(mark), 2) for mark in seen[0].flatten()[::width]]
