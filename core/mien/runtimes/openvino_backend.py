"""OpenVINO on the CPU, about twice as fast as PyTorch there.

Models that come with Mien are translated already, see `mien.runtimes.graph_file`. Any other model is translated once,
which takes PyTorch and some seconds; the translation is kept in Mien's cache folder under the model's hash, so that
later starts need no PyTorch.
"""

import hashlib
import logging
import os
import sys
import threading
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray

from mien import __version__, language
from mien.errors import MienError
from mien.models import cards
from mien.models.cards import Card, translation_name, verified_weights
from mien.runtimes import graph_file
from mien.runtimes.base import Output, Runtime, RuntimeOptions, checked
from mien.utils import lock, optional, paths
from mien.utils.files import is_own
from mien.utils.renaming import put_in_place

log = logging.getLogger(__name__)

# Tracing a network changes settings of the whole process. And where two threads need the same translation, the second
# finds it on the disk.
_TRANSLATING = threading.Lock()

_MAKING = "translating"  # the folder in the cache for files that are not whole yet
_SAVING_S = 20.0  # for which another process that writes there is waited for

_PART = 8  # faces
# Parts are filled up to 4 or 8 faces: OpenVINO keeps 5 to 8 MB for each number of faces it has seen, on each thread.
_ROUND = 4


def open_model(model: str, options: RuntimeOptions) -> Runtime:
    """Load a model by name or path, translating it where that was not done before."""
    return OpenVinoRuntime(model, options)


def needs_preparing(model: str) -> bool:
    """Whether `open_model` has to translate this model first."""
    card = cards.read_card(model)
    return graph_file.find(model, card) is None and not _kept_at(card).is_file()


class OpenVinoRuntime:
    """A network in OpenVINO."""

    name = "OpenVINO"
    passed_over = ""

    def __init__(self, model: str, options: RuntimeOptions) -> None:
        """Load a model by name or path.

        With `many`, each thread takes parts of a batch for itself: a fifth less work than all threads sharing one
        part, but a single face takes longer. With `rough`, in bfloat16 where the CPU can, which takes 0.6 of the time
        (docs/measurements.md says what it changes).
        """
        data, self.card = verified_weights(model)
        self._core = ov.Core()
        if sys.platform == "win32":  # where a model could not be removed while its file is mapped into memory
            self._core.set_property({"ENABLE_MMAP": False})
        threads = options.threads or os.cpu_count() or 1
        self._settings = _settings(options, threads)
        with _TRANSLATING:
            _remove_left_over(paths.cache())
            self._whole = _translated(self._core, model, self.card, data)
        self._compiled = self._core.compile_model(self._whole, "CPU", self._settings)
        halved = self._compiled.get_property("INFERENCE_PRECISION_HINT") == ov.Type.bf16
        self.device = "CPU (bfloat16)" if halved else "CPU"
        self._queue = ov.AsyncInferQueue(self._compiled, threads) if options.many else None

    @cached_property
    def _resizer(self) -> ov.CompiledModel:
        """The part that makes the second of the network's outputs; compiled when it is first asked for, as few do."""
        part = ov.Model([self._whole.outputs[1]], self._whole.get_parameters())
        return self._core.compile_model(part, "CPU", self._settings)

    def run(self, crops: NDArray[np.uint8]) -> Output:
        """See `Runtime.run`."""
        crops = checked(crops, self.card.network)
        if self._queue is not None:
            return self._run_parts(self._queue, crops)
        results = self._compiled([crops], share_inputs=True)
        return Output.of([results[i] for i in range(len(results))], self.card.network)

    def resize(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """See `Runtime.resize`."""
        return np.array(self._resizer([checked(crops, self.card.network)])[0])

    def _run_parts(self, queue: ov.AsyncInferQueue, crops: NDArray[np.uint8]) -> Output:
        parts: dict[int, list[NDArray[np.float32]]] = {}

        def keep(request: Any, first: int) -> None:
            parts[first] = [tensor.data.copy() for tensor in request.output_tensors]

        count = len(crops)
        filled = np.concatenate([crops, np.zeros((-count % _ROUND, *crops.shape[1:]), np.uint8)])
        queue.set_callback(keep)
        for first in range(0, len(filled), _PART):
            queue.start_async([filled[first : first + _PART]], first)
        queue.wait_all()
        ordered = [parts[first] for first in sorted(parts)]
        return Output.of([np.concatenate(own)[:count] for own in zip(*ordered, strict=True)], self.card.network)


def _settings(options: RuntimeOptions, threads: int) -> dict[str, Any]:
    settings: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY"}
    if not options.rough:  # OpenVINO is rough unless told otherwise
        settings["INFERENCE_PRECISION_HINT"] = "f32"
    if options.threads:
        settings["INFERENCE_NUM_THREADS"] = threads
    if options.many:
        settings |= {"PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": threads, "INFERENCE_NUM_THREADS": threads}
    return settings


def _kept_at(card: Card) -> Path:
    # The name holds everything that decides what the network computes.
    made_of = f"{card.sha256} {card.network} {__version__} {ov.__version__} {graph_file.WAY}"
    return paths.cache() / f"{translation_name(card.name)}-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}.xml"


def _translated(core: ov.Core, model: str, card: Card, data: bytes) -> ov.Model:
    if (graph := graph_file.find(model, card)) is not None:
        try:
            return core.read_model(graph.xml, data + graph.numbers)
        except RuntimeError as error:
            log.warning("OpenVINO cannot read %s: %s", graph_file.path_of(model), error)
    path = _kept_at(card)
    if is_own(path) and is_own(path.with_suffix(".bin")):
        try:
            return core.read_model(path)
        except RuntimeError:
            log.warning("%s is damaged: the model is translated again.", path)
    translated = _translate(model, card)
    try:
        _keep(translated, path)
        return core.read_model(path)  # so that the first start gives the same bits as later ones
    except (OSError, MienError, RuntimeError) as error:  # the last is how OpenVINO says that a disk is full
        log.warning(
            "The translated model cannot be kept in %s (%s): the next start translates it again.", path.parent, error
        )
    return translated


def _keep(model: ov.Model, path: Path) -> None:
    """Write both files elsewhere first; the .xml comes last, since it is what `_translated` looks for."""
    folder = path.parent / _MAKING
    with lock.locked(folder, f"{folder} is in use by another Mien.", wait_s=_SAVING_S):
        try:
            ov.save_model(model, folder / path.name, compress_to_fp16=False)
            for suffix in (".bin", ".xml"):
                put_in_place((folder / path.name).with_suffix(suffix), path.with_suffix(suffix))
        finally:
            _empty(folder)


def _remove_left_over(cache: Path) -> None:
    """Delete what a kill has left of a translation that was being written, unless another process is writing there."""
    folder = cache / _MAKING
    if folder.is_dir() and not folder.is_symlink():
        with suppress(MienError, OSError):
            with lock.locked(folder, ""):
                _empty(folder)
            folder.rmdir()


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != lock.NAME:
            path.unlink()


def _translate(model: str, card: Card) -> ov.Model:
    try:
        from mien.runtimes.translation import translate
    except ModuleNotFoundError as error:
        raise MienError(
            language.tr(
                "The model '{}' is not translated for OpenVINO yet, which takes PyTorch ({} is not installed). {}"
            ).format(card.name, error.name, optional.install())
        ) from error
    log.info("Preparing the model '%s' for this machine. This is done once.", card.name)
    return translate(model)
