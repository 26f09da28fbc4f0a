"""Makes something to look at, for whoever has no material of their own: a film, cut-out faces."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from mien.sources import DemoSource
from mien.utils.images import read_picture
from mien.utils.paths import assets
from mien.video.writer import VideoWriter

if TYPE_CHECKING:
    from mien.training.result import Result

_WIDTH, _HEIGHT = 640, 480


@dataclass(frozen=True)
class Material:
    """What a window is shown with."""

    film: Path
    """A video that is not analysed yet."""
    session: Path
    """The session of another."""
    faces: Path
    """A folder of labelled faces."""


def write_film(path: Path, seconds: float) -> None:
    """Write a film of two faces of the demo."""
    source = DemoSource(2, round(seconds * DemoSource.fps))
    with VideoWriter(path, _WIDTH, _HEIGHT, DemoSource.fps) as writer:
        for frame in iter(source.read, None):
            writer.write(frame.image, frame.time_s)


def write_faces(folder: Path, each: int = 48) -> None:
    """Write so many pictures each of one face's `eyes` and `mouth`, turned, shifted and enlarged."""
    photo = read_picture(assets() / "astronaut.png")
    random = np.random.default_rng(0)
    for name, centre in (("eyes", (226, 102)), ("mouth", (222, 160))):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for i in range(each):
            turn = cv2.getRotationMatrix2D(centre, random.uniform(-40, 40), random.uniform(1.0, 2.5))
            turn[:, 2] = turn[:, 2] + 56 - np.array(centre) + random.uniform(-14, 14, 2)
            cv2.imwrite(str(folder / name / f"{i:02d}.png"), cv2.warpAffine(photo, turn, (112, 112)))


def training_events(faces: Path) -> list[dict[str, object]]:
    """What a training of four rounds on a folder of labelled faces reports, of which three are done."""
    names, each = [path.name for path in sorted(faces.iterdir())], 10
    pictures = [str(path.relative_to(faces)) for path in sorted(faces.rglob("*.png"))]
    events: list[dict[str, object]] = [
        {"event": "start", "step": 0, "steps": 4 * each, "epochs": 4, "classes": names},
        *({"event": "step", "step": step, "loss": 1 / (1 + 0.1 * step)} for step in range(1, 3 * each + 1)),
    ]
    for epoch in range(3):
        shown = [{"name": name, "labelled": names[0], "read_as": names[0], "probability": 0.9} for name in pictures[:4]]
        confusion = [[5 + epoch, 3 - epoch], [2 - epoch // 2, 6 + epoch // 2]]
        step = (epoch + 1) * each
        events.append(
            {
                "event": "epoch",
                "step": step,
                "epoch": epoch,
                "accuracy": 0.7 + 0.1 * epoch,
                "confusion": confusion,
                "faces": shown,
            }
        )
    return events


def training_result(faces: Path) -> "Result":
    """What such a training comes to, beside the model that it came from."""
    from mien.evaluation.scores import Scores
    from mien.training.comparison import NEW_MODEL, Comparison, Judged
    from mien.training.result import Result

    names = tuple(path.name for path in sorted(faces.iterdir()))

    def judged(name: str, right: int) -> Judged:
        recall: dict[str, float | None] = dict.fromkeys(names, right / 20)
        confusion = [[right if row == column else 20 - right for column in range(2)] for row in range(2)]
        scores = Scores("faces, validation", 40, 112, right / 20, right / 20, recall, 0.06, confusion, names)
        return Judged(name, scores, {"24": right / 20 - 0.1, "16": right / 20 - 0.2})

    before, after = judged("light", 11), judged(NEW_MODEL, 18)
    comparison = Comparison(before, after, 0.35, 0.2, 0.5, ())
    return Result(after, comparison, None, "light")


def make_material(folder: Path, model: str) -> Material:
    """Write it all into a folder, and analyse a film of a second with a model."""
    from mien.analysis.analyse import analyse
    from mien.analysis.options import AnalysisOptions
    from mien.analysis.setup import recognizer_for

    film, faces, session = folder / "waiting.mp4", folder / "faces", folder / "sessions" / "interview"
    write_film(film, 0.2)
    write_film(folder / "interview.mp4", 1)
    write_faces(faces, 8)
    options = AnalysisOptions(model=model, pose=True)
    with recognizer_for(options) as recognizer:
        analyse(folder / "interview.mp4", session, recognizer, options)
    return Material(film, session, faces)
