"""What the resizer hands on is a picture, and the super-resolution restores detail that was really there."""

from pathlib import Path

import pytest
import torch

from mien.data.augment import Augmentation, augment
from mien.data.faceset import FaceSet
from mien.data.load import load_split
from mien.data.readers.unlabelled import INNER, find_file, load
from mien.errors import MienError
from mien.expressions import EXPRESSIONS
from mien.models import weights
from mien.nn.config import NetworkConfig
from mien.nn.contrast import contrast, restandardised
from mien.nn.network import ExpressionNetwork
from mien.nn.resizer import LearnedResizer
from mien.nn.superres import BlindSuperResolution
from mien.training.restoration import feature_distance, picture_figures, restoration_figures

# Small, blurred, noisy and compressed as by a camera; neither moved nor lit in another way.
CAMERA = Augmentation(
    flip=0, rotate_deg=0, scale=0, shift=0, shear=0, contrast=0, gamma=0, erase=0,
    degrade=1, blur=0.3, jpeg=0.4, noise=0.4,
)  # fmt: skip
SMALL = NetworkConfig(
    backbone="face_mobilenet", input_size=64, crop_size=64, standardise=True, up="blind-sr", down="ltr",
    oversampling=0.0, sr_width=8, sr_blocks=1, ltr_width=8, ltr_patch=4, head_width=16,
)  # fmt: skip


def test_contrast_is_taken_out_and_put_back() -> None:
    x = torch.rand(4, 1, 32, 32) * torch.tensor([1.0, 0.5, 0.1, 0.0]).view(4, 1, 1, 1) + 0.2
    own = contrast(x)
    out = own.take_out(x)
    assert torch.allclose(out.mean((1, 2, 3)), torch.zeros(4), atol=1e-4)
    assert torch.allclose(out[:2].std((1, 2, 3)), torch.ones(2), atol=0.03)
    assert out[3].abs().max() < 1e-4  # a plain picture is not blown up
    assert torch.allclose(own.put_back(out), x, atol=1e-5)


def test_a_picture_takes_over_anothers_mean_and_contrast() -> None:
    x, like = 3 * torch.rand(2, 1, 16, 16) - 1, torch.rand(2, 1, 24, 24)
    made = restandardised(x, like)
    for measure in (torch.mean, torch.std):
        assert torch.allclose(measure(made.flatten(1), 1), measure(like.flatten(1), 1), atol=2e-3)


def test_brightness_and_contrast_of_the_camera_change_nothing() -> None:
    torch.manual_seed(0)
    network = ExpressionNetwork(SMALL).eval()
    x = torch.rand(2, 1, 64, 64)
    with torch.no_grad():
        plain, dimmed = network(x), network(0.4 * x + 0.1)
    assert torch.allclose(plain, dimmed, atol=0.02)


def test_an_untrained_stage_hands_the_face_on_as_it_is() -> None:
    x = torch.rand(2, 1, 64, 64)
    assert torch.allclose(BlindSuperResolution(1, 8, 1)(x), x, atol=0.05)
    with torch.no_grad():
        stages = ExpressionNetwork(SMALL).eval().stages(x)
    assert (stages.resized - x).abs().mean() < 0.02
    assert torch.allclose(stages.resized.mean((1, 2, 3)), x.mean((1, 2, 3)), atol=1e-3)


@pytest.mark.parametrize("size", [24, 64, 100])
def test_crops_of_any_size_are_taken(size: int) -> None:
    with torch.no_grad():
        stages = ExpressionNetwork(SMALL).eval().stages(torch.rand(2, 1, size, size))
    assert stages.resized.shape == (2, 1, 64, 64)
    assert stages.logits.shape == (2, 8)


@pytest.mark.parametrize("patch", [1, 4])
def test_a_resizer_of_patches_resizes_too(patch: int) -> None:
    out = LearnedResizer(1, 8, 1, patch)(torch.rand(2, 1, 96, 96), 64)
    assert out.shape == (2, 1, 64, 64)


@pytest.mark.parametrize("name", ["light"])
def test_a_shipped_resizer_hands_on_a_picture(shared: Path, name: str) -> None:
    network, _ = weights.load(name)
    faces = load_split(shared / "ferplus", "valid")
    figures = picture_figures(network, faces.subset(torch.arange(0, len(faces), 16)))
    assert figures["outside"] <= 0.01
    assert 0.9 <= figures["contrast_ratio"] <= 1.3
    assert figures["mean_shift"] < 0.01
    assert figures["correlation"] < 0.9999  # it does something


@pytest.mark.slow
def test_the_shipped_super_resolution_brings_poor_faces_nearer_to_the_real_ones(shared: Path) -> None:
    network, _ = weights.load("light")
    faces = load(shared / "faces" / "unlabelled_faces.zip", channels=1, classes=EXPRESSIONS)
    aside = torch.from_numpy(faces.images[::20][:96]).float() / 255  # nothing was learned from these
    poor, clean = augment(aside, CAMERA, torch.Generator().manual_seed(0), size=128, inner=INNER)
    with torch.no_grad():
        made = network.pictures(poor)[0].clamp(0, 1)
        assert (made - clean).square().mean() < (poor - clean).square().mean()
        assert feature_distance(network, made, clean) < feature_distance(network, poor, clean)


def test_figures_of_restoration_stand_beside_bicubic_ones() -> None:
    faces = FaceSet(
        torch.randint(0, 255, (4, 1, 160, 160), dtype=torch.uint8),
        torch.zeros(4, 8),
        EXPRESSIONS,
        tuple("abcd"),
        "noise",
    )
    figures = restoration_figures(ExpressionNetwork(SMALL).eval(), faces)
    assert figures["n"] == 4
    for size in ("12", "48"):  # untrained, it is about the bilinear picture
        assert figures[size]["sr"]["psnr_db"] == pytest.approx(figures[size]["bicubic"]["psnr_db"], abs=1.5)
        assert set(figures[size]["sr"]) == {"psnr_db", "ssim", "feature_distance"}


def test_files_that_a_config_names_are_found_with_the_data(tmp_path: Path) -> None:
    data = tmp_path / "ferplus"
    data.mkdir()
    (tmp_path / "starts").mkdir()
    (tmp_path / "starts" / "start.safetensors").touch()
    assert find_file(data, "start.safetensors") == tmp_path / "starts" / "start.safetensors"
    (data / "start.safetensors").touch()
    assert find_file(data, "start.safetensors") == data / "start.safetensors"
    with pytest.raises(MienError, match=r"'other\.zip' is not in .*ferplus"):
        find_file(data, "other.zip")
