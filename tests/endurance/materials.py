"""What the endurance scripts work on: a tiny model, a short video, faces and pictures with labels."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.sources import DemoSource
from mien.video.writer import VideoWriter

_FRAMES = 500
_CONFIG = """
start = "random"
rule = "majority"
loss = "ce"
epochs = 60
batch_size = 8
warmup_steps = 2
[network]
backbone = "test_vit"
input_size = 32
crop_size = 24
head_width = 16
"""


@dataclass(frozen=True)
class Materials:
    """Where they are."""

    model: Path
    video: Path
    session: Path
    """Of the video."""
    faces: Path
    """Two classes of 20 crops."""
    config: Path
    """Of a training on them."""
    pictures: Path
    """Two classes of 30 whole pictures with a face in each."""

    def copy_session(self, folder: Path) -> None:
        """A session of one's own to edit."""
        shutil.copytree(self.session, folder)


def make_all(root: Path) -> Materials:
    """Make them in a folder."""
    made = Materials(
        root / "tiny.json", root / "demo.mp4", root / "session", root / "faces", root / "c.toml", root / "pictures"
    )
    network = NetworkConfig(backbone="test_vit", input_size=32, head_width=16)
    torch.manual_seed(0)
    weights.save(ExpressionNetwork(network).eval(), cards.Card(name="tiny", network=network), root)
    made.config.write_text(_CONFIG)
    _write_video(made.video)
    options = AnalysisOptions(model=str(made.model))
    with recognizer_for(options, threads=1) as recognizer:
        analyse(made.video, made.session, recognizer, options)
    _write_faces(made.faces)
    _write_pictures(made.pictures)
    return made


def _write_video(path: Path) -> None:
    source = DemoSource(2, _FRAMES)
    with VideoWriter(path, 320, 240, 25) as writer:
        while (frame := source.read()) is not None:
            writer.write(cv2.resize(frame.image, (320, 240), interpolation=cv2.INTER_AREA), frame.time_s)


def _write_faces(root: Path) -> None:
    """Bright above and bright below, so that they can be told apart."""
    rng = np.random.default_rng(0)
    for name, half in (("a", slice(0, 12)), ("b", slice(12, 24))):
        (root / name).mkdir(parents=True)
        for number in range(20):
            image = rng.integers(0, 80, (24, 24), dtype=np.uint8)
            image[half] += 120
            cv2.imwrite(str(root / name / f"{number:02d}.png"), image)


def _write_pictures(root: Path) -> None:
    demo = DemoSource()
    for name, start in (("a", 0.0), ("b", 0.1)):
        (root / name).mkdir(parents=True)
        for number in range(30):
            cv2.imwrite(str(root / name / f"{number:02d}.png"), demo.draw(start + number / 1000))
