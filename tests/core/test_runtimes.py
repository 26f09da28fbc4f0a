from pathlib import Path

import numpy as np
import pytest

from mien.errors import MienError
from mien.models import cards
from mien.runtimes import available, open_runtime
from mien.utils import paths


def softmax(x: np.ndarray) -> np.ndarray:
    powers = np.exp(x - x.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", cards.available())
def test_all_runtimes_say_the_same(name: str, count: int) -> None:
    shape = cards.read_card(name).network
    rng = np.random.default_rng(0)
    crops = rng.integers(0, 255, (count, shape.channels, shape.crop_size, shape.crop_size), dtype=np.uint8)
    expected = open_runtime(name, "torch").run(crops)
    assert expected.logits.shape == (count, 8)
    for other in available():
        output = open_runtime(name, other).run(crops)
        assert np.abs(softmax(output.logits) - softmax(expected.logits)).max() < 1e-3
        assert np.abs(output.resized - expected.resized).max() < (2e-2 if other == "cuda" else 1e-3)


@pytest.mark.parametrize("runtime", available())
def test_the_resizer_alone_makes_the_same_picture(model_path: str, runtime: str) -> None:
    opened = open_runtime(model_path, runtime)
    crops = np.random.default_rng(0).integers(0, 255, (3, 1, 48, 48), dtype=np.uint8)
    assert np.abs(opened.resize(crops) - opened.run(crops).resized).max() < 1e-5


@pytest.mark.parametrize("count", [1, 4, 7, 8, 17])
def test_faces_read_many_at_once_are_read_as_alone(model_path: str, count: int) -> None:
    crops = np.random.default_rng(0).integers(0, 255, (count, 1, 48, 48), dtype=np.uint8)
    output = open_runtime(model_path, "openvino", many=True).run(crops)
    assert output.logits.shape == (count, 8)
    one = open_runtime(model_path, "openvino")
    alone = np.concatenate([one.run(crop[None]).logits for crop in crops])
    assert np.abs(output.logits - alone).max() < 1e-4
    assert len(output.resized) == count


def test_a_rough_reading_is_nearly_the_exact_one(model_path: str) -> None:
    crops = np.random.default_rng(0).integers(0, 255, (8, 1, 48, 48), dtype=np.uint8)
    exact, rough = (softmax(open_runtime(model_path, many=True, rough=r).run(crops).logits) for r in (False, True))
    assert np.abs(exact - rough).max() < 0.05


def test_a_translation_is_kept_and_made_again_where_it_is_damaged(model_path: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(paths, "cache", lambda: tmp_path / "new")
    crops = np.zeros((1, 1, 48, 48), np.uint8)
    first = open_runtime(model_path, "openvino").run(crops).logits
    kept = list((tmp_path / "new").glob("*.xml"))
    assert len(kept) == 1
    assert kept[0].with_suffix(".bin").is_file()
    written = kept[0].stat().st_mtime_ns
    assert np.array_equal(open_runtime(model_path, "openvino").run(crops).logits, first)
    assert kept[0].stat().st_mtime_ns == written
    kept[0].write_text("damaged")
    assert np.array_equal(open_runtime(model_path, "openvino").run(crops).logits, first)


def test_a_cache_that_cannot_be_written_costs_a_warning(
    model_path: str, tmp_path: Path, monkeypatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(paths, "cache", lambda: tmp_path / "file")
    assert open_runtime(model_path, "openvino").run(np.zeros((1, 1, 48, 48), np.uint8)).logits.shape == (1, 8)
    assert "cannot be kept" in caplog.text


def test_what_is_not_there_is_told(model_path: str) -> None:
    with pytest.raises(MienError, match="No runtime"):
        open_runtime(model_path, "abacus")  # type: ignore[arg-type]
    if "cuda" not in available():
        with pytest.raises(MienError, match="not to be had"):
            open_runtime(model_path, "cuda")
