"""Work that `kills.py` kills: each kind says on its output what must not be lost any more."""

import sys
import time
from datetime import datetime
from itertools import count
from pathlib import Path

# Each kind imports what it needs: most of a short life would be spent on the rest.


def record(folder: Path, model: str) -> None:
    """Record the demo for three seconds, and finish; the seconds so far."""
    from mien.live.pipeline import LivePipeline
    from mien.recognition.recognizer import Recognizer
    from mien.session.recorder import Recorder

    pipeline = LivePipeline("demo:2", lambda: Recognizer(model, threads=1))
    while pipeline.card is None or pipeline.results.peek() is None:
        time.sleep(0.02)
    recorder = Recorder(folder, pipeline.card, source="Demo", runs_on=pipeline.runs_on)
    pipeline.recorder = recorder
    while recorder.seconds < 3.0:
        print(recorder.seconds, flush=True)
        time.sleep(0.02)
    recorder.stop()
    while recorder.alive:
        print(recorder.seconds, flush=True)
        time.sleep(0.005)
    pipeline.stop()
    pipeline.join()


def edit(folder: Path, _: str) -> None:
    """Set markers, name and merge persons, as Review does; how many markers are on the disk."""
    from mien.session.session import Session

    session = Session(folder)
    first = len(session.edits.markers)
    for number in count(first + 1):
        edits = session.edits.marked(float(number), f"note {number}").named(1, f"Anna {number}")
        session.keep(edits.with_baseline(1, 0.0, 0.5 + number))
        print(number, flush=True)


def collect(folder: Path, _: str) -> None:
    """Add faces to a dataset, as Live does; how many are in it."""
    import numpy as np

    from mien.curation.add_face import Sample, add

    begun = datetime.now()
    for number in count():
        picture = np.random.default_rng(number).integers(0, 255, (48, 48, 3), np.uint8)
        add(folder, "ab"[number % 2], Sample(picture, "Camera", number / 25, 1, 48.0, begun))
        print(number + 1, flush=True)


def extract(folder: Path, pictures: str) -> None:
    """Cut the faces out of a labelled folder of whole pictures; how many are done."""
    from mien.curation.extract_faces import examine_faces

    examine_faces(Path(pictures), folder, lambda done, _: print(done, flush=True))


if __name__ == "__main__":
    kind, into, given = sys.argv[1:]
    try:
        {"record": record, "edit": edit, "collect": collect, "extract": extract}[kind](Path(into), given)
    except KeyboardInterrupt:  # left to Python, its exit code is 1 now and then
        sys.exit(130)
