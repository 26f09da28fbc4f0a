from dataclasses import replace
from pathlib import Path

import pytest
import torch

from mien.data.faceset import FaceSet
from mien.errors import MienError
from mien.expressions import EXPRESSIONS
from mien.models import cards
from mien.nn.network import ExpressionNetwork
from mien.training import config as configs
from mien.training import reproduce
from mien.training.config import TrainConfig, from_toml, to_toml
from mien.training.freezing import freeze
from mien.training.losses import ExpressionLoss
from mien.training.objective import Objective
from mien.training.optimiser import rate_factor

PAPERS = ("table1", "table2", "table3")
LARGE = ("arbex", "paper", "swin-t")
CONFIGS = [pytest.param(name, marks=pytest.mark.slow if name in LARGE else ()) for name in configs.names()]
# The last row of each table is the paper's whole network; the others leave something out.
SMALL_ROWS = [
    pytest.param(table, row, marks=() if row is rows[-1] else pytest.mark.slow, id=f"{table}, {row.name}")
    for table in PAPERS
    for rows in (reproduce.rows(table, "tiny"),)
    for row in rows
]


def take_a_step(config: TrainConfig) -> None:
    network = ExpressionNetwork(config.network, drop_path=config.drop_path)
    loss = ExpressionLoss(config.loss, config.loss_a, config.loss_gamma, torch.full((8, 8), 1 / 8))
    freeze(network, config.trained)
    objective = Objective(network, loss, config)
    optimiser = torch.optim.SGD(network.parameters(), 0.01)
    layers = {"super-resolution": lambda: network.superres.leave, "neural resizer": lambda: network.resizer.out}
    learning = layers.get(config.trained, lambda: network.head[-1])().weight
    before = learning.detach().clone()
    size = config.network.crop_size
    x = torch.rand(3, config.network.channels, size, size)
    # The last face has no label; only such faces are restored by a blind super-resolution.
    objective(x, x.flip(-1), torch.eye(8)[:2], None).backward()
    optimiser.step()
    assert not torch.equal(before, learning)


@pytest.mark.parametrize("name", CONFIGS)
def test_every_shipped_config_builds_and_takes_a_step(name: str) -> None:
    take_a_step(configs.load(name))


@pytest.mark.parametrize(("table", "row"), SMALL_ROWS)
def test_every_row_of_the_tables_builds_and_takes_a_step(table: str, row: reproduce.Row) -> None:
    assert row.published is not None
    assert 88 <= row.published <= 89.5
    take_a_step(row.config)


@pytest.mark.slow
def test_the_papers_backbones_have_the_papers_sizes() -> None:
    millions = {
        "ViT": 22.1,
        "DeiT": 22.1,
        "ConViT": 27.8,
        "XCiT": 26.3,
        "Swin-S": 49.6,
        "Swin-B": 87.8,
        "Swin-L": 196.5,
    }
    from mien.nn import backbones

    for name, expected in millions.items():
        with torch.device("meta"):
            backbone = backbones.create(reproduce.BACKBONES[name][0], 224)
        # The published counts include ImageNet's 1,000-class head, about a twentieth here.
        count = sum(p.numel() for p in backbone.parameters()) / 1e6
        assert count == pytest.approx(expected, rel=0.06), name


def test_rows_follow_the_paper() -> None:
    rows = {row.name: row for row in reproduce.rows("table2")}
    e = rows["e: Swin-B, SR + STN + LTR"]
    assert (e.published, e.config.network.stn, e.config.loss) == (89.50, True, "fpdls")
    assert rows["a: bilinear"].config.network.up == rows["a: bilinear"].config.network.down == "bilinear"
    assert len(reproduce.rows("table1")) == 10
    assert {row.config.loss for row in reproduce.rows("table3")} == {"ce", "pdls", "fpdls"}


@pytest.mark.parametrize("start", ["swin", "light"])
def test_the_rows_of_balancing_differ_in_nothing_else(start: str) -> None:
    rows = reproduce.rows("balancing", start=start)
    assert [row.config.network.balancing for row in rows] == ["none", "anchors", "attention", "both"]
    for row in rows:
        assert row.published is None
        assert (row.config.start, row.config.trained) == (start, "head")
        plain = replace(row.config.network, balancing="none")
        assert plain == cards.read_card(start).network
        assert replace(row.config, network=plain) == rows[0].config
    take_a_step(rows[-1].config)


