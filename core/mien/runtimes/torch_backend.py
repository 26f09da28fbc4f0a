"""PyTorch on the CPU, in single precision."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mien.models import weights
from mien.runtimes.base import Output, Runtime, RuntimeOptions, checked


def open_model(model: str, options: RuntimeOptions) -> Runtime:
    """Load a model by name or path."""
    return TorchRuntime(model, "cpu", options.threads)


class TorchRuntime:
    """A network in PyTorch: on CUDA in half precision, elsewhere in single."""

    name = "PyTorch"
    passed_over = ""

    def __init__(self, model: str, device: str, threads: int | None = None) -> None:
        """Load a model by name or path; `device` is one of PyTorch: cpu, cuda, mps."""
        network, self.card = weights.load(model)
        self._threads = threads
        self._device = torch.device(device)
        self._half = device == "cuda"
        self._network = network.to(self._device)
        self.device = torch.cuda.get_device_name() if self._half else device.upper()

    @torch.inference_mode()
    def run(self, crops: NDArray[np.uint8]) -> Output:
        """See `Runtime.run`."""
        x = self._moved(crops)
        with torch.autocast(self._device.type, torch.float16, enabled=self._half):
            results = self._network.stages(x).results()
        return Output.of([_back(tensor) for tensor in results], self.card.network)

    @torch.inference_mode()
    def resize(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """See `Runtime.resize`."""
        x = self._moved(crops)
        with torch.autocast(self._device.type, torch.float16, enabled=self._half):
            _, resized, _ = self._network.pictures(x)
        return _back(resized)

    def _moved(self, crops: NDArray[np.uint8]) -> Tensor:
        """Onto the device, 0..1. Bytes travel to the GPU, not floats: a quarter of the copy."""
        if self._threads:  # PyTorch's setting is the process's, so another runtime may have changed it meanwhile
            torch.set_num_threads(self._threads)
        return torch.from_numpy(checked(crops, self.card.network)).to(self._device).float() / 255


def _back(tensor: Tensor) -> NDArray[np.float32]:
    return np.asarray(tensor.float().cpu().numpy())
