from dataclasses import replace

import pytest
import torch

from mien.errors import MienError
from mien.nn.config import NetworkConfig
from mien.nn.interpolation import Interpolation, resized
from mien.nn.network import ExpressionNetwork
from mien.nn.resizer import LearnedResizer
from mien.nn.stn import SpatialTransformer
from mien.nn.superres import SuperResolution, factor_for, restoration_loss
from mien.nn.weight_transfer import swin_from_deit


@pytest.mark.parametrize("size", [(8, 8), (13, 17), (24, 24), (48, 48), (61, 50), (200, 200)])
def test_any_crop_size_comes_out_as_the_backbones(tiny: NetworkConfig, size: tuple[int, int]) -> None:
    network = ExpressionNetwork(tiny).eval()
    stages = network.stages(torch.rand(3, 1, *size))
    assert stages.resized.shape == (3, 1, 32, 32)
    assert stages.logits.shape == (3, 2)


@pytest.mark.parametrize("shape", [(1, 3, 24, 24), (1, 24, 24), (1, 1, 7, 24)])
def test_a_wrong_shape_is_told(tiny: NetworkConfig, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="crops must be"):
        ExpressionNetwork(tiny)(torch.rand(shape))


def test_gradients_reach_every_stage(tiny: NetworkConfig) -> None:
    network = ExpressionNetwork(replace(tiny, stn=True))
    x = torch.rand(4, 1, 24, 24)
    loss = network(x).square().sum() + restoration_loss(network.superres, x)
    loss.backward()
    without = [name for name, p in network.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0]
    # The last layer of the STN starts at zero, so what lies before it learns from the second step on.
    assert [
        name for name in without if not name.startswith("stn.features") and not name.startswith("stn.affine.0")
    ] == []
    assert network.stn.affine[-1].weight.grad.abs().sum() > 0


@pytest.mark.parametrize("up", ["sr", "bilinear", "bicubic"])
@pytest.mark.parametrize("down", ["ltr", "bilinear", "bicubic"])
def test_each_stage_can_be_replaced(tiny: NetworkConfig, up: str, down: str) -> None:
    network = ExpressionNetwork(replace(tiny, up=up, down=down, channels=3))
    assert (network.superres is None) == (up != "sr")
    assert (network.resizer is None) == (down != "ltr")
    assert network.eval()(torch.rand(2, 3, 20, 20)).shape == (2, 2)


def test_the_resizer_has_the_references_parameters() -> None:
    assert sum(p.numel() for p in LearnedResizer(channels=3, width=16, blocks=1).parameters()) == 12_083


@pytest.mark.parametrize(
    ("size", "target", "oversampling", "factor"),
    [
        (48, 224, 1.5, 8),
        (48, 112, 1.5, 4),
        (48, 112, 0.85, 2),
        (24, 112, 0.85, 4),
        (12, 112, 0.85, 8),
        (400, 224, 1.5, 1),
    ],
)
def test_factor_follows_the_crops_size(size: int, target: int, oversampling: float, factor: int) -> None:
    assert factor_for(size, target, oversampling) == factor


@pytest.mark.parametrize("factor", [1, 2, 4, 8])
def test_super_resolution_starts_as_bicubic(factor: int) -> None:
    x = torch.rand(2, 1, 12, 12)
    out = SuperResolution(1)(x, factor)
    bicubic = torch.nn.functional.interpolate(x, scale_factor=float(factor), mode="bicubic")
    assert out.shape == (2, 1, 12 * factor, 12 * factor)
    assert (out - bicubic).abs().max() < 0.05


def test_super_resolution_learns_to_restore() -> None:
    torch.manual_seed(0)
    stage = SuperResolution(1)
    clean = (torch.rand(8, 1, 6, 6) > 0.5).float().repeat_interleave(8, 2).repeat_interleave(8, 3)
    optimiser = torch.optim.Adam(stage.parameters(), 3e-3)
    first = restoration_loss(stage, clean).item()
    for _ in range(25):
        optimiser.zero_grad()
        loss = restoration_loss(stage, clean)
        loss.backward()
        optimiser.step()
    assert loss.item() < 0.8 * first


