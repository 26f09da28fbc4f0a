"""OpenVINO in bfloat16, on CPUs that compute it: 0.6 of the time, for probabilities that are off by some hundredths."""

from dataclasses import replace
from functools import cache

import openvino as ov

from mien.runtimes import openvino_backend
from mien.runtimes.base import Runtime, RuntimeOptions

needs_preparing = openvino_backend.needs_preparing


@cache  # the window asks often, and this takes 10 ms
def present() -> bool:
    """Whether this CPU computes in bfloat16."""
    return "BF16" in ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def open_model(model: str, options: RuntimeOptions) -> Runtime:
    """Load a model by name or path."""
    return openvino_backend.open_model(model, replace(options, rough=True))
