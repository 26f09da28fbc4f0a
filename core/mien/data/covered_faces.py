"""Faces whose mouths are covered by what people wear or hold, drawn over faces that lie as in FERPlus."""

import cv2
import numpy as np
from numpy.typing import NDArray

Faces = NDArray[np.float32]
"""(N, 48, 48), grey, 0..1."""

_SIDE = 48
KINDS: tuple[str, ...] = ("white mask", "grey mask", "dark mask", "skin-like mask", "scarf", "hand")
_SHADES = {"white mask": (0.7, 1.0), "grey mask": (0.4, 0.7), "dark mask": (0.0, 0.25), "scarf": (0.1, 0.8)}


def covered(faces: Faces, kind: str, random: np.random.Generator) -> Faces:
    """The same faces, each covered in another way of this kind."""
    return np.array([_one(face, kind, random) for face in faces], np.float32)


def _one(face: NDArray[np.float32], kind: str, random: np.random.Generator) -> NDArray[np.float32]:
    middles = (np.arange(_SIDE) + 0.5) / _SIDE
    tilt = random.normal(0, 0.08) * (middles[None] - 0.5)
    down, across = middles[:, None] + tilt + random.normal(0, 0.015), middles[None] - 0.5 + random.normal(0, 0.02)
    shade = random.uniform(*_SHADES[kind]) if kind in _SHADES else face[20:27, 12:36].mean() * random.uniform(0.85, 1.1)
    waves = np.sin(
        2 * np.pi * random.uniform(2, 12) * (down + random.uniform(-0.4, 0.4) * across) + random.uniform(0, 6)
    )
    if kind == "hand":
        middle = random.uniform(0.7, 0.85), random.uniform(-0.1, 0.1)
        reach = random.uniform(0.14, 0.25), random.uniform(0.2, 0.45)
        cover = 12 * (1 - ((down - middle[0]) / reach[0]) ** 2 - ((across - middle[1]) / reach[1]) ** 2)
        folds = np.where(waves > 0.85, -random.uniform(0.1, 0.5), 0.0)
    elif kind == "scarf":
        cover = random.uniform(10, 48) * (down - random.uniform(0.5, 0.68))
        weave = random.normal(0, random.uniform(0.05, 0.3), random.integers(4, 24, 2)).astype(np.float32)
        folds = np.asarray(cv2.resize(weave, (_SIDE, _SIDE), interpolation=cv2.INTER_CUBIC), np.float64)
    else:
        edge = random.uniform(0.46, 0.62) + random.uniform(0, 0.6) * across**2
        half = random.uniform(0.3, 0.45) + 0.25 * np.clip(0.8 - down, 0, 1)
        cover = random.uniform(10, 48) * np.minimum(down - edge, half - np.abs(across))
        folds = random.uniform(0, 0.15) * waves
    cover = np.clip(cover, 0, 1)
    cloth = shade * (1 - random.uniform(0.2, 1.2) * across**2) * (1 + folds)
    cloth = np.clip(cloth + random.normal(0, random.uniform(0, 0.03), face.shape), 0, 1)
    made = (face * (1 - cover) + cloth * cover).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(made, (0, 0), random.uniform(0.2, 0.8)), np.float32)
