from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from mien.errors import MienError
from mien.nn import backbones
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.nn.weight_transfer import from_file, from_model


def test_a_backbones_file_starts_it_with_positions_resampled(tmp_path: Path) -> None:
    published = backbones.create("deit_tiny_patch16_224", 224)
    tensors = {key: value.half() for key, value in published.state_dict().items()}
    tensors["pos_embed"][:, 1:] = 0.25  # a flat grid stays flat at any size
    tensors["head.weight"] = torch.zeros(1000, 192)
    save_file(tensors, tmp_path / "deit.safetensors")
    network = ExpressionNetwork(NetworkConfig(backbone="deit_tiny_pooled", input_size=32))
    from_file(network.backbone, tmp_path / "deit.safetensors")
    block = network.backbone.blocks[3].mlp.fc1.weight
    assert torch.allclose(block, published.blocks[3].mlp.fc1.weight, atol=1e-3)
    assert network.backbone.pos_embed.shape == (1, 4, 192)  # without the class token's
    assert torch.allclose(network.backbone.pos_embed, torch.tensor(0.25), atol=1e-3)


def test_a_file_of_something_else_is_refused(tmp_path: Path, tiny: NetworkConfig) -> None:
    save_file({"x": torch.zeros(1)}, tmp_path / "x.safetensors")
    with pytest.raises(MienError, match="does not belong"):
        from_file(ExpressionNetwork(tiny).backbone, tmp_path / "x.safetensors")
    (tmp_path / "y.safetensors").write_text("nothing")
    with pytest.raises(MienError, match="not a safetensors file"):
        from_file(ExpressionNetwork(tiny).backbone, tmp_path / "y.safetensors")


def test_a_model_with_other_classes_hands_on_all_but_the_head(tiny: NetworkConfig) -> None:
    source = ExpressionNetwork(tiny)
    target = ExpressionNetwork(NetworkConfig(**{**vars(tiny), "classes": ("x", "y", "z")}))
    from_model(target, source)
    same = {k for k, v in target.state_dict().items() if v.shape == source.state_dict()[k].shape}
    assert all(torch.equal(target.state_dict()[k], source.state_dict()[k]) for k in same)
    assert set(target.state_dict()) - same == {"head.4.weight", "head.4.bias"}
    assert target.head[-1].weight.shape == (3, 16)


def test_only_a_grey_swin_takes_over_a_deit() -> None:
    colour = ExpressionNetwork(NetworkConfig(backbone="swin_narrow", channels=3))
    with pytest.raises(MienError, match="grey"):
        from_model(colour, ExpressionNetwork(NetworkConfig(channels=3)))


def test_a_whole_swin_network_starts_as_the_deit_network() -> None:
    torch.manual_seed(0)
    deit, swin = (
        ExpressionNetwork(NetworkConfig()).eval(),
        ExpressionNetwork(NetworkConfig(backbone="swin_narrow")).eval(),
    )
    from_model(swin, deit)
    x = torch.rand(3, 1, 48, 48)
    with torch.no_grad():
        assert torch.allclose(deit(x), swin(x), atol=0.02)
