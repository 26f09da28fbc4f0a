"""PyTorch on an NVIDIA GPU, in half precision."""

from mien.runtimes.base import Runtime, RuntimeOptions
from mien.runtimes.torch_backend import TorchRuntime


def open_model(model: str, options: RuntimeOptions) -> Runtime:
    """Load a model by name or path. The options change nothing on a GPU."""
    return TorchRuntime(model, "cuda")
