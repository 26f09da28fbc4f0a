"""A picture of evidence with its scale."""

import io

import cv2
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_rgb
from matplotlib.figure import Figure

from mien.evidence.occlusion import Evidence
from mien.evidence.overlay import AGAINST, FOR, STRONGEST, limit, overlay, plain
from mien.utils.figures import save_figure

_SIDE = 224  # px


def show(figure: Figure, place: Axes, scale: Axes, found: Evidence, name: str) -> None:
    """Draw the map over the face, and its scale.

    Args:
        figure: the whole picture.
        place: for the face.
        scale: for the scale.
        found: for one class.
        name: of the class.
    """
    place.imshow(cv2.cvtColor(overlay(found, _SIDE), cv2.COLOR_BGR2RGB))
    place.set_title(f"what speaks for {name}", fontsize=10)
    place.set_xticks([])
    place.set_yticks([])
    # The colours of the map over white.
    against, towards = 1 - STRONGEST * (1 - np.array([to_rgb(AGAINST), to_rgb(FOR)]))
    colours = LinearSegmentedColormap.from_list("evidence", [tuple(against), (1.0, 1.0, 1.0), tuple(towards)])
    most = 100 * limit(found)
    bar = figure.colorbar(ScalarMappable(Normalize(-most, most), colours), cax=scale, ticks=(-most, 0, most))
    bar.ax.set_yticklabels([f"\N{MINUS SIGN}{most:.0f}", "0", f"+{most:.0f}"], fontsize=8)
    bar.ax.set_title("points", fontsize=8)


def draw(found: Evidence, name: str, caption: str) -> bytes:
    """Draw the face, and the map over it with its scale.

    Args:
        found: for one class.
        name: of the class.
        caption: under the pictures: source, model, time.

    Returns:
        A PNG file's bytes.
    """
    figure = Figure(figsize=(6.6, 3.5), layout="constrained")
    figure.supxlabel(caption, fontsize=8, color="#555555")
    left, right, scale = figure.subplots(1, 3, width_ratios=(1, 1, 0.05))
    left.imshow(cv2.cvtColor(plain(found, _SIDE), cv2.COLOR_BGR2RGB))
    left.set_title(f"{name} {found.probability:.2f}", fontsize=10)
    left.set_xticks([])
    left.set_yticks([])
    show(figure, right, scale, found, name)
    buffer = io.BytesIO()
    save_figure(figure, buffer, format="png", dpi=160)
    return buffer.getvalue()
