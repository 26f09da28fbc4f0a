"""A picture of what the network makes of each face: enlarged bilinearly, by the learned resizer, and the difference.

Beside them stand the probabilities and, on request, which parts of the face speak for the most probable class.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from mien import language
from mien.errors import MienError
from mien.evidence.occlusion import Evidence, evidence
from mien.faces.alignment import size_in_words
from mien.faces.pose.values import in_words
from mien.figures import evidence_plot
from mien.figures.canvas import FAINT, Canvas, diverging
from mien.figures.evidence_plot import SIDE, TITLE
from mien.models.cards import DEFAULT_MODEL
from mien.recognition.classifier import prepare
from mien.recognition.recognizer import Recognizer
from mien.recognition.settings import RecognizerSettings
from mien.sources import AnyAddress, DemoSource, open_source, shown_name
from mien.types import Frame, Prediction, ResizerViews
from mien.utils.files import write_atomic, writing
from mien.utils.images import difference, encode_picture, full_colour, rotated

_KINDS = {"": ".png", ".png": ".png", ".jpg": ".jpg", ".jpeg": ".jpg"}
# Where things stand in a row, px: who it is, three pictures with a scale, names, the bars; evidence comes after them.
_ROW, _FIRST, _GAP, _NAMES, _BARS, _LONGEST, _WIDTH = SIDE + TITLE + 32, 230, 16, 150, 1400, 290, 1780


@dataclass(frozen=True)
class FaceReport:
    """What a snapshot shows of one face."""

    prediction: Prediction
    views: ResizerViews
    evidence: Evidence | None = None
    """A snapshot has it for all faces or for none."""


@language.english()
def draw(faces: Sequence[FaceReport], classes: tuple[str, ...], caption: str, kind: str = ".png") -> bytes:
    """Draw a snapshot.

    Args:
        faces: at least one; each becomes a row.
        classes: names of the probabilities.
        caption: under the rows: source, model, time.
        kind: of the file, .png or .jpg.

    Returns:
        The file's bytes.
    """
    more = any(face.evidence for face in faces)
    width = _WIDTH + (evidence_plot.WIDTH if more else 0)
    canvas = Canvas(width, _ROW * len(faces) + 50)
    for i, face in enumerate(faces):
        _draw_row(canvas, i * _ROW + TITLE, face, classes)
    canvas.text(caption, width // 2, canvas.image.shape[0] - 28, 18, ink=FAINT, align=0.5, room=width - 40)
    return encode_picture(canvas.image, kind)


def _draw_row(canvas: Canvas, top: int, face: FaceReport, classes: tuple[str, ...]) -> None:
    prediction, views = face.prediction, face.views
    said = [f"face {prediction.track_id}", size_in_words(prediction.face, views)]
    said += [in_words(prediction.pose)] if prediction.pose is not None else []
    lines = ",\n".join(", ".join(said[1:]).split(", ")).split("\n")
    for i, line in enumerate([said[0], *lines]):
        canvas.text(line, _FIRST - 16, top + SIDE // 2 + 26 * i - 13 * len(lines), 18, align=1)
    delta = difference(views)
    limit = full_colour(delta)
    pictures = (
        ("bilinear", views.bilinear),
        ("learned resizer", views.learned),
        ("difference", diverging(delta / limit)),
    )
    for i, (name, view) in enumerate(pictures):
        x = _FIRST + i * (SIDE + _GAP)
        canvas.text(name, x + SIDE // 2, top - TITLE // 2, align=0.5)
        canvas.picture(view, x, top, SIDE)
    x = _FIRST + 3 * (SIDE + _GAP)
    canvas.scale(diverging(np.linspace(-1, 1, 256)), x, top, SIDE, (f"-{limit}", "0", f"+{limit}"))
    best = int(prediction.raw_probabilities.argmax())
    unsure = f", not sure ({', '.join(prediction.unsure)})" if prediction.unsure else ""
    title = f"{classes[best]} {prediction.raw_probabilities[best]:.2f}{unsure}"
    middle = _BARS + _LONGEST // 2
    canvas.text(title, middle, top - TITLE // 2, align=0.5, room=2 * (_WIDTH - middle - _GAP))
    canvas.bars(classes, prediction.raw_probabilities.tolist(), _BARS, top, (_LONGEST, SIDE), _NAMES)
    if face.evidence is not None:
        evidence_plot.show(canvas, _WIDTH, top, face.evidence, classes[face.evidence.index])


def snapshot(
    address: AnyAddress,
    out: Path,
    *,
    model: str = DEFAULT_MODEL,
    time_s: float = 0.0,
    max_faces: int = 16,
    rotate: int = 0,
    with_evidence: bool = False,
    pose: bool = False,
) -> tuple[int, int]:
    """Write the snapshot of a picture, or of a source's first frame at or after a time.

    Args:
        address: see `mien.sources.open_source`.
        out: the file, .png (also without an ending), .jpg or .jpeg.
        model: name or path.
        time_s: into the source, from its first frame on.
        max_faces: the largest are drawn.
        rotate: turn the picture clockwise by so many degrees first (see `mien.types.ROTATIONS`).
        with_evidence: add which parts speak for the most probable class; each face is classified a hundred more times.
        pose: also write each head's pose, of faces of at least 48 px.

    Returns:
        How many faces were drawn, and how many more were found.

    Raises:
        MienError: the source cannot be read, has no frame so late, or the frame has no face; or the file cannot be
            written.
    """
    kind = _KINDS.get(out.suffix.lower())
    if kind is None:
        raise MienError(f"{out.name}: a snapshot is written as .png or .jpg. Choose one of these endings.")
    frame = _frame_at(address, time_s)
    frame = replace(frame, image=rotated(frame.image, rotate))
    with Recognizer(model, settings=RecognizerSettings(max_faces=max_faces, pose=pose)) as recognizer:
        seen = recognizer.recognize_picture(frame, views=True)
        card = recognizer.card
        faces = [FaceReport(*pair) for pair in zip(seen.predictions, seen.views, strict=True)]
        if with_evidence:
            faces = [replace(face, evidence=_evidence(recognizer, frame, face.prediction)) for face in faces]
    if not faces:
        raise MienError(f"No face was found in {shown_name(address)} at {frame.time_s:.2f} s.")
    caption = f"{shown_name(address)}, {frame.time_s:.2f} s. Model {card.name}. An expression is not a feeling."
    with writing(out):
        write_atomic(out, draw(faces, card.network.classes, caption, kind))
    return len(faces), seen.left_out


def _evidence(recognizer: Recognizer, frame: Frame, prediction: Prediction) -> Evidence:
    found = evidence(recognizer.runtime, prepare(frame.image, prediction.face, recognizer.card))
    return found[int(prediction.raw_probabilities.argmax())]


def _frame_at(address: AnyAddress, time_s: float) -> Frame:
    source, first_s = open_source(address), None
    if isinstance(source, DemoSource):  # it has no end, and would be drawn for years
        source.go_to(time_s)
        time_s = 0.0
    try:
        while (frame := source.read()) is not None:
            first_s = frame.time_s if first_s is None else first_s  # of a transport stream it need not be 0
            if frame.time_s - first_s >= time_s - 1e-6:
                return frame
    finally:
        source.close()
    raise MienError(f"{shown_name(address)} has no frame at {time_s:.2f} s.")
