import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import mien


@pytest.mark.parametrize("name", mien.__all__)
def test_a_public_name_is_what_type_checkers_take_it_for(name: str) -> None:
    tree = ast.parse(Path(mien.__file__).read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    (module,) = [node.module for node in imports if name in {alias.name for alias in node.names}]
    assert getattr(mien, name) is getattr(importlib.import_module(module), name)


def test_names_are_listed_and_others_refused() -> None:
    assert set(mien.__all__) < set(dir(mien))
    with pytest.raises(AttributeError, match="Recogniser"):
        _ = mien.Recogniser


def test_a_light_name_loads_nothing_heavy() -> None:
    heavy = ("torch", "cv2", "openvino", "av", "pyarrow")
    code = f"import sys; from mien import Frame, MienError; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_programs_of_the_version_before_still_run() -> None:
    sys.modules.pop("mien.recognizer", None)
    with pytest.warns(DeprecationWarning, match="from mien import Recognizer") as warned:
        from mien.recognizer import Recognizer
    assert warned[0].filename == __file__
    from mien.types import Frame

    assert (Recognizer, Frame) == (mien.Recognizer, mien.Frame)


@pytest.mark.parametrize(
    "command", [["-m", "mien", "--version"], ["-c", "from mien.cli.main import main; main(['--version'])"]]
)
def test_both_ways_to_the_command_line(command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"mien {mien.__version__}"
