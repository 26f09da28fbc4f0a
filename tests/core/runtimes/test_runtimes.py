"""What every runtime must do; those that this machine has are tested."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from mien.errors import MienError
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.runtimes import (
    Runtime,
    available,
    load_library,
    needs_preparing,
    open_runtime,
    openvino_backend,
    registry,
    translation,
)
from mien.utils import lock, paths

HALF = ("cuda", "openvino-bfloat16")
"""Runtimes that compute in half precision."""


def softmax(x: np.ndarray) -> np.ndarray:
    powers = np.exp(x - x.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def faces(count: int, shape: tuple[int, ...] = (1, 48, 48)) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, (count, *shape), dtype=np.uint8)


@pytest.fixture(scope="module", params=available())
def runtime(request: pytest.FixtureRequest, model_path: str) -> Runtime:
    return open_runtime(model_path, request.param)


@pytest.fixture(scope="module")
def rgb_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The card of a model that takes colour, balances and measures unlikeness: all that an output can hold."""
    folder = tmp_path_factory.mktemp("rgb")
    config = NetworkConfig(
        backbone="test_vit", input_size=32, crop_size=24, channels=3, head_width=16, balancing="both", unlikeness=True
    )
    torch.manual_seed(0)
    weights.save(ExpressionNetwork(config).eval(), cards.Card(name="rgb", network=config), folder)
    return str(folder / "rgb.json")


class TestContract:
    """A new runtime is in `available()` and has to pass these."""

    def test_it_says_what_it_is(self, runtime: Runtime, model_path: str) -> None:
        assert runtime.name
        assert runtime.device
        assert runtime.card == cards.read_card(model_path)

    @pytest.mark.parametrize("count", [1, 3, 17])
    def test_shapes_and_types(self, runtime: Runtime, count: int) -> None:
        output = runtime.run(faces(count))
        assert output.logits.shape == (count, 8)
        assert output.resized.shape == (count, 1, 32, 32)
        assert output.logits.dtype == output.resized.dtype == np.float32
        assert (output.parts, output.shares, output.unlikeness) == (None, None, None)

    @pytest.mark.parametrize("name", available())
    def test_all_that_an_output_holds(self, name: str, rgb_model: str) -> None:
        crops = faces(3, (3, 24, 24))
        expected, output = (open_runtime(rgb_model, own).run(crops) for own in ("torch", name))
        shapes = {"logits": (3, 8), "resized": (3, 3, 32, 32), "parts": (3, 3, 8), "shares": (3, 3), "unlikeness": (3,)}
        for field, shape in shapes.items():
            values = getattr(output, field)
            assert values.shape == shape
            assert np.abs(values - getattr(expected, field)).max() < (5e-2 if name in HALF else 1e-3)

    def test_a_face_is_classified_alike_in_any_company(self, runtime: Runtime) -> None:
        crops = faces(5)
        together, alone = runtime.run(crops).logits, np.concatenate([runtime.run(crop[None]).logits for crop in crops])
        assert np.abs(together - alone).max() < (1e-4 if runtime.device == "CPU" else 2e-2)

    def test_an_answer_stays_when_the_next_one_comes(self, runtime: Runtime) -> None:
        first = runtime.run(faces(2))
        kept = first.logits.copy()
        runtime.run(255 - faces(2))
        assert np.array_equal(first.logits, kept)

    def test_the_resizer_alone_makes_the_same_picture(self, runtime: Runtime) -> None:
        assert np.abs(runtime.resize(faces(3)) - runtime.run(faces(3)).resized).max() < 1e-5

    def test_crops_need_not_lie_in_one_block(self, runtime: Runtime) -> None:
        mirrored = faces(3)[..., ::-1]
        output = runtime.run(mirrored)
        assert np.array_equal(output.logits, runtime.run(mirrored.copy()).logits)

    @pytest.mark.parametrize(
        "crops",
        [
            faces(0),
            faces(1)[0],
            faces(1, (3, 48, 48)),
            faces(1, (1, 48, 47)),
            faces(1, (1, 32, 32)),
            faces(1).astype(np.float32) / 255,
        ],
        ids=["none", "no batch", "colour", "not square", "other size", "floats"],
    )
    def test_other_input_is_refused(self, runtime: Runtime, crops: np.ndarray) -> None:
        for method in (runtime.run, runtime.resize):
            with pytest.raises(ValueError, match=r"takes uint8 crops of shape \(N, 1, 48, 48\)"):
                method(crops)

    @pytest.mark.parametrize("name", available())
    def test_files_that_are_no_model_are_reported(self, name: str, tmp_path: Path) -> None:
        with pytest.raises(MienError):
            open_runtime(str(tmp_path / "none.json"), name)

    @pytest.mark.parametrize("name", available())
    def test_many_at_once_and_few_threads_change_no_answer(self, name: str, model_path: str) -> None:
        many, exact = open_runtime(model_path, name, many=True, threads=1), open_runtime(model_path, "torch")
        for count in (1, 4, 7, 8, 17):
            output, expected = many.run(faces(count)), exact.run(faces(count))
            assert np.abs(softmax(output.logits) - softmax(expected.logits)).max() < (2e-2 if name in HALF else 1e-4)
            assert len(output.resized) == count


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name == "light" else pytest.mark.slow) for name in cards.available()]
)
def test_all_runtimes_agree_on_the_shipped_models(name: str) -> None:
    shape = cards.read_card(name).network
    crops = faces(3, (shape.channels, shape.crop_size, shape.crop_size))
    expected = open_runtime(name, "torch").run(crops)
    for other in available():
        output = open_runtime(name, other).run(crops)
        assert np.abs(softmax(output.logits) - softmax(expected.logits)).max() < (0.1 if other in HALF else 1e-3)
        assert np.abs(output.resized - expected.resized).max() < (2e-2 if other in HALF else 1e-3)


