"""The two convolutional networks that look at a face for the attentive extractor (Wasi et al. 2023, Sec. 3.2).

Their tensors have the names of the published networks, so that these load: MobileFaceNet trained on facial landmarks
(Chen et al. 2018), and IR-50 trained on faces (Deng et al. 2019), as POSTER++ uses them.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

from torch import Tensor, nn

from mien.errors import MienError
from mien.nn.tensor_files import read_tensors

log = logging.getLogger(__name__)


class _Convolution(nn.Module):
    """Convolution, batch normalisation and, unless it is linear, PReLU."""

    def __init__(
        self, before: int, after: int, kernel: int = 1, stride: int = 1, *, groups: int = 1, linear: bool = False
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(before, after, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.bn = nn.BatchNorm2d(after)
        self.prelu = nn.Identity() if linear else nn.PReLU(after)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.prelu(self.bn(self.conv(x)))
        return out


class _Bottleneck(nn.Module):
    """Widen, convolve each channel by itself, narrow."""

    def __init__(self, before: int, after: int, inside: int, stride: int = 1) -> None:
        super().__init__()
        self.conv = _Convolution(before, inside)
        self.conv_dw = _Convolution(inside, inside, 3, stride, groups=inside)
        self.project = _Convolution(inside, after, linear=True)
        self.residual = stride == 1

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.project(self.conv_dw(self.conv(x)))
        return x + out if self.residual else out


class _Bottlenecks(nn.Module):
    def __init__(self, width: int, count: int, inside: int) -> None:
        super().__init__()
        self.model = nn.Sequential(*(_Bottleneck(width, width, inside) for _ in range(count)))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.model(x)
        return out


class LandmarkStream(nn.Module):
    """MobileFaceNet up to its last map: which part of a face lies where."""

    def __init__(self, width: int = 64, counts: Sequence[int] = (4, 6, 2)) -> None:
        super().__init__()
        self.widths = (width, 2 * width, 8 * width)
        self.conv1 = _Convolution(3, width, 3, 2)
        self.conv2_dw = _Convolution(width, width, 3, groups=width)
        self.conv_23 = _Bottleneck(width, width, 2 * width, 2)
        self.conv_3 = _Bottlenecks(width, counts[0], 2 * width)
        self.conv_34 = _Bottleneck(width, 2 * width, 4 * width, 2)
        self.conv_4 = _Bottlenecks(2 * width, counts[1], 4 * width)
        self.conv_45 = _Bottleneck(2 * width, 2 * width, 8 * width, 2)
        self.conv_5 = _Bottlenecks(2 * width, counts[2], 4 * width)
        self.conv_6_sep = _Convolution(2 * width, 8 * width)

    def forward(self, x: Tensor) -> list[Tensor]:
        """(B, 3, S, S) -> maps of `widths` channels at S/4, S/8 and S/16."""
        first = self.conv_3(self.conv_23(self.conv2_dw(self.conv1(x))))
        second = self.conv_4(self.conv_34(first))
        third = self.conv_6_sep(self.conv_5(self.conv_45(second)))
        return [first, second, third]


class _Unit(nn.Module):
    """An improved residual unit."""

    def __init__(self, before: int, after: int, stride: int) -> None:
        super().__init__()
        self.shortcut_layer = (
            nn.MaxPool2d(1, stride)
            if before == after
            else nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))
        )
        self.res_layer = nn.Sequential(
            nn.BatchNorm2d(before),
            nn.Conv2d(before, after, 3, padding=1, bias=False),
            nn.PReLU(after),
            nn.Conv2d(after, after, 3, stride, 1, bias=False),
            nn.BatchNorm2d(after),
        )

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.res_layer(x) + self.shortcut_layer(x)
        return out


def _units(before: int, after: int, count: int) -> nn.Sequential:
    return nn.Sequential(_Unit(before, after, 2), *(_Unit(after, after, 1) for _ in range(count - 1)))


class ImageStream(nn.Module):
    """The first three stages of IR-50: what a face looks like."""

    def __init__(self, width: int = 64, counts: Sequence[int] = (3, 4, 14)) -> None:
        super().__init__()
        self.widths = (width, 2 * width, 4 * width)
        self.input_layer = nn.Sequential(
            nn.Conv2d(3, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.PReLU(width)
        )
        self.body1 = _units(width, width, counts[0])
        self.body2 = _units(width, 2 * width, counts[1])
        self.body3 = _units(2 * width, 4 * width, counts[2])

    def forward(self, x: Tensor) -> list[Tensor]:
        """(B, 3, S, S) -> maps of `widths` channels at S/2, S/4 and S/8."""
        first = self.body1(self.input_layer(x))
        second = self.body2(first)
        return [first, second, self.body3(second)]


_CONVERT = (
    'python -c "import sys, torch; from safetensors.torch import save_file; '
    "d = torch.load(sys.argv[1], 'cpu', weights_only=True); "
    "save_file({k: v.contiguous() for k, v in d.get('state_dict', d).items()}, sys.argv[2])\" "
)


def load_published(stream: LandmarkStream | ImageStream, path: Path) -> None:
    """Give a stream published weights, which then stay as they are.

    Args:
        stream: changed in place.
        path: safetensors file of POSTER++'s `ir50.pth` or `mobilefacenet_model_best.pth.tar`. Tensors that the stream
            does not have (later stages, the landmarks' output) are ignored.

    Raises:
        MienError: it is a pickle, no safetensors file, or of another network.
    """
    if path.suffix in (".pth", ".tar", ".pt", ".ckpt"):
        made = path.name.split(".")[0] + ".safetensors"
        raise MienError(f"{path} is a pickle, which Mien does not open. Convert it: {_CONVERT}{path} {made}")
    found = {key.removeprefix("module."): value.float() for key, value in read_tensors(path).items()}
    own = stream.state_dict()
    # Older files lack the count of batches, which nothing here uses.
    missing = [
        key
        for key, value in own.items()
        if not key.endswith("num_batches_tracked") and (key not in found or found[key].shape != value.shape)
    ]
    if missing:
        raise MienError(f"{path} does not belong to this network: tensor '{missing[0]}' is not there or differs.")
    stream.load_state_dict({key: value for key, value in found.items() if key in own}, strict=False)
    stream.requires_grad_(False)
    log.info("%d tensors of the %s come from %s and stay fixed.", len(own), type(stream).__name__, path.name)
