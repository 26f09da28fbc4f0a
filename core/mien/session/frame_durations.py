"""How long a session's frames last."""

import numpy as np
from numpy.typing import NDArray

from mien.faces.tracker import PATIENCE_S


def frame_durations(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """(F,) how long each frame lasts, in seconds: until the next one, and a picture one second.

    Where none comes for so long that the tracker takes everybody for a new face, because a recording was paused or its
    camera was away, nobody was seen: the frame before, as the last one of all, lasts the median.
    """
    if len(times) < 2:
        return np.ones(len(times))
    gaps = np.diff(times)
    usual = np.median(gaps)
    return np.append(np.where(gaps > max(PATIENCE_S, usual), usual, gaps), usual)
