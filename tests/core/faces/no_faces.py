"""Pictures without a face: textures, and cartoons of houses, trees, cars and figures without eyes and mouths."""

import cv2
import numpy as np

from mien.types import Image


def texture(random: np.random.Generator, height: int, width: int) -> Image:
    """One of five kinds: clouds, checks, waves, leaves, writing."""
    made = (_clouds, _checks, _waves, _leaves, _writing)[random.integers(5)](random, height, width)
    return np.clip(made, 0, 255).astype(np.uint8)


def _clouds(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    image = np.zeros((height, width, 3), np.float32)
    for grains in (3, 6, 12, 24, 48, 96):
        noise = random.normal(size=(max(grains * height // width, 2), grains, 3)).astype(np.float32)
        image += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC) * random.uniform(5, 40)
    return image + random.uniform(60, 190, 3)


def _checks(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    angle, side = random.uniform(0, np.pi), random.uniform(8, 90)
    across, down = np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x
    dark = ((across // side + down // (side * random.uniform(0.5, 2))) % 2)[..., None]
    image = dark * random.uniform(0, 255, 3) + (1 - dark) * random.uniform(0, 255, 3)
    return image + random.normal(0, random.uniform(0, 20), (height, width, 1))


def _waves(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    image = np.zeros((height, width, 3)) + random.uniform(60, 190, 3)
    for _ in range(random.integers(1, 5)):
        angle, often = random.uniform(0, 2 * np.pi), random.uniform(0.01, 0.4)
        wave = np.sin(often * (np.cos(angle) * x + np.sin(angle) * y) + random.uniform(0, 6))
        image += wave[..., None] * random.uniform(-60, 60, 3)
    return image


def _leaves(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    image = np.full((height, width, 3), random.uniform(0, 255, 3), np.uint8)
    base = random.uniform(0, 255, 3)
    for _ in range(random.integers(200, 900)):
        place, axes = random.integers(0, (width, height)).tolist(), random.integers(2, 60, 2).tolist()
        shade = np.clip(base + random.normal(0, 45, 3), 0, 255).tolist()
        cv2.ellipse(image, place, axes, random.uniform(0, 360), 0, 360, shade, -1, cv2.LINE_AA)
    return cv2.GaussianBlur(image, (0, 0), random.uniform(0.5, 3))


def _writing(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    image = np.full((height, width, 3), random.uniform(150, 255), np.uint8)
    for _ in range(random.integers(20, 120)):
        text = "".join(random.choice(list("abcdefghijklmnop QRSTUVW:;()0o-"), random.integers(2, 30)))
        place, font = random.integers(0, (width, height)).tolist(), int(random.integers(0, 8))
        ink, thick = random.uniform(0, 140, 3).tolist(), int(random.integers(1, 5))
        cv2.putText(image, text, place, font, random.uniform(0.4, 3), ink, thick, cv2.LINE_AA)
    return image


def cartoon(random: np.random.Generator, height: int, width: int) -> Image:
    """A scene of flat shapes, most with black outlines."""
    image = np.full((height, width, 3), _colour(random), np.uint8)
    cv2.rectangle(image, (0, int(height * random.uniform(0.5, 0.8))), (width, height), _colour(random), -1)
    for _ in range(random.integers(6, 30)):
        draw = (_house, _tree, _figure, _car)[random.integers(4)]
        x, y = random.integers(0, (width, height)).tolist()
        draw(image, random, x, y, int(np.exp(random.uniform(np.log(8), np.log(height / 4)))))
    return image


def _colour(random: np.random.Generator) -> list[float]:
    return random.uniform(0, 255, 3).tolist()


def _house(image: Image, random: np.random.Generator, x: int, y: int, r: int) -> None:
    cv2.rectangle(image, (x - r, y - r), (x + r, y + r), _colour(random), -1)
    cv2.rectangle(image, (x - r, y - r), (x + r, y + r), (0, 0, 0), max(r // 15, 1))
    cv2.fillPoly(image, [np.array([(x - r, y - r), (x + r, y - r), (x, y - 2 * r)])], _colour(random), cv2.LINE_AA)
    for window in (x - r // 2, x + r // 2):
        corners = (window - r // 5, y - r // 2 - r // 5), (window + r // 5, y - r // 2 + r // 5)
        cv2.rectangle(image, *corners, _colour(random), -1)
    cv2.rectangle(image, (x - r // 5, y + r // 5), (x + r // 5, y + r), _colour(random), -1)


def _tree(image: Image, random: np.random.Generator, x: int, y: int, r: int) -> None:
    cv2.rectangle(image, (x - r // 6, y), (x + r // 6, y + r), (40, 70, 110), -1)
    cv2.circle(image, (x, y), r // 2, _colour(random), -1, cv2.LINE_AA)


def _figure(image: Image, random: np.random.Generator, x: int, y: int, r: int) -> None:
    black, line = (0, 0, 0), max(r // 15, 1)
    cv2.circle(image, (x, y - r), r // 3, _colour(random), -1, cv2.LINE_AA)
    cv2.circle(image, (x, y - r), r // 3, black, line, cv2.LINE_AA)
    cv2.line(image, (x, y - r + r // 3), (x, y + r // 2), black, line)
    for side in (-r // 2, r // 2):
        cv2.line(image, (x, y), (x + side, y - r // 4), black, line)
        cv2.line(image, (x, y + r // 2), (x + side, y + r), black, line)


def _car(image: Image, random: np.random.Generator, x: int, y: int, r: int) -> None:
    cv2.rectangle(image, (x - r, y - r // 3), (x + r, y + r // 3), _colour(random), -1)
    for wheel in (x - r // 2, x + r // 2):
        cv2.circle(image, (wheel, y + r // 3), r // 4, (20, 20, 20), -1, cv2.LINE_AA)
