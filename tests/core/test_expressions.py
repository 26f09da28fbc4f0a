import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.colours import class_colour
from mien.data.readers.votes import COLUMNS
from mien.expressions import EXPRESSIONS, ordered

NINTH = """
import importlib, pkgutil, sys
from pathlib import Path

import mien.expressions

mien.expressions.EXPRESSIONS += ("boredom",)

import mien, mien_app
for package in (mien, mien_app):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

from mien.colours import class_colour
from mien.data.load import load_training
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.training.config import TrainConfig, with_classes
from mien.training.objective import build_loss

assert NetworkConfig().classes[-1] == "boredom"
assert len({class_colour(name, i) for i, name in enumerate(mien.expressions.EXPRESSIONS)}) == 9
assert len(cards.read_card("light").network.classes) == 8
data = load_training(Path(sys.argv[1]), rule="majority", size=48, channels=1)
assert data.train.labels.shape == (2, 8)
config = with_classes(TrainConfig(network=NetworkConfig(input_size=32)), data.train.classes)
assert build_loss(config, data, ExpressionNetwork(config.network)).prior.shape == (8, 8)
"""


@pytest.mark.slow
def test_a_ninth_expression_fails_nowhere(tmp_path: Path) -> None:
    """All modules import, and models and data that know eight expressions are read as before."""
    for folder, faces in {"FER2013Train": (0, 1), "FER2013Valid": (2, 3)}.items():
        (tmp_path / folder).mkdir()
        lines = []
        for i in faces:
            cv2.imwrite(str(tmp_path / folder / f"fer{i}.png"), np.full((48, 48), 50 * i, np.uint8))
            counts = np.eye(10, dtype=int)[i % 2] * 10
            lines.append(f'fer{i}.png,"(0, 0, 48, 48)",' + ",".join(map(str, counts)))
        (tmp_path / folder / "label.csv").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [sys.executable, "-c", NINTH, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_ferplus_counts_the_expressions_in_their_order() -> None:
    assert EXPRESSIONS[: len(COLUMNS)] == COLUMNS


def test_no_two_classes_of_a_model_share_a_colour() -> None:
    for own in (("awe", "zeal"), tuple(f"own {i}" for i in range(8))):
        # A person's own classes stand behind the expressions, wherever these end.
        for count in range(7):
            classes = ordered((*EXPRESSIONS[2 : 2 + count], *own))
            assert len({class_colour(name, i) for i, name in enumerate(classes)}) == len(classes)


def test_expressions_come_in_their_own_order() -> None:
    assert ordered(["zeal", "surprise", "awe", "neutral"]) == ("neutral", "surprise", "awe", "zeal")
