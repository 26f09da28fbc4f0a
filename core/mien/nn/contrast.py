"""A picture's own brightness and contrast, taken out and put back.

They depend on the camera and the light and tell nothing of the expression, so faces are standardised inside the
network. What a stage changes of them is undone, so that its output is a picture like its input.
"""

from dataclasses import dataclass

from torch import Tensor

_FLAT = 0.02  # standard deviation in 0..1: below it a picture holds nothing but noise, which is not amplified


@dataclass(frozen=True)
class Contrast:
    """The mean and the standard deviation of a batch of pictures, (B, 1, 1, 1) each, in units of 0..1."""

    mean: Tensor
    deviation: Tensor
    """Over all channels and pixels; at least that of a flat picture."""

    def take_out(self, x: Tensor) -> Tensor:
        """Bring (B, C, h, w) pictures, 0..1, to mean 0 and standard deviation 1."""
        return (x - self.mean) / self.deviation

    def put_back(self, x: Tensor) -> Tensor:
        """The inverse of `take_out`."""
        return x * self.deviation + self.mean


def contrast(x: Tensor) -> Contrast:
    """Measure (B, C, h, w) pictures, 0..1."""
    x = x.float()
    mean = x.mean((1, 2, 3), keepdim=True)
    variance = (x - mean).square().mean((1, 2, 3), keepdim=True)
    return Contrast(mean, (variance + _FLAT**2).sqrt())


def restandardised(x: Tensor, like: Tensor) -> Tensor:
    """`x` with the mean and standard deviation that each picture of `like` has; both (B, C, h, w), of any sizes."""
    x, like = x.float(), like.float()
    own, wanted = x.mean((1, 2, 3), keepdim=True), like.mean((1, 2, 3), keepdim=True)
    spread = (x - own).square().mean((1, 2, 3), keepdim=True)
    target = (like - wanted).square().mean((1, 2, 3), keepdim=True)
    # In this order OpenVINO makes one step of the first line.
    standardised: Tensor = (x - own) / (spread + 1e-6).sqrt()
    return standardised * (target + 1e-6).sqrt() + wanted
