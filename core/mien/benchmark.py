"""Times the recogniser's parts on this machine. Medians; one machine's figures say little of another's."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch

from mien.recognizer import Recognizer
from mien.sources import DemoSource

BATCHES = (1, 4)


@dataclass(frozen=True)
class Timing:
    """Median times of one model."""

    model: str
    device: str
    threads: int
    ms_per_face: dict[str, float]
    """By batch size: the network alone, from crops to probabilities."""
    detect_ms: float
    """Finding the faces of one frame, tiles included."""
    frame_size: tuple[int, int]
    """Width, height, px."""


def median_ms(work: Callable[[], object], repeats: int) -> float:
    """Median milliseconds of some work, after three rounds to warm up."""
    times = []
    for _ in range(repeats + 3):
        began = time.perf_counter()
        work()
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[3:])


def measure(model: str, *, repeats: int) -> Timing:
    """Time a model, by name or path, on the demo's first frame."""
    frame = DemoSource().read()
    assert frame is not None
    with Recognizer(model) as recognizer:
        faces = recognizer.find(frame.image)
        per_face = {}
        for batch in BATCHES:
            several = [faces[0]] * batch
            per_face[str(batch)] = median_ms(partial(recognizer.read, frame.image, several), repeats) / batch
        return Timing(
            model=recognizer.card.name,
            device=str(recognizer.device),
            threads=torch.get_num_threads(),
            ms_per_face=per_face,
            detect_ms=median_ms(partial(recognizer.find, frame.image), repeats),
            frame_size=(frame.image.shape[1], frame.image.shape[0]),
        )
