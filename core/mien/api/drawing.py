"""A result as a picture with boxes, as HTML for notebooks, and as a figure."""

import base64
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from mien.colours import class_colour
from mien.errors import MienError
from mien.probabilities.wording import in_words
from mien.session.export.overlay import draw_faces
from mien.types import Image, Prediction
from mien.utils.images import encode_picture, shrunk
from mien.utils.optional import lacking

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LONGEST_PX = 800  # of a picture in a notebook
_BARS = 6  # faces in a figure whose probabilities are drawn


def _drawn(image: Image, faces: Sequence[Prediction], classes: tuple[str, ...]) -> Image:
    """The picture with boxes, in the size of a notebook."""
    copy = image.copy()
    draw_faces(copy, faces, classes, lambda number: f"Face {number}")
    return shrunk(copy, _LONGEST_PX)


def png_of(image: Image, faces: Sequence[Prediction], classes: tuple[str, ...]) -> bytes:
    """A PNG file's bytes: the picture, BGR, with boxes and expressions."""
    return encode_picture(_drawn(image, faces, classes), ".png")


def html_of(image: Image, faces: Sequence[Prediction], classes: tuple[str, ...], source: str) -> str:
    """The picture with boxes, and a table with a row a face. Whatever a name or class holds is shown as text."""
    data = base64.b64encode(encode_picture(_drawn(image, faces, classes), ".jpg")).decode()
    heads = ("face", "expression", "why not sure", *classes)
    rows = [
        (str(p.track_id), in_words(p, classes), ", ".join(p.unsure), *(f"{v:.2f}" for v in p.probabilities))
        for p in faces
    ]
    table = "".join(
        "<tr>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in row) + "</tr>"
        for cell, row in (("th", heads), *(("td", row) for row in rows))
    )
    said = escape(source) if faces else f"{escape(source)} No face was found."
    return (
        f'<div><img alt="{escape(source, quote=True)}" src="data:image/jpeg;base64,{data}"><p>{said.strip()}</p>'
        f"<table>{table if faces else ''}</table><p>An expression is not a feeling.</p></div>"
    )


def figure_of(image: Image, faces: Sequence[Prediction], classes: tuple[str, ...]) -> "Figure":
    """The picture with boxes, beside it the probabilities of the largest faces; a notebook shows it.

    Raises:
        MienError: Matplotlib is not installed.
    """
    try:
        from mien.api.shown_figure import ShownFigure
    except ModuleNotFoundError as error:
        raise MienError(lacking(error) or str(error)) from error

    shown = faces[:_BARS]
    figure = ShownFigure(figsize=(6 + 2.2 * len(shown), 4.5), layout="constrained")
    widths = [2.4, *(1 for _ in shown)]
    picture, *bars = figure.subplots(1, len(widths), squeeze=False, width_ratios=widths)[0]
    picture.imshow(_drawn(image, faces, classes)[..., ::-1])
    picture.set_axis_off()
    if len(faces) > len(shown):
        picture.set_title(f"probabilities of the {len(shown)} largest of {len(faces)} faces", fontsize=10)
    inks = [class_colour(name, place) for place, name in enumerate(classes)]
    for axes, face in zip(bars, shown, strict=True):
        axes.barh(range(len(classes)), face.probabilities, color=inks)
        axes.set_yticks(range(len(classes)), [_plain(name) for name in classes] if axes is bars[0] else [])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])  # longer ones run into the next face's
        axes.set_title(f"Face {face.track_id}", fontsize=10)
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _plain(name: str) -> str:
    """A name that Matplotlib does not take for a formula."""
    return name.replace("$", r"\$")
