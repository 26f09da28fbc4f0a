"""Files that are open cannot be removed or replaced, as on Windows; tried where a process says what it holds."""

import os
from pathlib import Path
from typing import Any

import pytest

from mien.utils import lock

HELD = Path("/proc/self/fd")


def _is_open(path: str) -> bool:
    if Path(path).name == lock.NAME:  # which is closed first there
        return False
    for number in os.listdir(HELD):
        try:
            if os.readlink(HELD / number) == path:
                return True
        except OSError:  # that of this listing
            continue
    return f" {path}\n" in Path("/proc/self/maps").read_text()


def refuse_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process remove and replace only files that it has closed."""
    if not HELD.is_dir():
        pytest.skip("needs a system that says which files are open")
    unlink, replace = os.unlink, os.replace

    def check(path: Any, folder: int | None = None) -> None:
        place = os.readlink(HELD / str(folder)) if folder is not None else os.getcwd()
        whole = os.path.join(place, os.fspath(path))
        if _is_open(os.path.join(os.path.realpath(os.path.dirname(whole)), os.path.basename(whole))):
            raise PermissionError(13, "Permission denied", str(path))

    def checked_unlink(path: Any, *, dir_fd: int | None = None) -> None:
        check(path, dir_fd)
        unlink(path, dir_fd=dir_fd)

    def checked_replace(source: Any, target: Any) -> None:
        check(source)
        check(target)
        replace(source, target)

    monkeypatch.setattr(os, "unlink", checked_unlink)
    monkeypatch.setattr(os, "replace", checked_replace)
