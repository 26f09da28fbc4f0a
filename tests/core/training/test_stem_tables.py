"""Rows at the scale `stem`, trained on twenty faces of two classes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from mien.cli.main import main
from mien.data.load import TrainingData
from mien.errors import MienError
from mien.models import weights
from mien.models.cards import Card
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.training import side_by_side, stem_tables
from mien.training.side_by_side import Learner
from mien.training.stem_tables import Line, RowResult, StemRow, StemScale

BILINEAR = Line(up="bilinear", down="bilinear")
SHIPPED = stem_tables.load()
ROWS = {f"{table}, {name}": row for table in SHIPPED.tables for name, row in SHIPPED.rows(table).items()}


@pytest.fixture
def scale() -> StemScale:
    """The scale with its smallest pictures, five steps long."""
    network = replace(SHIPPED.training.network, input_size=32, crop_size=32, head_width=16, classes=("a", "b"))
    training = replace(SHIPPED.training, start="random", batch_size=8, epochs=1, warmup_steps=1, network=network)
    tables = {
        "table2": {"a: bilinear": replace(BILINEAR, published=88.69), "b": Line(up="bilinear", against="a: bilinear")}
    }
    return replace(SHIPPED, faces=40, sizes_px=(24, 12), training=training, tables=tables)


@pytest.fixture
def data(scale: StemScale, class_folder: Path) -> TrainingData:
    """Its faces."""
    return stem_tables.load_data(scale, scale.training, class_folder)


def row(scale: StemScale, line: Line) -> StemRow:
    return replace(scale, tables={"t": {"": line}}).rows("t")[""]


def begin(scale: StemScale, line: Line, data: TrainingData, folder: Path) -> Learner:
    own = row(scale, line)
    return side_by_side.begin(own.config, data, folder / own.key, superres=scale.superres)


def assert_same(one: ExpressionNetwork, other: ExpressionNetwork) -> None:
    for (name, ours), theirs in zip(one.state_dict().items(), other.state_dict().values(), strict=True):
        assert torch.equal(ours, theirs), name


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.against])
def test_a_row_differs_in_one_thing_from_the_row_it_is_compared_with(name: str) -> None:
    own, table = ROWS[name], SHIPPED.rows(name.split(",")[0])
    before, after = table[own.against].config, own.config
    assert replace(after, loss=before.loss, network=before.network) == before  # nothing but loss and network
    front = (
        replace(after.network, up=before.network.up, down=before.network.down, stn=before.network.stn) == before.network
        and after.network != before.network
    )
    assert front != (after.loss != before.loss)
    assert after.network.backbone == before.network.backbone


def test_the_tables_hold_the_papers_figures() -> None:
    published = {name: own.published for name, own in ROWS.items()}
    assert published["table1, XCiT, F-PDLS, SR + LTR"] == 88.81
    assert published["table2, e: SR + STN + LTR"] == 89.50
    assert published["table3, PDLS, bilinear"] == 88.69
    assert {own.config.network.backbone for own in SHIPPED.rows("table1").values()} == {
        "stem_vit",
        "stem_deit",
        "stem_convit",
        "stem_xcit",
        "stem_swin",
    }


FAMILIES = [pytest.param(name, marks=pytest.mark.slow) for name in ("vit", "deit", "convit", "xcit")] + ["swin"]


@pytest.mark.parametrize("family", FAMILIES)
def test_rows_side_by_side_learn_what_each_would_alone(
    family: str, scale: StemScale, data: TrainingData, tmp_path: Path
) -> None:
    line, other = replace(BILINEAR, backbone=f"stem_{family}"), replace(BILINEAR, loss="ce")
    together = [begin(scale, other, data, tmp_path / "1"), begin(scale, line, data, tmp_path / "1")]
    assert side_by_side.groups(together) == [together]
    assert side_by_side.train(together, data, quiet=True)
    alone = begin(scale, line, data, tmp_path / "2")
    untrained = begin(scale, line, data, tmp_path / "3").network
    assert side_by_side.train([alone], data, quiet=True)
    assert_same(alone.network, together[1].network)
    assert_same(alone.network.backbone.face, untrained.backbone.face)
    blocks = zip(alone.network.backbone.blocks.parameters(), untrained.backbone.blocks.parameters(), strict=True)
    assert any(not torch.equal(after, before) for after, before in blocks)


def test_a_row_that_was_stopped_ends_as_if_it_had_not_been(
    scale: StemScale, data: TrainingData, tmp_path: Path
) -> None:
    line = Line(stn=True)  # everything at once: super-resolution, STN, learned resizer
    whole, part = begin(scale, line, data, tmp_path / "1"), begin(scale, line, data, tmp_path / "2")
    before = {name: tensor.clone() for name, tensor in whole.network.state_dict().items()}
    side_by_side.train([whole], data, quiet=True)
    assert not side_by_side.train([part], data, quiet=True, should_stop=lambda: part.step == 2)
    resumed = begin(scale, line, data, tmp_path / "2")
    assert resumed.step == 2
    assert side_by_side.train([resumed], data, quiet=True)
    assert_same(whole.network, resumed.network)
    assert not torch.equal(whole.network.resizer.out.weight, before["resizer.out.weight"])
    light = weights.load("light")[0].superres.state_dict()
    assert all(torch.equal(tensor, light[name]) for name, tensor in whole.network.superres.state_dict().items())


def test_rows_begin_with_the_same_blocks_and_head(scale: StemScale, data: TrainingData, tmp_path: Path) -> None:
    plain, whole = (begin(scale, line, data, tmp_path).network for line in (BILINEAR, Line(stn=True)))
    begun = whole.state_dict()
    for name, tensor in plain.state_dict().items():
        assert torch.equal(tensor, begun[name]), name
    assert any(name.startswith("resizer.") for name in begun)


def test_rows_with_a_front_that_learns_go_alone(scale: StemScale, data: TrainingData, tmp_path: Path) -> None:
    lines = [Line(), BILINEAR, Line(loss="ce"), replace(BILINEAR, loss="ce"), Line(down="bilinear")]
    first, second, third, fourth, fifth = (begin(scale, line, data, tmp_path) for line in lines)
    assert side_by_side.groups([first, second, third, fourth, fifth]) == [[first], [second, fourth], [third], [fifth]]
    fourth.step = 1
    assert [second] in side_by_side.groups([second, fourth])


def test_the_command_writes_the_table_and_keeps_each_row(
    scale: StemScale,
    data: TrainingData,
    class_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(stem_tables, "load", lambda: scale)
    words = ["reproduce", "table2", "--scale", "stem", "--data", str(class_folder), "--out", str(tmp_path / "r")]
    assert main(words) == 0
    written = (tmp_path / "r" / "stem" / "table2.md").read_text()
    first, second = written.split("\n\n")
    assert first.startswith("| row | published | 24 px | 12 px |\n| --- |")
    assert "\n| a: bilinear | 88.69 | " in first
    assert "\n| b | a: bilinear | " in second
    (result,) = stem_tables.train_rows(
        scale, [row(scale, BILINEAR)], data, tmp_path / "r" / "stem" / "rows", beside=class_folder, quiet=True
    )
    assert result.classified(12).mean() == pytest.approx(result.accuracy["12"], abs=1e-4)
    assert (result.n, result.faces) == (len(data.valid), len(data.train))

    kept = list((tmp_path / "r").rglob("result.json"))
    assert len(kept) == 2
    times = [path.stat().st_mtime_ns for path in kept]
    assert main(words) == 0
    assert [path.stat().st_mtime_ns for path in kept] == times
    capsys.readouterr()
    assert main([*words, "--epochs", "2"]) == 2
    assert "trained otherwise" in capsys.readouterr().err
    assert main(["reproduce", "table1", "--scale", "stem", "--data", str(class_folder)]) == 2
    assert "There is no 'table1'" in capsys.readouterr().err


def test_the_difference_of_two_rows_is_taken_face_by_face(scale: StemScale) -> None:
    def result(right: list[int]) -> RowResult:
        bits = np.packbits(np.array(right * 100, bool)).tobytes().hex()
        return RowResult("x", "", "faces", 1000, 40, 1, 9, {"24": 0.0}, {"24": bits})

    before, after = result([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]), result([1, 1, 1, 1, 1, 1, 1, 0, 0, 0])
    middle, low, high = stem_tables.difference(after, before, 24)
    assert middle == pytest.approx(20)
    # Two in ten changed, all for the better: a standard error of sqrt(.2 * .8 / 1000) = 1.26 points.
    assert (low, high) == (pytest.approx(20 - 1.96 * 1.26, abs=0.4), pytest.approx(20 + 1.96 * 1.26, abs=0.4))
    changed = result([0, 1, 1, 1, 1, 1, 0, 0, 0, 0])
    middle, low, high = stem_tables.difference(changed, before, 24)
    assert middle == 0
    assert low < -2 < 2 < high
    assert stem_tables.difference(before, before, 24) == (0, 0, 0)


def test_mistakes_in_the_scale_are_told(tmp_path: Path) -> None:
    path = tmp_path / "stem.toml"
    path.write_text("faces = 3\nsizes_px = [48]\nsuperres = 'light'\n[training]\nepoch = 1\n")
    with pytest.raises(MienError, match="'epoch' is unknown"):
        stem_tables.load(path)


def test_an_input_that_does_not_suit_the_stem_is_told(scale: StemScale) -> None:
    with pytest.raises(MienError, match="multiples of 16 px from 32 on"):
        ExpressionNetwork(replace(scale.training.network, input_size=40))


def test_balancing_learns_over_embeddings_that_are_computed_once(
    class_folder: Path, scale: StemScale, data: TrainingData, tiny: NetworkConfig, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    network = ExpressionNetwork(replace(tiny, balancing="both", anchor_width=8)).eval()
    weights.save(network, Card(name="whole", network=network.config), tmp_path)
    rows = scale.rows("balancing", str(tmp_path / "whole.json"))
    assert [row.key for row in rows.values()] == [
        f"whole-balancing-{part}" for part in ("none", "anchors", "attention", "both")
    ]
    rows = {name: replace(row, config=replace(row.config, batch_size=8)) for name, row in rows.items()}
    learners = [side_by_side.begin(row.config, data, tmp_path / row.key) for row in rows.values()]
    assert side_by_side.groups(learners) == [learners]
    assert side_by_side.train(learners, data, quiet=True)
    alone = side_by_side.begin(rows["both"].config, data, tmp_path / "alone")
    untrained = alone.network.balancing.anchors.detach().clone()
    assert side_by_side.train([alone], data, quiet=True)
    assert_same(alone.network, learners[-1].network)
    assert not torch.equal(alone.network.balancing.anchors, untrained)
    learned = weights.load(str(tmp_path / "whole.json"))[0].backbone.state_dict()
    assert all(torch.equal(tensor, learned[name]) for name, tensor in alone.network.backbone.state_dict().items())
    x = data.valid.images.float() / 255
    with torch.no_grad():
        alone.network.eval()
        expected = alone.network(x).argmax(1)
    assert torch.equal(side_by_side.classify([alone], data.valid.images, 24)[0], expected)


def test_an_interval_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    held = 0
    for seed in range(200):
        sample = rng.choice([-1, 0, 1], size=100, p=[0.1, 0.7, 0.2])
        low, high = stem_tables.interval(sample, seed=seed)
        held += low <= 0.1 <= high
    assert 180 <= held <= 199
