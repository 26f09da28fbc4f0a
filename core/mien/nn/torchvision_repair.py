"""Lets timm import where the builds of PyTorch and torchvision do not match.

With a CPU build of PyTorch, the registry's torchvision (a CUDA build) does not import, because the operators that its
compiled part should register are missing. Mien uses none of them, so it is enough to declare them. Import this module
before timm; a torchvision that works is left alone.
"""

import sys

import torch

_declared: torch.library.Library | None = None  # must stay alive: the declarations go with it


def _declare_missing_operators() -> torch.library.Library:
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return library


try:
    import torchvision
except RuntimeError:
    for module in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[module]
    _declared = _declare_missing_operators()
    import torchvision  # noqa: F401
