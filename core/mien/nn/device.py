"""Where networks run."""

import torch


def best_device() -> torch.device:
    """CUDA where there is a usable GPU, else the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
