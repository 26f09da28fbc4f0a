"""OpenVINO on the CPU, about twice as fast as PyTorch there.

A model is translated once, which takes PyTorch and some seconds; the translation is kept in the person's cache
folder under the model's hash, and later starts need no PyTorch at all.
"""

import hashlib
import logging
import os
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray

from mien import __version__
from mien.models.cards import Card, verified_weights
from mien.runtimes import Output, output
from mien.utils import paths

log = logging.getLogger(__name__)

_PART = 8  # faces
# Parts are filled up to 4 or 8 faces: OpenVINO keeps 5 to 8 MB for each number of faces that it has once seen, for each
# thread anew.
_ROUND = 4
_WAY = 3  # counts the ways in which the same network was computed: kept translations of slower ones are made again


class OpenVinoRuntime:
    """A network in OpenVINO."""

    runtime = "OpenVINO"
    device = "CPU"

    def __init__(self, model: str, threads: int | None = None, *, many: bool = False, rough: bool = False) -> None:
        """Load a model by name or path, translating it where that was not done before.

        Args:
            model: of `mien.models.cards.locate`.
            threads: None takes every core.
            many: for large batches, of which each thread takes parts for itself: a fifth less work than all threads
                sharing one part, but a single face takes longer.
            rough: in bfloat16 where the CPU can, in 0.6 of the time; on 512 faces probabilities shifted by .03 at most.
        """
        _, self.card = verified_weights(model)
        core = ov.Core()
        settings: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY"}
        if not rough:  # which is what OpenVINO does by itself
            settings["INFERENCE_PRECISION_HINT"] = "f32"
        if threads:
            settings["INFERENCE_NUM_THREADS"] = threads
        count = threads or os.cpu_count() or 1
        if many:
            settings |= {"PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": count, "INFERENCE_NUM_THREADS": count}
        whole = _translated(core, model, self.card)
        self._compiled = core.compile_model(whole, "CPU", settings)
        # Compiled when it is first asked for: few ever do.
        self._resizer = cache(lambda: core.compile_model(_up_to_resized(whole), "CPU", settings))
        self._queue = ov.AsyncInferQueue(self._compiled, count) if many else None

    def run(self, crops: NDArray[np.uint8]) -> Output:
        """Read (N, channels, crop_size, crop_size) crops."""
        if self._queue is not None:
            return self._run_parts(self._queue, crops)
        results = self._compiled([crops], share_inputs=True)
        return output([results[i] for i in range(len(results))], self.card.network)

    def resize(self, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What stands in front of the backbone, alone."""
        return np.array(self._resizer()([crops])[0])

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
        return output([np.concatenate(own)[:count] for own in zip(*ordered, strict=True)], self.card.network)


def _up_to_resized(whole: ov.Model) -> ov.Model:
    """The part of a translated network that makes the second of its outputs; the rest falls away."""
    return ov.Model([whole.outputs[1]], whole.get_parameters())


def _translated(core: ov.Core, model: str, card: Card) -> ov.Model:
    # Whatever decides what the network computes stands in the name.
    made_of = f"{card.sha256} {card.network} {__version__} {ov.__version__} {_WAY}"
    path = paths.cache() / f"{card.name}-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}.xml"
    if path.is_file():
        try:
            return core.read_model(path)
        except RuntimeError:
            log.warning("%s is damaged and is made again.", path)
    translated = _translate(model)
    try:
        _keep(translated, path)
        return core.read_model(path)  # so that the first start computes the same, to the last bit, as later ones
    except OSError as error:
        log.warning("The translated model cannot be kept in %s (%s): it is made again next time.", path.parent, error)
    return translated


def _keep(model: ov.Model, path: Path) -> None:
    """Write both files elsewhere first; the .xml comes last, since it is what `_translated` looks for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / path.name
        ov.save_model(model, made, compress_to_fp16=False)
        for suffix in (".bin", ".xml"):
            made.with_suffix(suffix).replace(path.with_suffix(suffix))


def _translate(model: str) -> ov.Model:
    import torch

    from mien.models import weights
    from mien.nn.network import ExpressionNetwork

    class Whole(torch.nn.Module):
        """From bytes to all that an Output holds."""

        def __init__(self, network: ExpressionNetwork) -> None:
            super().__init__()
            self.network = network

        def forward(self, crops: torch.Tensor) -> tuple[torch.Tensor, ...]:
            return self.network.stages(crops.float() / 255).results()

    network, card = weights.load(model)
    shape = (card.network.channels, card.network.crop_size, card.network.crop_size)
    log.info("Preparing the model '%s' for this machine. This is done once.", card.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns of every check of a shape
        return ov.convert_model(
            Whole(network).eval(),
            example_input=torch.zeros(2, *shape, dtype=torch.uint8),
            input=[([-1, *shape], ov.Type.u8)],
        )
