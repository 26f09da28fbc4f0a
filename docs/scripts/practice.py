"""Makes something to practise on, for whoever follows a tutorial without material of their own.

`practice.py videos FOLDER` writes short films of the demo, two for each of six participants; `practice.py faces
FOLDER` writes two classes of cut-out pictures.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from mien.sources import DemoSource
from mien.video.writer import VideoWriter
from mien_app.startup.material import write_faces

_FRAMES = 50


def videos(folder: Path) -> None:
    """`p1-film.mp4`, `p1-rest.mp4` and so on; those at rest are a little blurred."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    demo = DemoSource()
    for participant in range(1, 7):
        for condition in ("film", "rest"):
            with VideoWriter(folder / f"p{participant}-{condition}.mp4", 640, 480, demo.fps) as writer:
                for i in range(_FRAMES):
                    image = demo.draw(0.002 * i)
                    if condition == "rest":
                        image = cv2.GaussianBlur(image, (0, 0), random.uniform(2.0, 4.0))
                    writer.write(np.asarray(image, np.uint8), i / demo.fps)


def main() -> None:
    """Make what was asked for."""
    made = {"videos": videos, "faces": write_faces}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=made)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    made[arguments.what](arguments.folder)
    print(f"Written into {arguments.folder}.")


if __name__ == "__main__":
    main()
