"""The scripts of docs/scripts, by themselves: `make docs` runs most of them, and needs mkdocs for it."""

import importlib
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import cv2
import pytest

from mien.sources import open_source

SCRIPTS = Path(__file__).resolve().parents[1] / "docs" / "scripts"
PICTURES = {
    "live": ["evidence", "first-start", "live", "not-sure", "settings"],
    "recorded": ["analyse", "review"],
    "train": ["train"],
}


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Imports one by name."""
    monkeypatch.syspath_prepend(SCRIPTS)
    for path in SCRIPTS.glob("*.py"):
        monkeypatch.delitem(sys.modules, path.stem, raising=False)
    return importlib.import_module


def test_films_to_practise_on(
    script: Callable[[str], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = script("practice")
    monkeypatch.setattr(practice, "_FRAMES", 1)
    practice.videos(tmp_path / "interviews")
    films = sorted(tmp_path.glob("interviews/*.mp4"))
    assert [film.stem for film in films] == [f"p{n}-{how}" for n in range(1, 7) for how in ("film", "rest")]
    assert open_source(films[0]).read() is not None


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("commands", "## mien analyze"),
        ("table columns", "| `p_happiness` |"),
        ("pose values", "| `pose_yaw` |"),
        ("model table", "(default)"),
        ("model cards", "What it cannot do"),
        ("configs", "| `finetune` |"),
        pytest.param("keys", "| `Ctrl+L` |", marks=pytest.mark.slow),
    ],
)
def test_what_pages_quote_is_made(script: Callable[[str], ModuleType], name: str, held: str, qapp: object) -> None:
    assert held in script("tables").MADE[name]()


@pytest.mark.slow
def test_the_architecture_is_drawn(script: Callable[[str], ModuleType]) -> None:
    assert ET.fromstring(script("drawing").architecture()).tag.endswith("svg")


@pytest.mark.slow
@pytest.mark.parametrize("part", PICTURES)
def test_pictures_of_the_window_are_taken(part: str, tmp_path: Path) -> None:
    code = (
        "import pictures, sys; from pathlib import Path\n"
        "pictures.ROOT = Path(sys.argv.pop(1)); pictures.PICTURES = pictures.ROOT / 'taken'; pictures.main()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SCRIPTS), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), part], env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    taken = sorted(tmp_path.glob("taken/*.png"))
    assert [path.stem for path in taken] == PICTURES[part]
    assert all(cv2.imread(str(path)).std() > 10 for path in taken)  # not one colour
