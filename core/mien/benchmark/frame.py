"""Times the recogniser on this machine. Figures are medians; those of one machine say little about another.

Each model is measured in a process of its own (`python -m mien.benchmark.frame MODEL`), so that start-up and memory are
its own.
"""

import itertools
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial

import numpy as np

from mien.errors import MienError
from mien.types import Frame, Image
from mien.utils import own_process
from mien.utils.counts import counted
from mien.utils.json_io import parse_json, to_json

FACES = (1, 6)  # in a frame
BATCHES = (1, 4)
_WARM_UP = 3
_ROUND = 12  # frames of a stream, after which all places have been looked at: some take longer than others


@dataclass(frozen=True)
class Timing:
    """One model on this machine; times are medians in milliseconds."""

    model: str
    device: str
    runtime: str
    threads: int
    frame_size: tuple[int, int]
    """Width, height, px."""
    detect_ms: dict[str, float]
    """By the number of faces: detecting and tracking them in a stream in which they move; the mean of twelve frames."""
    recognize_ms: dict[str, float]
    """By the number of faces: cutting out crops and classifying them."""
    resize_ms: dict[str, float]
    """By the number of faces: the part of it that super-resolution and resizer take."""
    pose_ms: dict[str, float]
    """By the number of faces: head pose, eyes and mouth, as in a stream that asks for them; not in `total_ms`."""
    total_ms: dict[str, float]
    """By the number of faces: a whole frame of a stream, with tracking."""
    ms_per_face: dict[str, float]
    """By batch size: classifying alone."""
    first_result_s: float
    """From the process's start to its first predictions."""
    peak_mb: float
    """Largest resident memory, MB."""


def median_ms(work: Callable[[], object], repeats: int) -> float:
    """Median milliseconds that `work` takes, after three rounds to warm up."""
    times = []
    for _ in range(repeats + _WARM_UP):
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    return round(statistics.median(times[_WARM_UP:]), 2)


def measure(
    model: str,
    *,
    repeats: int = 30,
    threads: int | None = None,
    runtime: str = "auto",
    size: tuple[int, int] = (640, 480),
) -> Timing:
    """Time a model in a new process.

    Args:
        model: name or path.
        repeats: of each measurement.
        threads: on the CPU; None takes every core.
        runtime: see `mien.runtimes.open_runtime`.
        size: width and height of the frame, px.

    Raises:
        MienError: the process failed; with its message.
    """
    sides = map(str, size)
    command = own_process.command("mien.benchmark.frame", model, str(repeats), str(threads or 0), runtime, *sides)
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            first = process.stdout.readline()
            first_result_s = time.perf_counter() - began
            rest = process.stdout.read()
            said = process.stderr.read().strip()
        except BaseException:  # stopped: it would be waited for
            process.kill()
            raise
    if process.returncode or not first:
        raise MienError(said.splitlines()[-1] if said else f"The benchmark of '{model}' ended without a result.")
    values = parse_json(rest.encode(), "The benchmark's result")
    return Timing(**{**values, "frame_size": tuple(values["frame_size"]), "first_result_s": round(first_result_s, 2)})


def peak_mb() -> float:
    """Largest resident memory of this process so far, MB."""
    if sys.platform == "win32":
        import psutil

        return round(float(psutil.Process().memory_info().peak_wset) / (1 << 20), 1)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def fitted(image: Image, width: int, height: int) -> Image:
    """A picture, (H, W, 3), as a frame of another size: enlarged or shrunk to fit, its edges drawn out."""
    import cv2

    tall, wide = image.shape[:2]
    scale = min(width / wide, height / tall)
    inner = cv2.resize(image, (round(wide * scale), round(tall * scale)), interpolation=cv2.INTER_LINEAR)
    down, right = height - inner.shape[0], width - inner.shape[1]
    edges = (down // 2, down - down // 2, right // 2, right - right // 2)
    return np.asarray(cv2.copyMakeBorder(inner, *edges, cv2.BORDER_REPLICATE), np.uint8)


def stream_ms(detect: Callable[[Frame], object], frames: Iterator[Frame], repeats: int) -> float:
    """Mean milliseconds that a frame takes in twelve frames: the median of as many twelves as hold `repeats` frames."""
    means = []
    for _ in range(1 + -(-repeats // _ROUND)):
        spent = 0.0
        for frame in itertools.islice(frames, _ROUND):
            began = time.perf_counter()
            detect(frame)
            spent += time.perf_counter() - began
        means.append(1000 * spent / _ROUND)
    return round(statistics.median(means[1:]), 2)


def _measure_here(model: str, repeats: int, threads: int | None, runtime: str, size: tuple[int, int]) -> None:
    """Print a line at the first result, then the figures."""
    from mien.faces.pose.estimator import PoseEstimator
    from mien.recognition.classifier import prepare
    from mien.recognition.recognizer import Recognizer
    from mien.sources import DemoSource

    demo = DemoSource().read()
    assert demo is not None
    with Recognizer(model, runtime=runtime, threads=threads) as recognizer:
        recognizer.recognize(demo)
        print("first", flush=True)

        def whole(frames: Iterator[Frame]) -> object:
            return recognizer.recognize(next(frames), views=True)

        detect, recognize, resize, pose, total = {}, {}, {}, {}, {}
        for count in FACES:
            image = fitted(DemoSource(faces=count).draw(0.0), *size)
            faces = recognizer.detect(image)
            if len(faces) != count:
                raise MienError(f"Of the demo's {counted(count, 'face')}, {len(faces)} could be detected.")
            frames = (Frame(index, index / DemoSource.fps, image) for index in itertools.count(1))
            key = str(count)
            recognizer.reset()
            moving = (replace(frame, image=fitted(frame.image, *size)) for frame in iter(DemoSource(count).read, None))
            detect[key] = stream_ms(recognizer.detect_and_track, moving, repeats)
            recognizer.reset()
            recognize[key] = median_ms(partial(recognizer.classify_faces, image, faces), repeats)
            crops = np.stack([prepare(image, face, recognizer.card) for face in faces])
            resize[key] = median_ms(partial(recognizer.runtime.resize, crops), repeats)
            measure_poses = partial(PoseEstimator().measure, Frame(0, 0.0, image), faces, range(count))
            pose[key] = median_ms(measure_poses, repeats)
            total[key] = median_ms(partial(whole, frames), repeats)
        peak = peak_mb()
        image = DemoSource().draw(0.0)
        face = recognizer.detect(image)[:1]
        per_face = {
            str(batch): median_ms(partial(recognizer.classify_faces, image, face * batch), repeats) / batch
            for batch in BATCHES
        }
        timing = Timing(
            model=recognizer.card.name,
            device=recognizer.runtime.device,
            runtime=recognizer.runtime.name,
            threads=threads or os.cpu_count() or 1,
            frame_size=size,
            detect_ms=detect,
            recognize_ms=recognize,
            resize_ms=resize,
            pose_ms=pose,
            total_ms=total,
            ms_per_face=per_face,
            first_result_s=0.0,
            peak_mb=peak,
        )
    print(to_json(asdict(timing)).decode())


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    name, count, cores, wanted, *sides = sys.argv[1:]
    try:
        _measure_here(name, int(count), int(cores) or None, wanted, (int(sides[0]), int(sides[1])))
    except MienError as error:
        sys.exit(str(error))
