from pathlib import Path

import pytest

from mien.data.load import TrainingData, load_training


@pytest.fixture
def curves() -> None:
    """Asked for by the test that looks at the picture of a training's curves."""


@pytest.fixture(autouse=True)
def no_picture_for_each_training(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing the curves takes as long as training a small network."""
    if "curves" not in request.fixturenames:
        monkeypatch.setattr("mien.training.progress.draw_curves", lambda events, path: None)


@pytest.fixture
def data(class_folder: Path) -> TrainingData:
    return load_training(class_folder, rule="majority", size=24, channels=1)
