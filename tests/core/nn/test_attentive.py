from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from mien.cli.main import main
from mien.data.load import TrainingData, load_training
from mien.errors import MienError
from mien.models import cards, weights
from mien.nn import backbones
from mien.nn.arbex.extractor import AttentiveExtractor
from mien.nn.arbex.streams import load_published
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.runtimes import open_runtime
from mien.training.config import TrainConfig
from mien.training.freezing import Trained, freeze
from mien.training.initial_weights import start_network
from mien.training.optimiser import build_optimiser
from mien.training.trainer import Trainer


@pytest.fixture
def shape(tiny: NetworkConfig) -> NetworkConfig:
    return replace(tiny, backbone="arbex_tiny", channels=3, up="bicubic", down="bilinear", balancing="both")


def config(shape: NetworkConfig, **changes: object) -> TrainConfig:
    settings = TrainConfig(
        network=shape, start="random", loss="ls", restoration=0.0, epochs=2, batch_size=8, warmup_steps=2
    )
    return replace(settings, learning_rate=1e-3, **changes)


@pytest.fixture
def data(class_folder: Path) -> TrainingData:
    return load_training(class_folder, rule="majority", size=24, channels=3)


def test_the_extractor_has_the_papers_measures() -> None:
    with torch.device("meta"):
        extractor = backbones.create("arbex", 112)
    assert isinstance(extractor, AttentiveExtractor)
    assert extractor.num_features == 768
    assert extractor.position.shape == (1, 148, 768)
    assert [a.position.window_size for a in extractor.attention] == [(28, 28), (14, 14), (7, 7)]
    assert [a.heads for a in extractor.attention] == [2, 4, 8]
    # The paper counts 45 million.
    assert sum(p.numel() for p in extractor.parameters()) / 1e6 == pytest.approx(45, rel=0.06)


def test_the_streams_maps_meet_at_three_scales() -> None:
    extractor = backbones.create("arbex_tiny", 112).eval()
    x = torch.rand(1, 3, 112, 112)
    with torch.no_grad():
        assert [m.shape[-1] for m in extractor.landmarks(x)] == [28, 14, 7]
        assert [m.shape[-1] for m in extractor.image(x)] == [56, 28, 14]
        assert extractor(x).shape == (1, 64)


def test_the_streams_tensors_are_named_as_the_published_ones() -> None:
    with torch.device("meta"):
        extractor = backbones.create("arbex", 112)
    image, landmarks = extractor.image.state_dict(), extractor.landmarks.state_dict()
    for state, name, size in (
        (image, "input_layer.2.weight", (64,)),
        (image, "body1.2.res_layer.3.weight", (64, 64, 3, 3)),
        (image, "body2.0.shortcut_layer.0.weight", (128, 64, 1, 1)),
        (image, "body3.13.res_layer.4.running_var", (256,)),
        (landmarks, "conv2_dw.conv.weight", (64, 1, 3, 3)),
        (landmarks, "conv_23.project.conv.weight", (64, 128, 1, 1)),
        (landmarks, "conv_3.model.3.conv_dw.prelu.weight", (128,)),
        (landmarks, "conv_45.conv.bn.weight", (512,)),
        (landmarks, "conv_6_sep.conv.weight", (512, 128, 1, 1)),
    ):
        assert state[name].shape == size
    assert "body1.0.shortcut_layer.0.weight" not in image
    assert "conv_23.project.prelu.weight" not in landmarks


def test_the_light_extractor_takes_the_deepest_maps_of_the_face_networks() -> None:
    with torch.device("meta"):
        extractor = backbones.create("arbex_light", 128)
        x = torch.zeros(1, 3, 128, 128)
        assert [tuple(m.shape[1:]) for m in extractor.image(x)] == [(64, 16, 16), (128, 8, 8), (256, 4, 4)]
        assert [len(stream.face.blocks) for stream in (extractor.image, extractor.landmarks)] == [5, 5]
        assert extractor.position.shape == (1, 3 * 4**2 + 1, 256)
        assert extractor(x).shape == (1, 256)