def test_rough_probabilities_are_nearly_the_exact_ones(model_path: str) -> None:
    exact, rough = (softmax(open_runtime(model_path, many=True, rough=r).run(faces(8)).logits) for r in (False, True))
    assert np.abs(exact - rough).max() < 0.05


def test_only_its_name_asks_for_a_runtime_that_is_less_exact(model_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    less = registry._Backend("less", "mien.runtimes.torch_backend", lambda: True, by_choice=True)
    monkeypatch.setattr(registry, "_BACKENDS", (less, *registry._BACKENDS))
    assert "less" in available()
    assert less not in registry._chosen("auto")
    assert registry._chosen("less") == [less]


@pytest.mark.skipif("openvino-bfloat16" not in available(), reason="this CPU does not compute in bfloat16")
def test_bfloat16_is_said_beside_the_device(model_path: str) -> None:
    assert open_runtime(model_path, "openvino").device == "CPU"
    assert open_runtime(model_path, "openvino-bfloat16").device == "CPU (bfloat16)"


def test_a_translation_is_kept_and_made_again_where_it_is_damaged(model_path: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(paths, "cache", lambda: tmp_path / "new")
    assert needs_preparing(model_path, "openvino")
    assert not needs_preparing(model_path, "torch")
    first = open_runtime(model_path, "openvino").run(faces(1)).logits
    assert not needs_preparing(model_path, "openvino")
    kept = list((tmp_path / "new").glob("*.xml"))
    assert len(kept) == 1
    assert kept[0].with_suffix(".bin").is_file()
    written = kept[0].stat().st_mtime_ns
    assert np.array_equal(open_runtime(model_path, "openvino").run(faces(1)).logits, first)
    assert kept[0].stat().st_mtime_ns == written
    kept[0].write_text("damaged")
    assert np.array_equal(open_runtime(model_path, "openvino").run(faces(1)).logits, first)


def test_two_threads_translate_a_model_once(
    model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(paths, "cache", lambda: tmp_path / "new")
    with caplog.at_level("INFO"), ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: open_runtime(model_path, "openvino").run(faces(1)).logits, range(2))
    assert np.array_equal(one, other)
    assert caplog.text.count("This is done once") == 1


def test_a_translation_stays_in_the_cache_whatever_a_card_is_called(
    tiny: NetworkConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = weights.save(ExpressionNetwork(tiny).eval(), cards.Card(name="plain", network=tiny), tmp_path)
    cards.write_card(replace(card, name="../../away"), tmp_path / "plain.json")
    monkeypatch.setattr(paths, "cache", lambda: tmp_path / "cache")
    open_runtime(str(tmp_path / "plain.json"), "openvino")
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_what_a_kill_left_of_a_translation_goes_with_the_next_start_but_not_a_living_process_s(
    model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "cache", lambda: tmp_path)
    folder = tmp_path / "translating"
    with lock.locked(folder, "busy"):
        (folder / "half.bin").write_text("half a tr")
        openvino_backend._remove_left_over(tmp_path)
        assert (folder / "half.bin").exists()
    (folder / lock.NAME).touch()  # which a kill leaves as well
    open_runtime(model_path, "openvino")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".bin", ".xml"]


def test_a_cache_that_cannot_be_written_costs_a_warning(
    model_path: str, tmp_path: Path, monkeypatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(paths, "cache", lambda: tmp_path / "file")
    assert open_runtime(model_path, "openvino").run(faces(1)).logits.shape == (1, 8)
    assert "cannot be kept" in caplog.text


def test_a_full_disk_costs_a_warning(
    model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object, **__: object) -> None:
        raise RuntimeError("basic_ios::clear: iostream error")  # as OpenVINO says it

    monkeypatch.setattr(paths, "cache", lambda: tmp_path)
    monkeypatch.setattr(openvino_backend.ov, "save_model", full)
    assert open_runtime(model_path, "openvino").run(faces(1)).logits.shape == (1, 8)
    assert "cannot be kept" in caplog.text
    assert not any(tmp_path.rglob("*.bin"))


@pytest.mark.parametrize("ask", [partial(open_runtime, "light"), load_library])
def test_an_unknown_runtime_is_reported(ask: Callable[[str], object]) -> None:
    with pytest.raises(MienError, match=r"no runtime 'abacus'\. Choose one of auto, .*torch"):
        ask("abacus")


def test_a_runtime_that_is_not_here_is_reported(model_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    backends = [replace(b, present=lambda: False) if b.name == "cuda" else b for b in registry._BACKENDS]
    monkeypatch.setattr(registry, "_BACKENDS", backends)
    with pytest.raises(MienError, match="does not have the runtime 'cuda'"):
        open_runtime(model_path, "cuda")


def test_auto_goes_on_with_the_next_runtime(
    model_path: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = registry._Backend("broken", "mien.runtimes.no_such_backend", lambda: True)
    monkeypatch.setattr(registry, "_BACKENDS", (broken, *registry._BACKENDS))
    runtime = open_runtime(model_path)
    assert runtime.run(faces(1)).logits.shape == (1, 8)
    assert "'broken' does not work here" in caplog.text
    assert runtime.passed_over == "The faster runtime 'broken' failed: No module named 'mien.runtimes.no_such_backend'"


def test_a_translation_that_fails_is_said_and_tried_again(
    model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(model: str) -> None:
        raise RuntimeError("Couldn't get TorchScript module by tracing")

    monkeypatch.setattr(paths, "cache", lambda: tmp_path)
    monkeypatch.setattr(registry, "_BACKENDS", [b for b in registry._BACKENDS if b.name in ("openvino", "torch")])
    with monkeypatch.context() as broken:
        broken.setattr(translation, "translate", fail)
        runtime = open_runtime(model_path)
        with pytest.raises(MienError, match=r"'openvino' does not work here \(Couldn't get TorchScript"):
            open_runtime(model_path, "openvino")
    assert runtime.name == "PyTorch"
    assert "'openvino' failed: Couldn't get TorchScript module" in runtime.passed_over
    assert open_runtime(model_path).name == "OpenVINO"


def test_where_no_runtime_failed_none_was_passed_over(runtime: Runtime) -> None:
    assert runtime.passed_over == ""
