"""A person's probabilities over time as a picture: stacked in the expressions' colours."""

import numpy as np
from numpy.typing import NDArray

from mien_app.palette import colour


def lane_picture(shares: NDArray[np.float64], classes: tuple[str, ...], rows: int) -> NDArray[np.uint8]:
    """(rows, bins, 4) RGBA, the first class at the bottom.

    Args:
        shares: (bins, C) mean probabilities, NaN where the person was not seen.
        classes: their names.
        rows: height of the picture.
    """
    seen = ~np.isnan(shares[:, 0])
    edges = np.cumsum(np.nan_to_num(shares), axis=1)
    heights = 1 - (np.arange(rows) + 0.5) / rows
    which = np.zeros((rows, len(shares)), np.uint8)
    for i in range(len(classes) - 1):
        which += heights[:, None] > edges[None, :, i]
    inks = np.array([colour(name, i).getRgb() for i, name in enumerate(classes)], np.uint8)
    picture = inks[which]
    picture[:, ~seen] = 0
    return np.ascontiguousarray(picture)
