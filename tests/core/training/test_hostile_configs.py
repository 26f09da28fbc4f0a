from pathlib import Path

import pytest

from mien.data.augment import Augmentation
from mien.errors import MienError
from mien.training import config as configs
from mien.training.config import TrainConfig


@pytest.mark.parametrize(
    "text",
    [
        "epochs = -1",
        "epochs = 9223372036854775807",
        "batch_size = 1",
        "batch_size = 1000000000000",
        "learning_rate = nan",
        "learning_rate = -inf",
        "weight_decay = 1e308",
        "drop_path = 1.0",
        "drop_path = -0.1",
        "distil = 2.0",
        "distil_temperature = 0",
        "ema = 1.5",
        "seed = -1",
        "warmup_steps = -5",
        "per_class = -1",
        "loss_gamma = 0x" + "f" * 5000,
        "epochs = 0x" + "f" * 5000,
        "epochs = " + "9" * 5000,
        "[network]\nltr_blocks = 9223372036854775807",
        "[network]\nhead_dropout = -1.0",
        "[network]\nbackbone = 'hf-hub:somebody/something'",
        "[augmentation]\nsmallest = 0",
        "[augmentation]\nscale = 1.0",
        "[augmentation]\nrotate_deg = nan",
        "[augmentation]\nblend = 3.0",
        "a = " + "[" * 50_000,
        "a = " + "{a=" * 50_000,
        ".".join("a" * 1000) + " = 1",
        "[" + ".".join("a" * 20_000) + "]",
        "start = '\x00'",
        "'" + "k" * 10_000 + "' = 1",
    ],
)
def test_no_config_gives_more_than_one_line(text: str, tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(text)
    with pytest.raises(MienError) as caught:
        configs.load(str(file))
    assert len(str(caught.value)) < 3000
    with pytest.raises(MienError):
        configs.from_toml(text)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\x00", b"x" * (1 << 20), b"base = 'c.toml\x00'"])
def test_bytes_that_are_no_config(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_bytes(data)
    with pytest.raises(MienError):
        configs.load(str(file))


def test_a_folder_or_a_pipe_is_no_config(tmp_path: Path) -> None:
    with pytest.raises(MienError, match="not a file"):
        configs.load(str(tmp_path))


# The others take a model's network, and are tested with their models.
@pytest.mark.parametrize("name", sorted({*configs.names()} - {"finetune", "swin-arbex", "light-arbex"}))
def test_every_config_of_mien_is_within_its_ranges(name: str) -> None:
    assert isinstance(configs.load(name), TrainConfig)


def test_ranges_hold_for_what_a_program_makes_too() -> None:
    with pytest.raises(MienError, match="batch_size = 1 must be from 2 to 65536"):
        TrainConfig(batch_size=1)
    with pytest.raises(MienError, match=r"augmentation: flip = -0\.5 must be from 0 to 1"):
        Augmentation(flip=-0.5)