@pytest.mark.parametrize("size", [(20, 20), (33, 47), (120, 96)])
def test_the_spatial_transformer_starts_as_the_identity(size: tuple[int, int]) -> None:
    x = torch.rand(2, 3, *size)
    assert torch.allclose(SpatialTransformer(3)(x), x, atol=1e-4)


def test_a_swin_that_inherits_a_deit_is_the_same_function() -> None:
    torch.manual_seed(0)
    deit = ExpressionNetwork(NetworkConfig()).eval()
    swin = ExpressionNetwork(NetworkConfig(backbone="swin_narrow")).eval()
    swin_from_deit(swin.backbone, deit.backbone, deit.mean, deit.std)
    grey = torch.rand(2, 1, 112, 112).expand(-1, 3, -1, -1)
    x = (grey - deit.mean) / deit.std
    with torch.no_grad():
        expected, got = deit.backbone(x), swin.backbone(x)
    assert (expected - got).norm() / expected.norm() < 5e-3


def test_a_config_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(MienError, match="2 to 1000 different names"):
        NetworkConfig(classes=("only",))
    with pytest.raises(MienError, match="'nonsense'"):
        ExpressionNetwork(NetworkConfig(backbone="nonsense"))
    with pytest.raises(MienError, match="cannot be built for 100 px"):
        ExpressionNetwork(NetworkConfig(backbone="xcit_tiny_12_p16_224", input_size=100))


def test_a_convolutional_backbone_takes_any_input_size() -> None:
    network = ExpressionNetwork(NetworkConfig(backbone="tf_efficientnet_lite0", input_size=64)).eval()
    with torch.no_grad():
        stages = network.stages(torch.rand(1, 1, 48, 48))
    assert stages.resized.shape == (1, 1, 64, 64)
    assert stages.logits.shape == (1, 8)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("size", [(8, 12), (9, 12)])
def test_the_resizers_last_convolution_in_blocks_is_the_same(channels: int, size: tuple[int, int]) -> None:
    from mien.nn.resizer import _to_few_channels

    torch.manual_seed(0)
    conv = torch.nn.Conv2d(5, channels, 7, padding=3)
    x = torch.randn(2, 5, *size, requires_grad=True)
    plain, blocks = conv(x), _to_few_channels(x, conv)
    assert torch.allclose(blocks, plain, atol=1e-5)
    for expected, found in zip(
        torch.autograd.grad(plain.square().sum(), [x, conv.weight, conv.bias]),
        torch.autograd.grad(blocks.square().sum(), [x, conv.weight, conv.bias]),
        strict=True,
    ):
        assert torch.allclose(expected, found, rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize(
    ("before", "after", "mode"), [((13, 20), (26, 40), "bicubic"), ((96, 96), (112, 112), "bilinear")]
)
def test_grey_pictures_are_enlarged_as_coloured_ones(
    before: tuple[int, int], after: tuple[int, int], mode: Interpolation
) -> None:
    x = torch.rand(2, 3, *before, generator=torch.Generator().manual_seed(0))
    grey = torch.cat([resized(x[:, i : i + 1], after, mode) for i in range(3)], 1)
    assert grey.shape[-2:] == after
    assert torch.allclose(grey, resized(x, after, mode), atol=1e-6)


@pytest.mark.parametrize("balancing", ["none", "both"])
def test_a_mirrored_prediction_is_the_same_for_a_face_and_its_mirror_image(tiny: NetworkConfig, balancing: str) -> None:
    # Interpolation alone in front: the learned stages need not treat left and right alike.
    config = replace(tiny, up="bicubic", down="bilinear", balancing=balancing)
    plain = ExpressionNetwork(config).eval()
    mirrored = ExpressionNetwork(replace(config, mirrored=True)).eval()
    mirrored.load_state_dict(plain.state_dict())
    x = torch.rand(3, 1, 24, 24)
    assert (plain(x) - plain(x.flip(-1))).abs().max() > 1e-3
    assert mirrored(x).shape == (3, 2)
    assert torch.allclose(mirrored(x), mirrored(x.flip(-1)), atol=1e-5)
    if balancing == "none":
        assert torch.allclose(mirrored(x), (plain(x) + plain(x.flip(-1))) / 2, atol=1e-5)
    # Training reads each face once.
    logits = []
    for network in (mirrored.train(), plain.train()):
        torch.manual_seed(0)  # of the dropout
        logits.append(network(x))
    assert torch.equal(*logits)
