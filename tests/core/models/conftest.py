from pathlib import Path

import pytest

from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork


@pytest.fixture
def saved(tiny: NetworkConfig, tmp_path: Path) -> Path:
    """The card of a small model."""
    weights.save(ExpressionNetwork(tiny), cards.Card(name="mine", network=tiny), tmp_path)
    return tmp_path / "mine.json"
