"""PyTorch, on CUDA in half precision or on the CPU in single precision."""

import numpy as np
import torch
from numpy.typing import NDArray

from mien.models import weights
from mien.runtimes import Output, output


class TorchRuntime:
    """A network in PyTorch."""

    runtime = "PyTorch"

    def __init__(self, model: str, device: str, threads: int | None = None) -> None:
        """Load a model by name or path; `device` is cpu or cuda."""
        network, self.card = weights.load(model)
        self._device = torch.device(device)
        self._half = device == "cuda"
        self._network = network.to(self._device)
        self.device = torch.cuda.get_device_name() if self._half else "CPU"
        if threads and not self._half:
            torch.set_num_threads(threads)

    @torch.inference_mode()
    def run(self, crops: NDArray[np.uint8]) -> Output:
        """Read (N, channels, crop_size, crop_size) crops."""
        # Bytes travel to the GPU, not floats: a quarter of the copy.
        x = torch.from_numpy(crops).to(self._device).float() / 255
        with torch.autocast(self._device.type, torch.float16, enabled=self._half):
            stages = self._network.stages(x)
        return output([tensor.float().cpu().numpy() for tensor in stages.results()], self.card.network)

    @torch.inference_mode()
    def resize(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What stands in front of the backbone, alone."""
        x = torch.from_numpy(crops).to(self._device).float() / 255
        with torch.autocast(self._device.type, torch.float16, enabled=self._half):
            _, resized, _ = self._network.pictures(x)
        return np.asarray(resized.float().cpu().numpy())
