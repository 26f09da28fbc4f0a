from dataclasses import replace
from pathlib import Path

import pytest
import torch

from mien.data.load import TrainingData, load_training
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.training.config import TrainConfig
from mien.training.event_log import read_events
from mien.training.trainer import Trainer


@pytest.fixture
def data(class_folder: Path) -> TrainingData:
    return load_training(class_folder, rule="majority", size=24, channels=1)


def training(tiny: NetworkConfig, **changes: object) -> TrainConfig:
    network = replace(tiny, balancing="both", anchors=3, anchor_width=16)
    settings = TrainConfig(
        network=network, start="random", loss="ls", epochs=3, batch_size=8, warmup_steps=2, learning_rate=1e-3
    )
    return replace(settings, schedule="exponential", class_weights=True, per_class=12, **changes)


def test_a_balanced_training_learns_and_resumes_to_the_bit(
    tiny: NetworkConfig, data: TrainingData, tmp_path: Path
) -> None:
    config = training(tiny, epochs=20, ema=0.9, restoration=0.1, drop_path=0.0, learning_rate=5e-4)
    card = cards.read_card(str(Trainer(config, data, tmp_path / "whole", quiet=True).run()))
    assert card.metrics["accuracy"] >= 0.9
    assert "reliability balancing (both)" in card.description
    steps = [e["step"] for e in read_events(tmp_path / "whole" / "events.jsonl") if e["event"] == "epoch"]
    assert steps[0] == 3  # 12 faces of each of two classes, 8 a step
    whole, _ = weights.load(str(tmp_path / "whole" / "model.json"))
    assert whole.balancing is not None

    broken = Trainer(config, data, tmp_path / "broken", quiet=True)
    broken.should_stop = lambda: broken.step >= 17
    assert broken.run() is None
    again = Trainer(config, data, tmp_path / "broken", quiet=True)
    assert again.step == 17
    resumed, _ = weights.load(str(again.run()))
    for key, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[key])


def test_a_plain_model_starts_a_balanced_one(tiny: NetworkConfig, data: TrainingData, tmp_path: Path) -> None:
    network = ExpressionNetwork(tiny).eval()
    weights.save(network, cards.Card(name="start", network=tiny), tmp_path)
    config = training(tiny, start=str(tmp_path / "start.json"), epochs=1, learning_rate=1e-9)
    balanced, _ = weights.load(str(Trainer(config, data, tmp_path / "out", quiet=True).run()))
    assert torch.allclose(balanced.head[0].weight, network.head[0].weight, atol=1e-3)
