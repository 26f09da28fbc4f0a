import gc
import os

# Before Qt and PyTorch are imported: no display is needed, and the tests leave a core to others.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("PYTHONFAULTHANDLER", "1")  # a process of its own that crashes says where
if "PYTEST_XDIST_WORKER" in os.environ:  # processes that share the cores
    os.environ.setdefault("OMP_NUM_THREADS", "1")

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from filelock import FileLock
from tests.mjpeg import MjpegServer

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.sources import DemoSource
from mien.utils import paths
from mien.video.writer import VideoWriter

gc.disable()  # while all is imported


def pytest_collection_finish() -> None:
    """Collecting garbage does not look through all that was imported, which takes half a second each time."""
    gc.freeze()
    gc.enable()


SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data beside the checkout; tests that need them are skipped where they are not."""
    if not SHARED.is_dir():
        pytest.skip("no data folder beside the checkout")
    return SHARED


@pytest.fixture
def tiny() -> NetworkConfig:
    """A network that is whole, and small enough to train in a test: timm's own for tests, over 2x2 tokens."""
    return NetworkConfig(backbone="test_vit", input_size=32, crop_size=24, classes=("a", "b"), head_width=16)


def shared_by_all(factory: pytest.TempPathFactory) -> Path:
    """The folder of all processes that share the tests."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(name: str, make: Callable[[Path], object], factory: pytest.TempPathFactory) -> Path:
    """A folder that the first of the processes which share the tests makes for all of them."""
    folder = shared_by_all(factory) / name
    made = folder.with_suffix(".made")
    with FileLock(folder.with_suffix(".lock")):
        if not made.exists():
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


@pytest.fixture(scope="session")
def model_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The card of an untrained model with the eight expressions."""

    def make(folder: Path) -> None:
        config = NetworkConfig(backbone="test_vit", input_size=32, head_width=16)
        torch.manual_seed(0)
        weights.save(ExpressionNetwork(config).eval(), cards.Card(name="untrained", network=config), folder)

    return str(made_once("models", make, tmp_path_factory) / "untrained.json")


DEMO_FRAMES = 400


@pytest.fixture(scope="session")
def demo_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with two faces, at a rate that varies, with frames that refer to later ones."""
    name = "two people's  café.mp4"
    return made_once("videos", lambda folder: write_demo(folder / name, DEMO_FRAMES), tmp_path_factory) / name


AWAY = range(255, 275)
"""Frames of a written demo in which nobody is to be seen: its faces are at their smallest, and it is dark."""


def write_demo(path: Path, frames: int, width: int = 320, height: int = 240) -> list[float]:
    """Write frames of the demo with two faces; their times."""
    source = DemoSource(2, frames)
    times = [0.04 * i + (0.015 if i % 3 == 0 else 0.0) + (1.0 if i > frames // 2 else 0.0) for i in range(frames)]
    with VideoWriter(path, width, height, 25) as writer:
        for time_s in times:
            frame = source.read()
            assert frame is not None
            image = frame.image // 16 if frame.index in AWAY else frame.image
            writer.write(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), time_s)
    return times


@pytest.fixture(scope="session")
def session(demo_video: Path, model_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An undisturbed analysis of the demo video."""

    def make(folder: Path) -> None:
        options = AnalysisOptions(model=model_path)
        with recognizer_for(options) as recognizer:
            analyse(demo_video, folder / "demo", recognizer, options)

    return made_once("session-of-the-demo", make, tmp_path_factory) / "demo"


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    """Two classes of 20 pictures that can be told apart: bright above, bright below."""
    rng = np.random.default_rng(0)
    for name in ("a", "b"):
        folder = tmp_path / "data" / name
        folder.mkdir(parents=True)
        for i in range(20):
            image = rng.integers(0, 80, (24, 24), dtype=np.uint8)
            half = slice(0, 12) if name == "a" else slice(12, 24)
            image[half] += 120
            cv2.imwrite(str(folder / f"{i:02d}.png"), image)
    return tmp_path / "data"


@pytest.fixture
def mjpeg_server() -> Iterator[MjpegServer]:
    """A network camera that can be cut."""
    server = MjpegServer()
    yield server
    server.stop()


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A person's own cache and choices are left alone; all processes of the tests share one cache."""
    folder = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.CACHE, str(shared_by_all(tmp_path_factory) / "cache"))
        patch.setattr(paths, "user_weights", lambda: folder / "models")
        patch.setattr(paths, "user_trainings", lambda: folder / "trainings")
        patch.setattr(paths, "user_settings", lambda: folder / "settings.ini")
        patch.setattr(paths, "log", lambda: folder / "mien.log")
        yield
