import json
import re
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.core.video.clips import write_clip

from mien.benchmark import video
from mien.cli.main import COMMANDS, main
from mien.figures import snapshot
from mien.utils.lock import locked
from mien.video import VideoFile


def test_importing_mien_is_cheap_and_needs_no_qt() -> None:
    heavy = ("torch", "cv2", "PySide6", "timm", "mediapipe", "openvino")
    code = f"import sys, mien, mien.cli.main, mien.types; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_no_part_of_the_library_loads_qt_or_mediapipe() -> None:
    code = """
import importlib, pkgutil, sys, mien
for module in pkgutil.walk_packages(mien.__path__, "mien."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print([m for m in sys.modules if m.split(".")[0] in ("PySide6", "mien_app", "pyqtgraph", "mediapipe")])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert "usage: mien" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["evaluate", "/no/such/folder", "--model", "MODEL"],
        ["evaluate", ".", "--model", "nobody"],
        ["train", "/no/such/folder", "--out", "OUT"],
        ["train", ".", "--config", "nobody", "--out", "OUT"],
    ],
)
def test_a_persons_mistake_is_one_line(
    words: list[str], model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [{"MODEL": model_path, "OUT": str(tmp_path / "out")}.get(word, word) for word in words]
    assert main(filled) == 2
    said = capsys.readouterr().err
    assert said.startswith("mien: ")
    assert said.count("\n") == 1


def test_train_then_evaluate(class_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "c.toml"
    config.write_text(
        'start = "random"\nepochs = 1\nbatch_size = 8\nwarmup_steps = 1\n'
        "[network]\nbackbone = 'test_vit'\ninput_size = 32\ncrop_size = 24\nhead_width = 16\n"
    )
    out = tmp_path / "out"
    assert main(["train", str(class_folder), "--config", str(config), "--out", str(out), "--name", "mine"]) == 0
    model, figures = str(out / "mine.json"), tmp_path / "f.json"
    words = ["evaluate", str(class_folder), "--model", model, "--json", str(figures), "--plots", str(tmp_path / "p")]
    assert main([*words, "--size", "12"]) == 0
    values = json.loads(figures.read_text())
    assert values["n"] > 0
    assert values["size"] == 12
    assert values["sha256"] == json.loads((out / "mine.json").read_text())["sha256"]
    assert {"accuracy", "macro_f1", "recall", "confusion", "ece", "rule"} <= set(values)
    assert sorted(p.name for p in (tmp_path / "p").iterdir()) == [
        "accuracy_over_size.png",
        "confusion.png",
        "reliability.png",
        "risk_over_coverage.png",
    ]
    assert main([*words, "--size", "99"]) == 2
    assert "from 4 to 24 px" in capsys.readouterr().err


def test_reproduce_writes_a_table(class_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from mien.training import reproduce

    rows = [
        replace(
            row,
            config=replace(
                row.config,
                network=replace(row.config.network, backbone="test_vit", input_size=32, crop_size=24),
            ),
        )
        for row in reproduce.rows("table2", "tiny")[:2]
    ]
    rows = [
        replace(row, config=replace(row.config, network=replace(row.config.network, classes=("a", "b"))))
        for row in rows
    ]
    monkeypatch.setattr(reproduce, "rows", lambda *_: rows)
    words = ["reproduce", "table2", "--data", str(class_folder), "--out", str(tmp_path / "r")]
    with locked(tmp_path / "r", "another process trains there"):
        assert main(words) == 2
    assert main([*words, "--epochs", "1", "--batch-size", "8", "--start", "random"]) == 0
    table = (tmp_path / "r" / "table2.md").read_text()
    assert "| a: bilinear | 88.69 |" in table
    assert "| b: bilinear + LTR | 88.53 |" in table
    assert "random" in table


def test_snapshot_draws_every_face(model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made" / "faces.png"
    assert main(["snapshot", "demo:6", "--out", str(out), "--model", model_path]) == 0
    assert capsys.readouterr().out.startswith("6 faces")
    picture = cv2.imread(str(out))
    assert picture.shape[0] > 6 * 300
    assert picture.std() > 20


def test_a_snapshot_of_the_demo_at_any_time_is_made_at_once(model_path: str, tmp_path: Path) -> None:
    words = ["snapshot", "demo", "--model", model_path, "--out"]
    assert main([*words, str(tmp_path / "early.png"), "--time", "0.99"]) == 0
    assert main([*words, str(tmp_path / "late.png"), "--time", f"{20e7 + 0.99}"]) == 0
    early, late = (cv2.imread(str(tmp_path / name)) for name in ("early.png", "late.png"))
    assert np.array_equal(early[:-50], late[:-50])  # all but the time in the last line


def test_snapshot_says_what_is_not_sure(model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    monkeypatch.setattr(snapshot.Canvas, "text", lambda self, words, *rest, **more: written.append(words))
    assert main(["snapshot", "demo", "--out", str(tmp_path / "a.png"), "--model", model_path]) == 0
    assert written[0] == "face 1"
    assert written[1].startswith("crop of ")
    assert any(re.fullmatch(r"\w+ 0\.\d\d, not sure \([a-z, ]+\)", words) for words in written)  # it is untrained


def test_snapshot_with_evidence_is_wider(model_path: str, tmp_path: Path) -> None:
    plain, more = tmp_path / "plain.png", tmp_path / "more.png"
    words = ["snapshot", "demo", "--model", model_path, "--out"]
    assert main([*words, str(plain)]) == 0
    assert main([*words, str(more), "--evidence"]) == 0
    assert cv2.imread(str(more)).shape[1] > 1.2 * cv2.imread(str(plain)).shape[1]


def test_snapshot_without_a_face_is_told(model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite(str(tmp_path / "grey.png"), np.full((120, 160, 3), 90, np.uint8))
    out = tmp_path / "x.png"
    assert main(["snapshot", str(tmp_path / "grey.png"), "--out", str(out), "--model", model_path]) == 2
    assert "No face was found" in capsys.readouterr().err
    assert main(["snapshot", str(tmp_path / "grey.png"), "--time", "9", "--out", str(out), "--model", model_path]) == 2
    assert "no frame at 9.00 s" in capsys.readouterr().err
    late = write_clip(tmp_path / "late.ts", 20 * [np.full((64, 64, 3), 90, np.uint8)], start_s=900.0)
    with VideoFile(late) as video:
        moment_s = video.first_s + 0.4
    assert main(["snapshot", str(late), "--time", "0.4", "--out", str(out), "--model", model_path]) == 2
    assert f"late.ts at {moment_s:.2f} s" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.slow
def test_bench_writes_its_figures(model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "bench.json"
    words = ["bench", "--model", model_path, "--repeats", "2", "--threads", "1", "--size", "800x500"]
    assert main([*words, "--json", str(out)]) == 0
    values = json.loads(out.read_text())
    for key in ("detect_ms", "recognize_ms", "resize_ms", "total_ms"):
        assert set(values[key]) == {"1", "6"}
        assert all(value > 0 for value in values[key].values())
    assert values["first_result_s"] > 0
    assert values["peak_mb"] > 50
    assert values["frame_size"] == [800, 500]
    assert (values["model"], values["threads"]) == ("untrained", 1)
    assert values["device"]
    assert values["runtime"] in ("OpenVINO", "PyTorch")
    assert set(values["ms_per_face"]["untrained"]) == {"1", "4"}
    assert "a whole frame" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--frames", "9"], "--frames is of no use without --video"),
        (["--video", "a.mp4", "--size", "800x600"], "--size is of no use with --video"),
        (["--video", "a.mp4", "--all"], "--all is of no use with --video"),
        (["--send", "--threads", "2"], "--threads is of no use with --send"),
        (["--send", "--video", "a.mp4"], "different things"),
    ],
)
def test_bench_passes_over_no_option(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", *words]) == 2
    assert told in capsys.readouterr().err


def test_bench_of_a_model_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--model", "nobody"]) == 2
    assert "No model is called 'nobody'" in capsys.readouterr().err


def test_bench_of_a_short_video_says_nothing_of_a_later_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = video.AnalysisTiming("mine", "OpenVINO", 80, 160, 77.6, 0, 0.0, 413.0, 414.0)
    monkeypatch.setattr(video, "measure", lambda *_, **__: measured)
    (tmp_path / "film.mp4").write_bytes(b"film")
    assert main(["bench", "--video", str(tmp_path / "film.mp4")]) == 0
    assert capsys.readouterr().out.endswith("\npeak memory 414 MB; 413 MB at the end\n")
