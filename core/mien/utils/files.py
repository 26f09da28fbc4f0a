"""Files that are written whole or not at all, and what a person is told where that fails."""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mien.errors import MienError

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_atomic(path: Path, data: bytes) -> None:
    """Write a whole file or nothing.

    Raises:
        MienError: see `check_output`.
        OSError: it cannot be written; see `writing`.
    """
    with whole_file(path) as file:
        file.write(data)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write piece by piece: a temporary one, which gets its name when the `with` ends without an error.

    Raises:
        MienError: see `check_output`.
        OSError: it cannot be written; see `writing`.
    """
    check_output(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")  # short, since the name may be as long as any
    try:
        with os.fdopen(os.open(temporary, _NEW, 0o666), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def check_output(path: Path) -> None:
    """Refuse to write where something else than a file stands: it would be replaced, or written into.

    Raises:
        MienError: a link, a device, a pipe or a folder has this name.
    """
    try:
        mode = path.lstat().st_mode
    except OSError:  # nothing is there, or writing will say why not
        return
    if stat.S_ISLNK(mode):
        raise MienError(f"{path} is a link, which Mien does not write through. Give the file that it leads to.")
    if not stat.S_ISREG(mode):
        raise MienError(f"{path} is no file, and is left as it is. Choose another name to write to.")


def check_input(path: Path) -> None:
    """Refuse to read what is no file. A pipe or a device can be read but once, and has no size and no hash.

    Raises:
        MienError: nothing is there, or no file.
    """
    if path.is_symlink() and not path.exists():
        raise MienError(f"{path} is a link that leads to nothing.")
    if not path.exists():
        raise MienError(f"{path} does not exist.")
    if not path.is_file():
        raise MienError(f"{path} is no file. What comes out of a pipe or a device must be saved as a file first.")


def cannot_read(path: Path, error: Exception) -> MienError:
    """What a person is told when a file or folder could not be read."""
    return MienError(f"{path} cannot be read: {reason_of(error)}.")


def cannot_write(path: Path, error: Exception) -> MienError:
    """What a person is told when a file or folder could not be written."""
    return MienError(f"{path} cannot be written: {reason_of(error)}. Choose another folder, or make room there.")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Within this, an OSError becomes a MienError that names the path."""
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Within this, an OSError becomes a MienError that names the path."""
    try:
        yield
    except OSError as error:
        raise cannot_read(path, error) from error


def reason_of(error: Exception) -> str:
    """What went wrong, without a full stop at its end."""
    return str(getattr(error, "strerror", None) or error).rstrip(".") or type(error).__name__