def test_a_table_says_how_each_cell_was_got() -> None:
    metrics = {"accuracy": 0.5, "ece": 0.1, "source": "some faces", "n": 10}
    row = reproduce.rows("table2", "tiny")[0]
    text = reproduce.markdown("table2", [reproduce.Cell(row, metrics, "random", 99)])
    assert (
        "| a: bilinear | 88.69 | 50.00% | - | - | 0.1000 | some faces, n = 10 | swin_tiny_patch4_window7_224 | random "
        "| everything | 100 | 99 |" in text
    )
    ours = reproduce.rows("balancing")[1]
    metrics["half_splits"] = {"accuracy_most_reliable": 0.75, "nll": 0.5}
    text = reproduce.markdown("balancing", [reproduce.Cell(ours, metrics, "swin", 99)])
    assert "ublished" not in text
    assert "| anchors only | 50.00% | 75.00% | 0.5000 | 0.1000 | some faces, n = 10 | face_swin | swin | head" in text


def test_a_config_file_on_a_base(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('base = "deit"\nepochs = 3\n[network]\ninput_size = 96\n[augmentation]\nflip = 0\n')
    config = configs.load(str(file))
    assert (config.epochs, config.network.input_size, config.augmentation.flip) == (3, 96, 0.0)
    assert config.network.backbone == "deit_tiny_pooled"


def test_former_keys_still_load_and_override_a_base(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('base = "light-plain"\nlessons = "once"\nunlabelled = ""\nunlabelled_share = 0.0\n')
    with file.open("a") as text:
        text.write("[augmentation]\nblend = 0.25\n")
    config = configs.load(str(file))
    assert (config.teacher_targets, config.augmentation.mixup) == ("once", 0.25)
    base = configs.load("light-plain")
    assert (base.teacher_targets, base.augmentation.mixup) == ("in turn", 0.4)
    assert replace(config.augmentation, mixup=0.4) == base.augmentation


def test_settings_of_an_older_run_still_load() -> None:
    config = configs.load("light-plain")
    text = to_toml(config)
    former = text.replace("teacher_targets =", "lessons =").replace("mixup =", "blend =")
    assert "lessons" in former
    assert "blend" in former
    assert from_toml(former) == from_toml(text)
    assert from_toml(text).augmentation.mixup == 0.4
    with pytest.raises(MienError, match="'lessons' is the former name of 'teacher_targets'"):
        from_toml('lessons = "once"\n' + text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("epoch = 3", "'epoch' is unknown"),
        ('epochs = "three"', "must be of type int"),
        ("[network]\nup = 'best'", "must be one of sr, blind-sr, bilinear, bicubic"),
        ("network = 3", "table of values"),
        ("epochs = -1", "epochs = -1 must be from 0"),
        ("distil = 0.5", "needs teachers"),
        ("a = = b", "not valid TOML"),
        ('base = "nowhere"', "There is no config and no file 'nowhere'"),
    ],
)
def test_mistakes_in_a_config_are_told(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(MienError, match=message):
        configs.load(str(file))


def test_the_learning_rate_over_a_training() -> None:
    def at(step: int, schedule: str) -> float:
        return rate_factor(step, schedule=schedule, warmup=10, total=1_000, steps_per_epoch=10)

    assert at(0, "cosine") == pytest.approx(0.1)
    assert at(9, "cosine") == at(10, "cosine") == 1.0
    assert at(505, "cosine") == pytest.approx(0.505)
    assert at(1_000, "cosine") == pytest.approx(0.01)
    assert at(999, "constant") == 1.0
    assert at(149, "step") == 1.0
    assert at(150, "step") == 0.25
    assert at(450, "step") == 0.25**3
    assert at(19, "exponential") == 0.995
    assert at(999, "exponential") == 0.995**99


def test_classes_of_a_dataset_reach_the_network() -> None:
    faces = FaceSet(torch.zeros(1, 1, 8, 8), torch.eye(2)[:1], ("x", "y"), ("n",), "s")
    assert configs.with_classes(configs.load("light"), faces.classes).network.classes == ("x", "y")
    assert configs.load("light").network.classes == EXPRESSIONS
    with pytest.raises(MienError, match="No class can be called 'x or y'"):
        configs.with_classes(configs.load("light"), ("x or y", "z"))


def test_the_network_of_what_stays_is_the_starts_with_the_configs_own_over_it(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('base = "deit"\nstart = "deit-plain"\ntrained = "head"\n[network]\nbalancing = "both"\n')
    assert configs.load(str(file)).network.balancing == "both"
    finetune = configs.load("finetune", start="light-plain")
    assert finetune.network == cards.read_card("light-plain").network
    assert configs.load("swin-arbex").network.backbone == cards.read_card("swin").network.backbone
    with pytest.raises(MienError, match="No model"):
        configs.load("finetune", start="pretrained")
