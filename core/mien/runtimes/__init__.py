"""What computes a network: OpenVINO on the CPU, or PyTorch on CUDA or the CPU, with the same results."""

from mien.runtimes.base import Output, Runtime
from mien.runtimes.registry import AUTO, available, has, load_library, names, needs_preparing, open_runtime

__all__ = ["AUTO", "Output", "Runtime", "available", "has", "load_library", "names", "needs_preparing", "open_runtime"]
