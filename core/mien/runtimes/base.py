"""What every runtime offers, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from mien.models.cards import Card
from mien.nn.config import NetworkConfig
from mien.utils.counts import whole


@dataclass(frozen=True)
class RuntimeOptions:
    """How a model is to be run. A runtime ignores what it has no use for."""

    threads: int | None = None
    """On the CPU, 1 or more; None takes every core."""
    many: bool = False
    """For large batches, rather than one or a few faces at once."""
    rough: bool = False
    """Probabilities may be off by some hundredths where that is faster."""

    def __post_init__(self) -> None:
        if self.threads is not None:
            object.__setattr__(self, "threads", whole(self.threads, "threads"))


@dataclass(frozen=True)
class Output:
    """What a network gives for N crops."""

    logits: NDArray[np.float32]
    """(N, C), not yet divided by the card's temperature."""
    resized: NDArray[np.float32]
    """(N, channels, input_size, input_size), about 0..1: what the backbone sees."""
    uncorrected: NDArray[np.float32] | None = None
    """(N, C): the classifier's own logits, before balancing corrected them; None without reliability balancing."""
    parts: NDArray[np.float32] | None = None
    """(N, 3, C): the distributions of classifier, anchors and attention; None without reliability balancing."""
    shares: NDArray[np.float32] | None = None
    """(N, 3): how much each of them counts."""
    unlikeness: NDArray[np.float32] | None = None
    """(N,): 0 for the median validation face, 1 for one in a hundred; None of a model that does not measure it."""
    softening: NDArray[np.float32] | None = None
    """(N, 2): what the logits are divided by as their crops may come from elsewhere, and what they would be divided by
    if the crops were known to; None of a model that does not tell."""

    def unsoftened(self) -> NDArray[np.float32]:
        """(N, C): the logits as if no crop came from elsewhere."""
        return self.logits if self.softening is None else self.logits * self.softening[:, :1]

    def from_elsewhere(self) -> NDArray[np.float32]:
        """(N, C): the logits where all crops are known to come from elsewhere, as those do that Mien cuts out."""
        return self.logits if self.softening is None else self.unsoftened() / self.softening[:, 1:]

    @classmethod
    def of(cls, results: Sequence[NDArray[np.float32]], network: NetworkConfig) -> Self:
        """Name a network's results, which come in the order of `mien.nn.network.Stages.results`."""
        names = ["logits", "resized"]
        if network.balancing != "none":
            names += ["uncorrected", "parts", "shares"]
        if network.unlikeness:
            names.append("unlikeness")
        if network.domain_shift:
            names.append("softening")
        return cls(**dict(zip(names, results, strict=True)))


class Runtime(Protocol):
    """A model that is ready to run. Use it on one thread."""

    card: Card
    name: str
    """PyTorch or OpenVINO."""
    device: str
    """CPU, or the GPU's name."""
    passed_over: str
    """Why a faster runtime is not used, in a sentence; empty where none was tried in vain."""

    def run(self, crops: NDArray[np.uint8]) -> Output:
        """Classify crops.

        Args:
            crops: (N, channels, crop_size, crop_size), N from 1, grey or RGB.

        Raises:
            ValueError: they have another shape or type.
        """
        ...

    def resize(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """`Output.resized` alone, without the backbone's work: to see and to time what comes before it."""
        ...


def checked(crops: NDArray[np.uint8], network: NetworkConfig) -> NDArray[np.uint8]:
    """The crops in one block of memory, as every library takes them.

    Raises:
        ValueError: they have another shape or type than the network takes.
    """
    wanted = (network.channels, network.crop_size, network.crop_size)
    if crops.dtype != np.uint8 or crops.ndim != 4 or crops.shape[1:] != wanted or not len(crops):
        shape = ", ".join(map(str, wanted))
        raise ValueError(
            f"The network takes uint8 crops of shape (N, {shape}), N from 1, not {crops.dtype} of shape {crops.shape}."
        )
    return np.ascontiguousarray(crops)
