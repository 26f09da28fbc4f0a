"""Looks for faces in 2,000 textures and cartoons that have none: `make endurance`.

It also names the pictures in which one would be found if the networks had to agree a little less. These are the ones
that `tests/core/faces/test_large_frames.py` looks at.
"""

import argparse
import sys
import time

import numpy as np
from tests.core.faces.no_faces import cartoon, texture

from mien.faces import close_up
from mien.faces.detector import FaceDetector

_LESS = 0.1  # of the score from which on a find is a face
_SAY_EVERY = 200


def main() -> int:
    """Look at all; 1 where a face is found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    arguments = parser.parse_args()
    began, needed, drawn = time.monotonic(), close_up._needed, close_up._DRAWN_AGREED
    found, nearly = [], []
    with FaceDetector() as detector:
        for number in range(arguments.count):
            picture = (texture, cartoon)[number % 2](np.random.default_rng(number), 360, 480)
            close_up._needed = lambda face: needed(face) - _LESS
            close_up._DRAWN_AGREED = drawn - _LESS
            suspect = bool(detector.detect(picture))
            close_up._needed, close_up._DRAWN_AGREED = needed, drawn
            nearly += [number] * suspect
            found += [number] * (suspect and bool(detector.detect(picture)))
            if (number + 1) % _SAY_EVERY == 0 or number + 1 == arguments.count:
                print(
                    f"{number + 1} pictures in {time.monotonic() - began:.0f} s: faces in {found}, nearly in {nearly}",
                    flush=True,
                )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