def test_a_size_that_does_not_fit_is_told() -> None:
    with pytest.raises(MienError, match="multiples of 16 px, not 100 px"):
        backbones.create("arbex_tiny", 100)
    with pytest.raises(MienError, match="multiples of 32 px, not 112 px"):
        backbones.create("arbex_light", 112)
    with pytest.raises(MienError, match="--image-stream"):
        backbones.create("arbex_tiny", 112, pretrained=True)


def test_gradients_reach_everything(shape: NetworkConfig) -> None:
    torch.manual_seed(0)
    network = ExpressionNetwork(shape, drop_path=0.25)
    network(torch.rand(4, 3, 24, 24)).square().sum().backward()
    without = [name for name, p in network.backbone.named_parameters() if not p.grad.abs().sum() > 0]
    assert without == []


def test_faces_do_not_see_each_other(shape: NetworkConfig) -> None:
    torch.manual_seed(0)
    network = ExpressionNetwork(shape).eval()
    x = torch.rand(3, 3, 24, 24)
    with torch.no_grad():
        assert torch.allclose(network(x)[:1], network(x[:1]), atol=1e-5)


def test_drop_path_grows_over_the_scales() -> None:
    extractor = backbones.create("arbex_tiny", 32, drop_path=0.25)
    assert [a.drop_path.drop_prob for a in extractor.attention] == [0, 0.125, 0.25]


@pytest.mark.slow
def test_a_training_from_scratch_learns(shape: NetworkConfig, data: TrainingData, tmp_path: Path) -> None:
    settings = config(shape, epochs=8, ema=0.0, optimiser="adam", per_class=16, schedule="exponential")
    card = str(Trainer(settings, data, tmp_path / "out", quiet=True).run())
    assert cards.read_card(card).metrics["accuracy"] >= 0.8


