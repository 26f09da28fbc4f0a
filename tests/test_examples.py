"""Runs the programs of examples/, as a person would: each in a process of its own."""

import csv
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.sources import DemoSource
from mien.utils import paths

ROOT = Path(__file__).resolve().parents[1]
ASTRONAUT = paths.assets() / "astronaut.png"


def run(name: str, *words: str | Path, folder: Path) -> str:
    """What an example prints."""
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "home")}
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / name), *map(str, words)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_example_is_run_here_and_listed() -> None:
    programs = sorted(path.name for path in (ROOT / "examples").glob("*.py"))
    here = Path(__file__).read_text(encoding="utf-8")
    listed = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert len(programs) == 5
    assert all(f'run("{name}"' in here and f"`{name}`" in listed for name in programs)


@pytest.mark.parametrize("name", ["custom_model.py", "folder_of_pictures.py", "picture_to_table.py"])
def test_an_example_without_words_says_how_it_is_called(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [name])
    with pytest.raises(SystemExit, match=f"python {name} "):
        runpy.run_path(str(ROOT / "examples" / name), run_name="__main__")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("camera_loop.py", ["gone.mp4"]),
        ("folder_of_pictures.py", ["gone", "faces.csv"]),
        ("live_stream.py", ["gone.mp4"]),
        ("picture_to_table.py", ["gone.jpg"]),
    ],
)
def test_a_wrong_path_is_one_line(name: str, words: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [name, *words])
    with pytest.raises(SystemExit, match=r"^gone"):
        runpy.run_path(str(ROOT / "examples" / name), run_name="__main__")
    assert list(tmp_path.iterdir()) == []


def test_a_picture_becomes_a_table(tmp_path: Path) -> None:
    printed = run("picture_to_table.py", ASTRONAUT, folder=tmp_path)
    assert "'label': 'happiness'" in printed


def test_the_demo_is_watched(tmp_path: Path) -> None:
    lines = run("camera_loop.py", "demo", "5", folder=tmp_path).splitlines()
    assert len(lines) == 5
    assert all("person 1: happiness" in line for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["camera_loop.py", "live_stream.py"])
def test_an_endless_source_ends_with_the_program_that_reads_it(name: str) -> None:
    with subprocess.Popen(
        [sys.executable, str(ROOT / "examples" / name), "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert b"happiness" in program.stdout.readline()
        program.stdout.close()
        assert b"Traceback" not in program.stderr.read()
    assert program.returncode == 0


def test_a_folder_becomes_a_csv(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    cv2.imwrite(str(pictures / "six.png"), DemoSource(6).draw(0))
    (pictures / "broken.jpg").write_text("no picture")
    printed = run("folder_of_pictures.py", pictures, tmp_path / "faces.csv", folder=tmp_path)
    with (tmp_path / "faces.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["picture"] for row in rows] == ["six.png"] * 6
    assert "happiness" in printed


@pytest.mark.slow
def test_a_model_learns_other_classes(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    face = cv2.imread(str(ASTRONAUT))[40:240, 164:364]
    for name, blur in (("sharp", 1), ("blurred", 15)):
        folder = tmp_path / "faces" / name
        folder.mkdir(parents=True)
        for i in range(20):
            noise = rng.normal(0, 6, face.shape)
            changed = np.clip(cv2.blur(face, (blur, blur)) + noise, 0, 255).astype(np.uint8)
            cv2.imwrite(str(folder / f"{i:02d}.png"), changed)
    printed = run("custom_model.py", tmp_path / "faces", ASTRONAUT, "2", folder=tmp_path).splitlines()
    assert printed[-2].endswith("mine.json")
    assert printed[-1].split()[0] in ("sharp", "blurred")


def test_a_live_source_becomes_json_lines(tmp_path: Path) -> None:
    lines = run("live_stream.py", ASTRONAUT, folder=tmp_path).splitlines()
    assert len(lines) == 1  # a still has one result
    assert json.loads(lines[0])["faces"][0]["label"] == "happiness"
