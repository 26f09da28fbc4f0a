"""Sessions made by hand, of which one knows who shows what and when."""

from pathlib import Path

import numpy as np

from mien.session.columns import journal_columns, rows
from mien.session.finalize import finish
from mien.session.gallery import Gallery
from mien.session.journal import Journal
from mien.session.manifest import Input, Manifest, Person
from mien.session.schemes.registry import COLUMN_SCHEMES
from mien.session.session import Session
from mien.types import Face, Frame, Prediction, Recognition

CLASSES = ("neutral", "happiness", "=sum")
STEP_S = 0.25


def made(folder: Path, *people: str, scheme: str = "mien", classes: tuple[str, ...] = CLASSES) -> Session:
    """A session of a letter a frame for each person: n(eutral), h(appiness), = or a point where nobody is.

    The expression's probability is 0.8, and 0.1 those of the others; a frame lasts 0.25 s.
    """
    image = np.zeros((120, 160, 3), np.uint8)
    with Journal(folder, [column.name for column in journal_columns(classes)]) as journal:
        gallery = Gallery(journal.folder)
        for index, letters in enumerate(zip(*people, strict=True)):
            frame = Frame(index, index * STEP_S, image)
            faces = tuple(_face(frame, n, c, classes) for n, c in enumerate(letters, 1) if c != ".")
            journal.append(rows(frame, Recognition(index, frame.time_s, faces, ()), classes))
            for face in faces:
                gallery.watch(image, face, frame.time_s)
        journal.commit()
        manifest = Manifest(
            input=Input("/videos/film.mp4", "0" * 64, 1, 160, 120, 4.0, len(people[0]) * STEP_S),
            model="light",
            model_sha256="0" * 64,
            classes=classes,
            persons=tuple(Person(n, (n,), 1, 0.0, 1.0) for n, own in enumerate(people, 1) if own.strip(".")),
            options={},
            counts={},
            timings={},
        )
        finish(folder, journal.rows_path, gallery, manifest, COLUMN_SCHEMES[scheme])
    return Session(folder)


def _face(frame: Frame, track: int, letter: str, classes: tuple[str, ...]) -> Prediction:
    values = np.full(len(classes), 0.1, np.float32)
    label = next(name for name in classes if name.startswith(letter))
    values[classes.index(label)] = 0.8
    keypoints = np.full((6, 2), 20.0, np.float32)
    return Prediction(
        track_id=track,
        face=Face((10.0 * track, 10.0, 40.0, 50.0), keypoints, 0.7),
        probabilities=values,
        raw_probabilities=values,
        label=label,
        sure=True,
        frame_index=frame.index,
        time_s=frame.time_s,
    )
