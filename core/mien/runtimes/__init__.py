"""What executes a model: PyTorch on CUDA or the CPU, or OpenVINO on the CPU, with the same results."""

import importlib
import importlib.util
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.models.cards import Card
from mien.nn.config import NetworkConfig

log = logging.getLogger(__name__)

RuntimeName = Literal["auto", "cuda", "openvino", "torch"]


@dataclass(frozen=True)
class Output:
    """What a network says of a batch."""

    logits: NDArray[np.float32]
    """(N, C), not yet divided by the card's temperature."""
    resized: NDArray[np.float32]
    """(N, channels, input_size, input_size), about 0..1: what the backbone sees."""
    parts: NDArray[np.float32] | None = None
    """(N, 3, C): what classifier, anchors and attention say each; None of a model without reliability balancing."""
    shares: NDArray[np.float32] | None = None
    """(N, 3): how much each of them counts."""
    unlikeness: NDArray[np.float32] | None = None
    """(N,): 0 for the median validation face, 1 for one in a hundred; None of a model that does not say."""


def output(results: Sequence[NDArray[np.float32]], network: NetworkConfig) -> Output:
    """What a network's results stand for, in the order of `mien.nn.network.Stages.results`."""
    names = ["logits", "resized"]
    if network.balancing != "none":
        names += ["parts", "shares"]
    if network.unlikeness:
        names.append("unlikeness")
    return Output(**dict(zip(names, results, strict=True)))


class Runtime(Protocol):
    """A model that is ready to run. Use it on one thread."""

    card: Card
    device: str
    """CPU, or the GPU's name."""
    runtime: str
    """PyTorch or OpenVINO."""

    def run(self, crops: NDArray[np.uint8]) -> Output:
        """Read (N, channels, crop_size, crop_size) crops, N from 1, grey or RGB."""
        ...

    def resize(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """`Output.resized` alone, without the backbone's work: to see and to time what stands in front of it."""
        ...


_Opener = Callable[[str, int | None], Runtime]


def _has_cuda() -> bool:
    # Importing PyTorch takes seconds; without NVIDIA's driver there is nothing to ask it.
    if os.name == "posix" and not os.path.exists("/proc/driver/nvidia") and not os.path.exists("/dev/dxg"):
        return False
    import torch

    return torch.cuda.is_available()


def available() -> list[RuntimeName]:
    """The runtimes that this machine has, the fastest first."""
    found: list[RuntimeName] = ["cuda"] if _has_cuda() else []
    if importlib.util.find_spec("openvino"):
        found.append("openvino")
    return [*found, "torch"]


def load_library(name: str = "auto") -> None:
    """Import now what `open_runtime` would import."""
    chosen = available()[0] if name == "auto" else name
    importlib.import_module(f"mien.runtimes.{'openvino' if chosen == 'openvino' else 'torch'}_runtime")


def open_runtime(
    model: str,
    name: RuntimeName = "auto",
    *,
    threads: int | None = None,
    many: bool = False,
    rough: bool = False,
) -> Runtime:
    """Load a model by name or path.

    Args:
        model: of `mien.models.cards.locate`.
        name: auto takes the fastest that is there.
        threads: on the CPU; None takes every core.
        many: large batches will be read, rather than one or a few faces at once.
        rough: probabilities may be off by some hundredths where that is faster.

    Raises:
        MienError: no such model or runtime.
    """
    if name not in get_args(RuntimeName):
        raise MienError(f"No runtime is called '{name}'. There are: {', '.join(get_args(RuntimeName))}.")
    present, openers = available(), _openers(many, rough)
    if name == "auto":
        return _fastest(model, present, threads, openers)
    if name not in present:
        raise MienError(f"The runtime '{name}' is not to be had on this machine. There are: {', '.join(present)}.")
    return openers[name](model, threads)


def _fastest(model: str, present: list[RuntimeName], threads: int | None, openers: dict[str, _Opener]) -> Runtime:
    for name in present[:-1]:
        try:
            return openers[name](model, threads)
        except (RuntimeError, ImportError) as error:  # a driver that is too old, a GPU whose memory is full
            log.warning("%s does not work here (%s): the next runtime is tried.", name, str(error).splitlines()[0])
    return openers[present[-1]](model, threads)


def _openers(many: bool, rough: bool) -> dict[str, _Opener]:
    def openvino(model: str, threads: int | None) -> Runtime:
        from mien.runtimes.openvino_backend import OpenVinoRuntime

        return OpenVinoRuntime(model, threads, many=many, rough=rough)

    def torch_on(device: str) -> _Opener:
        def torch(model: str, threads: int | None) -> Runtime:
            from mien.runtimes.torch_backend import TorchRuntime

            return TorchRuntime(model, device, threads)

        return torch

    return {"openvino": openvino, "torch": torch_on("cpu"), "cuda": torch_on("cuda")}
