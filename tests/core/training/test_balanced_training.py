from dataclasses import replace
from pathlib import Path

import pytest
import torch

from mien.data.load import TrainingData
from mien.models import cards, weights
from mien.nn.balancing import ReliabilityBalancing, unit
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.training.config import TrainConfig
from mien.training.event_log import read_events
from mien.training.trainer import Trainer


@pytest.fixture
def config(tiny: NetworkConfig) -> TrainConfig:
    """A training with balancing, class weights and as many faces of each class: 6 epochs of 3 steps."""
    network = replace(tiny, balancing="both", anchors=3, anchor_width=16, up="bilinear", down="bilinear")
    settings = TrainConfig(network=network, start="random", loss="ls", epochs=6, batch_size=8, warmup_steps=2)
    return replace(settings, schedule="exponential", class_weights=True, per_class=12, learning_rate=5e-4, ema=0.9)


@pytest.mark.slow
def test_a_balanced_training_learns_and_resumes_to_the_bit(
    config: TrainConfig, data: TrainingData, tmp_path: Path
) -> None:
    card = cards.read_card(str(Trainer(config, data, tmp_path / "whole", quiet=True).run()))
    assert "reliability balancing (both)" in card.description
    epochs = [e for e in read_events(tmp_path / "whole" / "events.jsonl") if e["event"] == "epoch"]
    assert epochs[0]["step"] == 3  # 12 faces of each of two classes, 8 a step
    assert epochs[-1]["loss"] < 0.8 * epochs[0]["loss"]
    whole, _ = weights.load(str(tmp_path / "whole" / "model.json"))
    assert whole.balancing is not None

    broken = Trainer(config, data, tmp_path / "broken", quiet=True)
    broken.should_stop = lambda: broken.step >= 10
    assert broken.run() is None
    again = Trainer(config, data, tmp_path / "broken", quiet=True)
    assert again.step == 10
    resumed, _ = weights.load(str(again.run()))
    for key, value in whole.state_dict().items():
        assert torch.equal(value, resumed.state_dict()[key])


def test_a_plain_model_starts_a_balanced_one(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    torch.manual_seed(5)
    network = ExpressionNetwork(replace(config.network, balancing="none")).eval()
    weights.save(network, cards.Card(name="start", network=network.config), tmp_path)
    trainer = Trainer(replace(config, start=str(tmp_path / "start.json")), data, tmp_path / "out", quiet=True)
    assert trainer.network.balancing is not None
    for name, value in network.state_dict().items():
        assert torch.equal(trainer.network.state_dict()[name].cpu(), value.half().float()), name


def test_mixed_precision_leaves_distances_to_anchors_as_they_are(tiny: NetworkConfig) -> None:
    torch.manual_seed(0)
    balancing = ReliabilityBalancing(16, replace(tiny, balancing="anchors", anchors=4, anchor_width=16))
    anchors = unit(balancing.anchors)
    near = unit(anchors[:, 0] + 0.03 * torch.randn(len(anchors), 16))
    exact, loss = balancing._by_distance(near, anchors), balancing.anchor_loss()
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(balancing._by_distance(near, anchors), exact)
        assert torch.equal(balancing.anchor_loss(), loss)
