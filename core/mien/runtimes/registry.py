"""The runtimes by name. A new one is a file beside this one and a line in `_BACKENDS`.

The file has a function `open_model(model, options)` that returns a `Runtime`, and `needs_preparing(model)` where the
first opening takes far longer than later ones. It is imported when it is first needed, since PyTorch alone takes
seconds.
"""

import contextlib
import importlib
import importlib.util
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import cast

from mien import language
from mien.errors import MienError
from mien.runtimes.base import Runtime, RuntimeOptions
from mien.utils import forks

log = logging.getLogger(__name__)

AUTO = "auto"
"""Stands for the fastest runtime of this machine."""


@dataclass(frozen=True)
class _Backend:
    name: str
    """In settings and on the command line."""
    module: str
    present: Callable[[], bool]
    """Whether this machine has it."""
    by_choice: bool = False
    """Whether only its name asks for it, since it is less exact than others."""

    def open(self, model: str, options: RuntimeOptions) -> Runtime:
        return cast(Runtime, importlib.import_module(self.module).open_model(model, options))


def _has_cuda() -> bool:
    # Importing PyTorch takes seconds; without NVIDIA's driver there is nothing to ask it.
    if not _has("torch"):
        return False
    if os.name == "posix" and not os.path.exists("/proc/driver/nvidia") and not os.path.exists("/dev/dxg"):
        return False
    import torch

    return torch.cuda.is_available()


def _has(library: str) -> bool:
    return importlib.util.find_spec(library) is not None


def _has_bfloat16() -> bool:
    if not _has("openvino"):
        return False
    from mien.runtimes import openvino_bfloat16_backend

    return openvino_bfloat16_backend.present()


# The fastest first, but for those by choice.
_BACKENDS = (
    _Backend("cuda", "mien.runtimes.cuda_backend", _has_cuda),
    _Backend("openvino", "mien.runtimes.openvino_backend", partial(_has, "openvino")),
    _Backend("openvino-bfloat16", "mien.runtimes.openvino_bfloat16_backend", _has_bfloat16, by_choice=True),
    _Backend("torch", "mien.runtimes.torch_backend", partial(_has, "torch")),
)


def names() -> tuple[str, ...]:
    """What may be asked for, whether this machine has it or not."""
    return AUTO, *(backend.name for backend in _BACKENDS)


def available() -> list[str]:
    """The runtimes that this machine has."""
    return [backend.name for backend in _BACKENDS if backend.present()]


def has(name: str) -> bool:
    """Whether a name may be asked for on this machine."""
    return name == AUTO or any(backend.name == name and backend.present() for backend in _BACKENDS)


def _chosen(name: str) -> list[_Backend]:
    """The backends to try for a name, one after another."""
    if name not in names():
        raise MienError(language.tr("There is no runtime '{}'. Choose one of {}.").format(name, ", ".join(names())))
    asked = [b for b in _BACKENDS if b.name == name or (name == AUTO and not b.by_choice)]
    chosen = [backend for backend in asked if backend.present()]
    if not chosen:
        there = ", ".join(available())
        raise MienError(language.tr("This machine does not have the runtime '{}'. It has {}.").format(name, there))
    return chosen


def load_library(name: str = AUTO) -> None:
    """Import now what `open_runtime` would import.

    Raises:
        MienError: there is no such runtime, or not on this machine.
    """
    importlib.import_module(_chosen(name)[0].module)


def needs_preparing(model: str, name: str = AUTO) -> bool:
    """Whether opening this model takes some ten seconds this time, and not again.

    Raises:
        MienError: as `open_runtime`.
    """
    for backend in _chosen(name):
        with contextlib.suppress(RuntimeError, ImportError):  # then the next one will be used
            module = importlib.import_module(backend.module)
            return bool(getattr(module, "needs_preparing", lambda _: False)(model))
    return False


def open_runtime(
    model: str, name: str = AUTO, *, threads: int | None = None, many: bool = False, rough: bool = False
) -> Runtime:
    """Load a model.

    Args:
        model: a name or a path, see `mien.models.cards.locate`.
        name: one of `names()`. `auto` takes the fastest one that works here.
        threads: see `RuntimeOptions`, as for the others.
        many: for large batches.
        rough: probabilities may be off by some hundredths.

    Raises:
        MienError: there is no such model, no such runtime on this machine, none that works, or see
            `mien.utils.forks.claim`.
    """
    forks.claim()
    options = RuntimeOptions(threads=threads, many=many, rough=rough)
    *_, last = chosen = _chosen(name)
    passed_over = ""
    for backend in chosen:
        try:
            runtime = backend.open(model, options)
            break
        except (RuntimeError, ImportError) as error:  # a driver that is too old, a GPU whose memory is full
            reason = str(error).partition("\n")[0] or type(error).__name__
            if backend is last:
                text = language.tr("The runtime '{}' does not work here ({}). Choose another one.")
                raise MienError(text.format(backend.name, reason)) from error
            log.warning("The runtime '%s' does not work here (%s): the next one is tried.", backend.name, reason)
            passed_over = language.tr("The faster runtime '{}' failed: {}").format(backend.name, reason)
    runtime.passed_over = passed_over
    return runtime
