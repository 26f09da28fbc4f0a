"""Processes of Mien's own, started by Python or by a program that has Python inside."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from mien.session.table_process import read_columns
from mien.utils import optional, own_process

ROOT = Path(__file__).parents[3]
# What a program of PyInstaller's is to Mien: its own file instead of Python's, and no way to give it a script.
_FROZEN = """#!/bin/sh
exec {} -c 'import sys; sys.frozen = True; from mien_app.__main__ import main; sys.exit(main())' "$@"
"""


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "mien"
    program.write_text(_FROZEN.format(sys.executable))
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(sys, "frozen", True, raising=False)


def test_python_starts_files_and_modules() -> None:
    assert own_process.command("/a/reader.py", "x") == [sys.executable, "-P", "/a/reader.py", "x"]
    assert own_process.command("mien", "train") == [sys.executable, "-m", "mien", "train"]


def test_a_frozen_program_runs_what_it_asked_itself_for(
    frozen: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "reader.py"
    source.write_text("import sys, pathlib\nif __name__ == '__main__': pathlib.Path(sys.argv[1]).touch()")
    # Of a module in PyInstaller's archive, `__file__` ends so.
    words = own_process.command(str(source.with_suffix(".pyc")), str(tmp_path / "done"))
    monkeypatch.setattr(sys, "argv", words)
    assert own_process.answer()
    assert (tmp_path / "done").exists()


def test_whatever_else_a_program_is_asked_for_is_its_own(frozen: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["mien", "analyze", "--own-process"])
    assert not own_process.answer()
    assert "pip" not in optional.install() + optional.install_extra("sound")
    monkeypatch.delattr(sys, "frozen")
    assert "pip" in optional.install()
    assert optional.install_extra("sound") == 'In Mien\'s folder: pip install ".[sound]"'
    monkeypatch.setattr(sys, "argv", ["mien", "--own-process", "mien"])
    assert not own_process.answer()


def test_what_to_install_is_said_in_the_one_place_that_knows_of_such_programs() -> None:
    for path in (*ROOT.glob("app/**/*.py"), *ROOT.glob("core/**/*.py")):
        text = path.read_text(encoding="utf-8")
        if "pip install" in text and path.name != "optional.py":
            tree = ast.parse(text)
            comments = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            said = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in comments]
            assert not [node.value for node in said if "pip install" in str(node.value)], path


def test_other_peoples_programs_find_the_systems_libraries(frozen: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["mien"])
    monkeypatch.setattr(sys, "_MEIPASS", "/mien/_internal", raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/mien/_internal:/own")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/own")
    assert not own_process.answer()
    assert os.environ["LD_LIBRARY_PATH"] == "/own"
    monkeypatch.setenv("LD_LIBRARY_PATH", "/mien/_internal")
    assert not own_process.answer()
    assert "LD_LIBRARY_PATH" not in os.environ


@pytest.mark.slow  # two processes
@pytest.mark.skipif(os.name != "posix", reason="the program here is a script of the shell")
def test_a_frozen_program_reads_tables_and_runs_commands(
    frozen: None, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"frame": [3, 4]}), tmp_path / "faces.parquet")
    columns = read_columns(tmp_path / "faces.parquet", {"frame": "whole"})
    assert columns["frame"].values.tolist() == [3, 4]
    assert subprocess.run(own_process.command("mien", "--version"), check=False).returncode == 0
    assert "mien 0" in capfd.readouterr().out
