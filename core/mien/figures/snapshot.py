"""A picture of what the network makes of each face: enlarged bilinearly, by the learned resizer, and the difference.

Beside them stand the probabilities and, on request, which parts of the face speak for the most probable class.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError
from mien.evidence.occlusion import Evidence, evidence
from mien.faces.alignment import size_in_words
from mien.faces.pose.values import in_words
from mien.figures import evidence_plot
from mien.models.cards import DEFAULT_MODEL
from mien.recognition.classifier import prepare
from mien.recognition.recognizer import Recognizer
from mien.recognition.settings import RecognizerSettings
from mien.sources import AnyAddress, open_source, shown_name
from mien.types import Frame, Prediction, ResizerViews
from mien.utils.figures import save_figure
from mien.utils.files import write_atomic, writing
from mien.utils.images import difference, full_colour, rotated

_BAR = "#4C78A8"
_KINDS = {"": "png", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}


@dataclass(frozen=True)
class FaceReport:
    """What a snapshot shows of one face."""

    prediction: Prediction
    views: ResizerViews
    evidence: Evidence | None = None
    """A snapshot has it for all faces or for none."""


@language.english()
def draw(faces: Sequence[FaceReport], classes: tuple[str, ...], caption: str, kind: str = "png") -> bytes:
    """Draw a snapshot.

    Args:
        faces: at least one; each becomes a row.
        classes: names of the probabilities.
        caption: under the rows: source, model, time.
        kind: of the file, png or jpeg.

    Returns:
        The file's bytes.
    """
    height = 2.7 * len(faces) + 0.5
    more = any(face.evidence for face in faces)
    figure = Figure(figsize=(14 if more else 11, height), layout="constrained")
    figure.supxlabel(caption, fontsize=9, color="#555555")
    widths = (1, 1, 1, 0.05, 1.6, 1, 0.05) if more else (1, 1, 1, 0.05, 1.6)
    grid = figure.subplots(len(faces), len(widths), squeeze=False, width_ratios=widths)
    for axes, face in zip(grid, faces, strict=True):
        _draw_row(figure, axes, face, classes)
    buffer = io.BytesIO()
    save_figure(figure, buffer, format=kind, dpi=160)
    return buffer.getvalue()


def _draw_row(figure: Figure, axes: NDArray[np.object_], face: FaceReport, classes: tuple[str, ...]) -> None:
    prediction, views = face.prediction, face.views
    pictures = (("bilinear", views.bilinear), ("learned resizer", views.learned))
    for place, (name, view) in zip(axes[:2], pictures, strict=True):
        if view.ndim == 2:
            place.imshow(view, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
        else:
            place.imshow(cv2.cvtColor(view, cv2.COLOR_BGR2RGB), interpolation="nearest")
        place.set_title(name, fontsize=10)
    said = [f"face {prediction.track_id}", size_in_words(prediction.face, views)]
    said += [in_words(prediction.pose)] if prediction.pose is not None else []
    axes[0].set_ylabel("\n".join(said).replace(", ", ",\n"), fontsize=10)
    delta = difference(views)
    limit = full_colour(delta)
    shown = axes[2].imshow(delta, cmap="RdBu_r", vmin=-limit, vmax=limit, interpolation="nearest")
    axes[2].set_title("difference", fontsize=10)
    bar = figure.colorbar(shown, cax=axes[3], ticks=(-limit, 0, limit))
    bar.ax.tick_params(labelsize=8)
    for place in axes[:3]:
        place.set_xticks([])
        place.set_yticks([])
    rows = range(len(classes))
    bars = axes[4].barh(rows, prediction.raw_probabilities, color=_BAR, height=0.62)
    axes[4].bar_label(bars, fmt="%.2f", padding=3, fontsize=8)
    axes[4].set_yticks(rows, classes, fontsize=9)
    axes[4].invert_yaxis()
    axes[4].set_xlim(0, 1.12)
    axes[4].xaxis.set_visible(False)
    axes[4].spines[["top", "right", "bottom"]].set_visible(False)
    best = int(prediction.raw_probabilities.argmax())
    unsure = f", not sure ({', '.join(prediction.unsure)})" if prediction.unsure else ""
    axes[4].set_title(f"{classes[best]} {prediction.raw_probabilities[best]:.2f}{unsure}", fontsize=10)
    if face.evidence is not None:
        evidence_plot.show(figure, axes[5], axes[6], face.evidence, classes[face.evidence.index])


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
        time_s: into the source.
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
    source = open_source(address)
    try:
        while (frame := source.read()) is not None:
            if frame.time_s >= time_s - 1e-6:
                return frame
    finally:
        source.close()
    raise MienError(f"{shown_name(address)} has no frame at {time_s:.2f} s.")
