from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.data.load import load_split
from mien.evidence.occlusion import Evidence, evidence
from mien.evidence.overlay import overlay, plain
from mien.models.cards import Card
from mien.nn.config import NetworkConfig
from mien.recognition.classifier import prepare
from mien.recognition.recognizer import Recognizer
from mien.runtimes import Output, open_runtime
from mien.types import Frame
from mien.utils import paths

PHOTO = paths.assets() / "astronaut.png"


@dataclass
class OneSpot:
    """Reads class a where a spot is bright, else class b, and looks at nothing else."""

    row: int
    column: int
    card: Card = field(default_factory=lambda: Card("spot", NetworkConfig(classes=("a", "b"))))
    device = runtime = "test"
    largest: int = 0

    def run(self, crops: np.ndarray) -> Output:
        self.largest = max(self.largest, len(crops))
        spot = crops[:, :, self.row - 2 : self.row + 3, self.column - 2 : self.column + 3].mean((1, 2, 3))
        logits = np.stack([(spot - 100) / 40, np.zeros(len(crops))], 1)
        return Output(logits.astype(np.float32), np.empty(0, np.float32))


@pytest.mark.parametrize(("channels", "row", "column"), [(1, 12, 34), (3, 40, 5), (1, 24, 24)])
def test_what_alone_decides_is_found(channels: int, row: int, column: int) -> None:
    crop = np.full((channels, 48, 48), 40, np.uint8)
    crop[:, row - 3 : row + 4, column - 3 : column + 4] = 250
    runtime = OneSpot(row, column)
    a, b = evidence(runtime, crop)
    assert (a.index, b.index) == (0, 1)
    assert a.probability == pytest.approx(1 / (1 + np.exp(-150 / 40)), abs=1e-3)
    assert a.map.shape == (48, 48)
    assert a.map.dtype == np.float32
    assert a.crop is crop
    most = np.unravel_index(a.map.argmax(), a.map.shape)
    assert np.hypot(most[0] - row, most[1] - column) < 8  # half a patch
    assert a.map.max() > 0.2
    away = np.hypot(*(np.indices((48, 48)) - np.array([row, column])[:, None, None]))
    assert np.abs(a.map[away > 28]).max() < 1e-3
    assert np.allclose(a.map, -b.map, atol=1e-5)  # what speaks for the one speaks against the other
    assert runtime.largest <= 8  # a live runtime beside it has its turn


def covered(found: Evidence, share: float, order: np.ndarray) -> np.ndarray:
    """The crop without the pixels that come first."""
    mask = np.zeros(order.size, bool)
    mask[order.ravel().argsort(kind="stable")[: round(share * order.size)]] = True
    blurred = cv2.GaussianBlur(found.crop[0], (0, 0), 8)
    return np.where(mask.reshape(order.shape), blurred, found.crop[0])[None]


@pytest.mark.slow
def test_deleting_what_counts_costs_more_than_what_does_not(shared: Path) -> None:
    from mien.probabilities.calibration import calibrated

    runtime = open_runtime("light-1", threads=1)
    card, rng = runtime.card, np.random.default_rng(0)
    faces = load_split(shared / "ferplus", "valid")
    lost = []
    for i in range(0, 3000, 500):
        found = max(evidence(runtime, faces.images[i].numpy()), key=lambda e: e.probability)
        blobs = cv2.GaussianBlur(rng.normal(size=(48, 48)), (0, 0), 5)
        crops = np.stack([covered(found, 0.2, order) for order in (-found.map, found.map, blobs)])
        read = calibrated(runtime.run(crops).logits, card.temperature, card.calibration)
        lost.append(found.probability - read[:, found.index])
    strongest, weakest, random = np.mean(lost, axis=0)
    assert strongest > 0.3
    assert strongest > random + 0.2
    assert weakest < 0.1


def test_a_smile_is_in_the_mouth() -> None:
    image = cv2.imread(str(PHOTO))
    with Recognizer("light-1", threads=1) as recognizer:
        (read, *_) = recognizer.recognize_picture(Frame(0, 0.0, image)).predictions
        found = evidence(recognizer.runtime, prepare(image, read.face, recognizer.card))
    happiness = found[recognizer.classes.index("happiness")]
    assert [e.probability for e in found] == pytest.approx(read.raw_probabilities.tolist(), abs=1e-4)
    row, _ = np.unravel_index(happiness.map.argmax(), happiness.map.shape)
    assert row > 0.55 * 48
    assert happiness.map[:16].max() < happiness.map.max() / 4  # above the eyes


def test_orange_is_for_blue_is_against_and_nothing_stays_the_face() -> None:
    values = np.zeros((48, 48), np.float32)
    values[:16], values[32:] = 0.3, -0.1
    found = Evidence(0, 0.9, values, np.full((1, 48, 48), 128, np.uint8))
    picture, face = overlay(found, 96), plain(found, 96)
    assert picture.shape == (96, 96, 3)
    assert (picture[48] == face[48]).all()
    blue, _, red = picture[4, 4].astype(int)
    assert red > blue + 90
    blue, _, red = picture[90, 4].astype(int)
    assert blue > red + 20
    weak = Evidence(0, 0.9, values / 1000, found.crop)
    assert np.abs(overlay(weak, 96).astype(int) - face).max() < 3  # next to nothing looks like nothing
