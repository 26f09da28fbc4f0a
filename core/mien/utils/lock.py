"""Locks between processes, which the system takes back from a process that ends, however it ends."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from mien.errors import MienError
from mien.utils.files import make_folder, writing

NAME = ".mien.lock"
"""Of the file by which a folder is locked. It is gone when nobody holds it, unless its holder crashed."""

_POLL_S = 0.05


class Busy(MienError):
    """Somebody else holds a folder's lock."""


if sys.platform == "win32":
    import msvcrt

    def _try(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    # Of disks that know no locks, such as those of some clusters. Work goes on there without.
    _NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)

    def _try(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in _NO_LOCKS
        return True


@contextmanager
def locked(folder: Path, busy: str, options: str = "", *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold a folder's lock, which no other process and no other thread then gets.

    Args:
        folder: it is made where it does not exist, and removed if it is empty then.
        busy: what a person is told where somebody else holds it.
        options: see `MienError`.
        wait_s: how long to wait for that somebody.

    Raises:
        Busy: it is held.
        MienError: the folder cannot be written.
    """
    path, deadline = folder / NAME, time.monotonic() + wait_s
    with writing(folder):
        made = not folder.exists()
        make_folder(folder)
        while (file := _taken(path)) is None:
            if time.monotonic() >= deadline:
                raise Busy(busy, options)
            time.sleep(_POLL_S)
    try:
        yield
    finally:
        _give_back(path, file)
        if made:
            with suppress(OSError):  # something is in it, as it should be
                folder.rmdir()


def _taken(path: Path) -> IO[bytes] | None:
    """The file, open and locked; None where somebody else has it."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    file = os.fdopen(os.open(path, flags, 0o600), "r+b")
    if _try(file) and _is_still(path, file):
        return file
    file.close()
    return None


def _is_still(path: Path, file: IO[bytes]) -> bool:
    """Whether the file has its name yet: its last holder may have removed it since it was opened."""
    if sys.platform == "win32":  # where a file that is open cannot be removed
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except OSError:
        return False


def _give_back(path: Path, file: IO[bytes]) -> None:
    if sys.platform == "win32":
        file.close()  # a file that is open cannot be removed
    with suppress(OSError):  # the folder is gone, or on Windows somebody has taken it since
        path.unlink()
    file.close()