def test_openvino_agrees(shape: NetworkConfig, tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = ExpressionNetwork(shape)
    with torch.no_grad():
        network.head[-1].weight *= 30  # as sure as a trained one
    weights.save(network.eval(), cards.Card(name="arbex", network=shape), tmp_path)
    card = str(tmp_path / "arbex.json")
    crops = np.random.default_rng(0).integers(0, 255, (3, 3, 24, 24), dtype=np.uint8)
    expected, got = (np.exp(open_runtime(card, name).run(crops).logits) for name in ("torch", "openvino"))
    assert expected.std(0).max() > 0.01
    assert np.abs(got - expected).max() < 1e-3


def test_published_streams_are_taken_over_and_stay(shape: NetworkConfig, data: TrainingData, tmp_path: Path) -> None:
    torch.manual_seed(3)
    published = backbones.create("arbex_tiny", 32)
    for part in ("image", "landmarks"):
        tensors = {f"module.{key}": value.contiguous() for key, value in getattr(published, part).state_dict().items()}
        tensors["module.output_layer.3.weight"] = torch.zeros(2, 2)  # what comes after the part that is used
        save_file(tensors, tmp_path / f"{part}.safetensors")
    files = {"image_stream": "image.safetensors", "landmark_stream": "landmarks.safetensors"}
    settings = config(shape, epochs=1, **{key: str(tmp_path / name) for key, name in files.items()})
    path = str(Trainer(settings, data, tmp_path / "out", quiet=True).run())
    network, card = weights.load(path)
    own = network.backbone.state_dict()
    for key, value in published.state_dict().items():
        kept = key.startswith(("image.", "landmarks."))
        if kept:  # their statistics too
            assert torch.equal(own[key].half(), value.half()), key
    assert not torch.allclose(own["blocks.0.mlp.fc1.weight"], published.blocks[0].mlp.fc1.weight, atol=1e-2)
    assert card.training["start"] == "random, image.safetensors, landmarks.safetensors"
    assert card.training["image_stream"] == "image.safetensors"


def test_files_that_are_no_streams_are_refused(shape: NetworkConfig, tmp_path: Path) -> None:
    stream = backbones.create("arbex_tiny", 32).image
    with pytest.raises(MienError, match=r"pickle.*Convert it: python -c .*ir50\.safetensors"):
        load_published(stream, tmp_path / "ir50.pth")
    save_file({"x": torch.zeros(1)}, tmp_path / "x.safetensors")
    with pytest.raises(MienError, match="does not belong to this network: tensor 'input_layer"):
        load_published(stream, tmp_path / "x.safetensors")
    with pytest.raises(MienError, match="cannot be read: No such file"):
        load_published(stream, tmp_path / "nowhere.safetensors")


def over_a_face_network(shape: NetworkConfig, backbone: str, folder: Path) -> str:
    """The card of a model whose backbone stands on a face network."""
    torch.manual_seed(4)
    network = ExpressionNetwork(replace(shape, backbone=backbone, balancing="none"))
    weights.save(network.eval(), cards.Card(name=backbone, network=network.config), folder)
    return str(folder / f"{backbone}.json")


def test_a_stream_takes_the_face_network_of_a_model(shape: NetworkConfig, tmp_path: Path) -> None:
    model = over_a_face_network(shape, "face_mobilenet", tmp_path)
    settings = config(replace(shape, backbone="arbex_light"), image_stream=model)
    network, start = start_network(settings)
    assert start == "random, face_mobilenet"
    given = weights.load(model)[0].backbone.face.state_dict()
    for name, value in network.backbone.image.face.state_dict().items():
        assert torch.equal(value, given[name]), name
    assert not any(p.requires_grad for p in network.backbone.image.face.parameters())
    assert all(p.requires_grad for p in network.backbone.landmarks.parameters())


@pytest.mark.parametrize("backbone", ["face_swin", "test_vit"])
def test_a_model_without_a_whole_face_network_is_no_stream(shape: NetworkConfig, tmp_path: Path, backbone: str) -> None:
    model = over_a_face_network(shape, backbone, tmp_path)  # face_swin has four of its five stages
    with pytest.raises(MienError, match="has no whole face network"):
        start_network(config(replace(shape, backbone="arbex_light"), image_stream=model))


@pytest.mark.parametrize("trained", get_args(Trained))
def test_a_frozen_stream_stays_frozen_whatever_learns(shape: NetworkConfig, trained: Trained) -> None:
    network = ExpressionNetwork(shape)
    network.backbone.image.requires_grad_(False)
    freeze(network, trained)
    assert not any(p.requires_grad for p in network.backbone.image.parameters())
    learns = {name.split(".")[0] for name, p in network.backbone.named_parameters() if p.requires_grad}
    assert ("landmarks" in learns) == (trained in ("backbone", "everything"))
    assert all(p.requires_grad for p in network.head.parameters())


def test_a_backbone_without_streams_says_so(
    class_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.safetensors").touch()
    stream = ["--image-stream", str(tmp_path / "x.safetensors")]
    words = ["train", str(class_folder), "--config", "deit", "--start", "random", *stream]
    assert main([*words, "--out", str(tmp_path / "out")]) == 2
    assert "no image stream" in capsys.readouterr().err


@pytest.mark.slow
def test_the_converting_line_makes_a_file_that_is_taken(tmp_path: Path) -> None:
    import subprocess
    import sys

    published = backbones.create("arbex_tiny", 32).image
    torch.save({"state_dict": published.state_dict(), "epoch": 3}, tmp_path / "ir50.pth.tar")
    stream = backbones.create("arbex_tiny", 32).image
    with pytest.raises(MienError) as told:
        load_published(stream, tmp_path / "ir50.pth.tar")
    line = str(told.value).split("Convert it: ")[1].replace("python -c", f"{sys.executable} -c")
    subprocess.run(line, shell=True, check=True, cwd=tmp_path, timeout=120)
    load_published(stream, tmp_path / "ir50.safetensors")
    assert torch.equal(stream.body2[0].res_layer[1].weight, published.body2[0].res_layer[1].weight)
    assert not any(p.requires_grad for p in stream.parameters())


def test_its_layers_have_an_order(shape: NetworkConfig) -> None:
    network = ExpressionNetwork(shape)
    optimiser = build_optimiser(config(shape, layer_decay=0.5), network)
    assert {group["lr_scale"] for group in optimiser.param_groups} == {0.125, 0.25, 0.5, 1.0}
    freeze(network, "last blocks")
    learns = {name.split(".")[0] for name, p in network.backbone.named_parameters() if p.requires_grad}
    assert learns == {"blocks", "norm"}
