"""The slim set: reading faces, sessions and the window need none of what requirements/slim.txt leaves out."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from mien.utils import optional

ROOT = Path(__file__).parents[1]

# Run with none of the modules named in its arguments. What is asked for first would be asked for with them, too.
_WITHOUT = """
import sys
left_out = sys.argv[1].split(",")

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in left_out:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)

sys.meta_path.insert(0, Missing())
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in left_out else found(name, *rest)

import mien
from mien_app.__main__ import main
demo = str(mien.utils.paths.assets() / "astronaut.png")
faces = mien.read(demo).faces
assert [face.label for face in faces] == ["happiness"], faces
for words in (["snapshot", demo, "--out", "s.png"], ["analyze", demo, "--out", "session"]):
    sys.argv[1:] = words
    assert main() == 0, words
import shutil
from pathlib import Path
for folder in ("train/happiness", "train/fear", "valid/happiness", "valid/fear"):
    Path("faces", folder).mkdir(parents=True)
    for number in range(10):
        shutil.copy(demo, Path("faces", folder, f"{number}.png"))
for words in (["evaluate", "faces", "--size", "40"], ["completion", "bash"]):
    sys.argv[1:] = words
    assert main() == 0, words
for words in (["train", "."], ["evaluate", "faces", "--calibrate"]):
    sys.argv[1:] = words
    assert main() == 2, words

from PySide6.QtWidgets import QLabel
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.application import make_application
make_application()
window = MainWindow("", Preferences(Path("settings.ini")))
window.show_page(window.train)
assert not window.train.start.folder.isEnabled()
assert any("Training needs torch" in text.text() for text in window.train.start.findChildren(QLabel))
(session,) = (path.parent for path in Path("session").rglob("session.json"))
window.open_session(session)
window.close_now()
assert not [name for name in left_out if name in sys.modules]
"""


def _names(lines: list[str]) -> set[str]:
    found = (re.match(r"[\w-]+", line) for line in lines)
    return {name[0].lower() for name in found if name}


def test_the_list_is_that_of_the_full_set_without_what_is_left_out() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    slim = (ROOT / "requirements" / "slim.txt").read_text(encoding="utf-8").splitlines()
    left_out = {name.replace("_", "-").lower() for name in optional.LEFT_OUT} | {"mediapipe", "safetensors"}
    expected = _names(project["dependencies"]) - left_out - {"opencv-contrib-python"} | {"opencv-python-headless"}
    assert _names(slim) == expected


@pytest.mark.slow  # a process
def test_without_what_is_left_out_all_but_training_works(tmp_path: Path) -> None:
    left_out = ",".join([*optional.LEFT_OUT, "mediapipe", "safetensors"])
    own = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "MIEN_CACHE": str(tmp_path / "cache")}
    words = [sys.executable, "-c", _WITHOUT, left_out]
    done = subprocess.run(words, cwd=tmp_path, env=own, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    for what in ("This needs torch", "`pip install .`"):
        assert what in done.stderr
    assert "Traceback" not in done.stderr
    for what in ("n = 20, 40 px", "left out. This needs scipy"):
        assert what in done.stdout
