"""Files that are written whole or not at all, and what a person is told where that fails."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mien.errors import MienError


def write_atomic(path: Path, data: bytes) -> None:
    """Write a whole file or nothing: to a temporary file first, then renamed.

    Raises:
        OSError: it cannot be written; see `writing`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


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
