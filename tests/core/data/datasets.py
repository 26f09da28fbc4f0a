"""Small datasets in each layout that can be read."""

from pathlib import Path

import cv2
import numpy as np

_FERPLUS = {
    "FER2013Train": {
        "fer0000000.png": (0, [10, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        "fer0000001.png": (1, [0, 9, 1, 0, 0, 0, 0, 0, 0, 0]),
        "fer0000002.png": (2, [4, 0, 0, 4, 0, 0, 0, 0, 2, 0]),  # no majority
        "fer0000003.png": (3, [0, 0, 0, 0, 0, 0, 0, 0, 0, 10]),  # not a face
        "fer0000004.png": (100, [0, 0, 8, 0, 0, 0, 1, 1, 0, 0]),  # copy of a validation face
        "fer0000005.png": (5, [1, 0, 0, 0, 6, 2, 0, 0, 1, 0]),
    },
    "FER2013Valid": {
        "fer0000100.png": (100, [0, 0, 9, 0, 0, 0, 1, 0, 0, 0]),
        "fer0000101.png": (101, [7, 0, 0, 3, 0, 0, 0, 0, 0, 0]),
        "fer0000102.png": (102, [0, 10, 0, 0, 0, 0, 0, 0, 0, 0]),
    },
}


def write_image(path: Path, seed: int, size: int = 48) -> None:
    """Noise, of which each seed gives another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.random.default_rng(seed).integers(0, 255, (size, size), dtype=np.uint8))


def write_ferplus(root: Path) -> None:
    """6 training and 3 validation faces; one of the latter is also in training."""
    for folder, faces in _FERPLUS.items():
        lines = []
        for name, (seed, counts) in faces.items():
            write_image(root / folder / name, seed)
            lines.append(f'{name},"(0, 0, 48, 48)",' + ",".join(map(str, counts)))
        (root / folder / "label.csv").write_text("\n".join(lines) + "\n")


def write_rafdb(root: Path) -> None:
    """2 training faces and a test face, and one of a class that there is not."""
    (root / "EmoLabel").mkdir()
    lines = ["train_00001.jpg 5", "train_00002.jpg 4", "test_0001.jpg 7", "train_00003.jpg 9"]
    (root / "EmoLabel" / "list_patition_label.txt").write_text("\n".join(lines))
    for name in ("train_00001", "train_00002", "test_0001"):
        write_image(root / "Image" / "aligned" / f"{name}_aligned.jpg", 1, 100)


def write_folder(root: Path) -> None:
    """Two classes of 4 training and 2 validation faces."""
    for split, count in (("train", 4), ("valid", 2)):
        for name in ("x", "y"):
            for i in range(count):
                write_image(root / split / name / f"{i}.png", i + (10 if name == "y" else 0))
