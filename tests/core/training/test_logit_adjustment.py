"""The head is moved towards rare classes once training is over."""

import math
from dataclasses import replace

import pytest
import torch

from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.training import config as configs
from mien.training.logit_adjustment import adjust_logits


def test_a_class_gains_as_much_as_it_is_rare(tiny: NetworkConfig) -> None:
    network = ExpressionNetwork(replace(tiny, classes=("common", "rare", "never"))).eval()
    x = torch.rand(4, 1, 48, 48)
    with torch.no_grad():
        before = network(x)
        labels = torch.tensor([[1.0, 0.0, 0.0]]).repeat(97, 1)
        labels[:3] = torch.tensor([0.0, 1.0, 0.0])
        adjust_logits(network, labels, 0.5)
        gained = network(x) - before
    shares = (95 / 100, 4 / 100, 1 / 100)  # of 97 faces and one more of each class
    expected = torch.tensor([-0.5 * math.log(share) for share in shares])
    assert torch.allclose(gained, expected.expand(4, 3), atol=1e-5)


def test_the_models_of_the_recipe_are_adjusted_once() -> None:
    plain, light = (configs.load(name) for name in ("light-plain", "light"))
    assert plain.logit_adjustment > 0
    assert (light.start, light.trained, light.logit_adjustment) == ("light-plain", "neural resizer", 0)
    assert configs.load("finetune").logit_adjustment == 0
    with pytest.raises(configs.MienError, match="logit_adjustment"):
        configs.load("light", logit_adjustment=-1)
