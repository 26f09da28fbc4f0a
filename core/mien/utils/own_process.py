"""How a process of its own is started for a part of Mien: by Python, or by a program that has Python inside.

Such a program, made by PyInstaller for instance, is itself what `sys.executable` names, and takes no script: started
like Python, it would open its window again. It therefore calls `answer` first, as `mien_app.__main__` does.
"""

import os
import runpy
import subprocess
import sys
from pathlib import Path

LANGUAGE = "MIEN_LANGUAGE"
"""The variable by which a window tells a process that it starts which language to speak to it."""
WITHOUT_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""How `subprocess` creates one: on Windows a console would open beside the window."""
_WORD = "--own-process"


def command(program: str, *words: str) -> list[str]:
    """The command that runs a program in a process of its own.

    Args:
        program: a module of Mien, or the `__file__` of one that imports no other part of it, which starts sooner.
        words: its arguments.
    """
    if is_frozen():
        return [sys.executable, _WORD, program, *words]
    return [sys.executable, *(("-P", program) if _is_file(program) else ("-m", program)), *words]


def answer() -> bool:
    """Run what `command` asked for, if this process was started for that. A frozen program calls it first."""
    if not is_frozen():
        return False
    _give_back_libraries()
    if sys.argv[1:2] != [_WORD]:
        return False
    program, *words = sys.argv[2:]
    sys.argv = [program, *words]
    if _is_file(program):
        # Only the sources are files there; what is imported comes from an archive in which each has another ending.
        runpy.run_path(str(Path(program).with_suffix(".py")), run_name="__main__")
    else:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    return True


def is_frozen() -> bool:
    """Whether this process is such a program, and no Python into which a person could install something."""
    return bool(getattr(sys, "frozen", False))


def _give_back_libraries() -> None:
    """Other people's programs, a file manager say, find the system's libraries, not those that PyInstaller brought."""
    if hasattr(sys, "_MEIPASS"):
        os.environ.pop("LD_LIBRARY_PATH", None)
        if before := os.environ.pop("LD_LIBRARY_PATH_ORIG", ""):
            os.environ["LD_LIBRARY_PATH"] = before


def _is_file(program: str) -> bool:
    return Path(program).suffix in (".py", ".pyc")
