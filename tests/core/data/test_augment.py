from dataclasses import replace

import pytest
import torch

from mien.data.augment import Augmentation, augment, mixup
from mien.data.filters import resample

NOTHING = Augmentation(
    flip=0, rotate_deg=0, scale=0, shift=0, shear=0, contrast=0, gamma=0, colour=0, grey=0,
    degrade=0, blur=0, jpeg=0, noise=0, erase=0,
)  # fmt: skip


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("channels", [1, 3])
def test_shapes_range_and_repeatability(channels: int) -> None:
    x = torch.rand(16, channels, 48, 48)
    poor, clean = augment(x, Augmentation(), generator())
    again, _ = augment(x, Augmentation(), generator())
    other, _ = augment(x, Augmentation(), generator(1))
    assert poor.shape == clean.shape == x.shape
    assert poor.min() >= 0
    assert poor.max() <= 1
    assert torch.equal(poor, again)
    assert not torch.equal(poor, other)


def test_without_strength_nothing_changes() -> None:
    x = torch.rand(8, 1, 48, 48)
    poor, clean = augment(x, NOTHING, generator())
    assert torch.allclose(poor, x, atol=1e-5)
    assert torch.allclose(clean, x, atol=1e-5)


def test_degraded_faces_lose_detail_and_the_clean_ones_keep_it() -> None:
    x = (torch.rand(32, 1, 48, 48) > 0.5).float()
    poor, clean = augment(x, replace(NOTHING, degrade=1.0), generator())
    assert torch.allclose(clean, x, atol=1e-5)
    assert poor.std() < 0.8 * x.std()


@pytest.mark.parametrize("change", ["blur", "jpeg", "noise", "erase", "degrade"])
def test_each_change_touches_only_the_faces_it_chose(change: str) -> None:
    x = torch.rand(64, 1, 48, 48)
    poor, _ = augment(x, replace(NOTHING, **{change: 0.5}), generator())
    touched = (poor - x).abs().amax((1, 2, 3)) > 1e-4
    assert 10 < int(touched.sum()) < 54


def test_resample_keeps_the_mean_and_loses_the_rest() -> None:
    x = torch.rand(4, 1, 48, 48)
    assert torch.equal(resample(x, 48), x)
    small = resample(x, 12)
    assert small.shape == x.shape
    assert torch.allclose(small.mean((1, 2, 3)), x.mean((1, 2, 3)), atol=0.02)
    assert small.std() < 0.5 * x.std()


def test_a_blended_face_and_its_label_take_the_same_share_of_another() -> None:
    faces = torch.eye(64)  # a picture and a label of its own for each
    pictures, labels, none = mixup(0.5, generator(), faces.view(64, 1, 8, 8), faces, None)
    assert none is None
    assert torch.allclose(pictures.flatten(1), labels)
    assert torch.allclose(labels.sum(1), torch.ones(64))
    own = labels.diagonal()
    assert own.min() >= 0.5
    assert 15 < int((own < 1).sum()) < 49
    untouched, same = mixup(0.0, generator(), faces, faces)
    assert untouched is same is faces
