"""Files that are written whole or not at all, and what a person is told where that fails.

What Mien makes is for its owner alone, whatever the umask: pictures of people, what was said of them, and what was
chosen. A file or folder that is there already keeps its permissions. (Windows has its own, by folder.)"""

import errno
import math
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path, PureWindowsPath
from typing import IO

from mien import language
from mien.errors import MienError
from mien.utils.renaming import put_in_place

LEFT_OVER = f".{16 * '[0-9a-f]'}.tmp"
"""The names that files have until they are whole; a kill leaves them behind."""

_SURELY_LEFT_S = 3600.0  # without a change
_FILE, _FOLDER = 0o600, 0o700
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def free_path(folder: Path, name: str, ending: str = "", *, between: str = "-") -> Path:
    """The first path in a folder that nothing has: NAME, NAME-2, NAME-3, ..., each with the ending."""
    names = chain([name], (f"{name}{between}{number}" for number in count(2)))
    return next(path for one in names if not (path := folder / f"{one}{ending}").exists())


def write_atomic(path: Path, data: bytes) -> None:
    """Write a whole file or nothing.

    Raises:
        MienError: see `check_output`.
        OSError: it cannot be written; see `writing`.
    """
    with whole_file(path) as file:
        file.write(data)


def write_new(path: Path, data: bytes) -> None:
    """Write a whole file under a name that no file has, or nothing.

    Raises:
        FileExistsError: it has the name already.
        OSError: it cannot be written; see `writing`.
    """
    whole = unfinished_name(path)
    write_atomic(whole, data)
    try:
        try:
            os.link(whole, path)
        except FileExistsError:
            raise
        except OSError:  # a disk without links, on which a crash now would leave an empty file
            os.close(os.open(path, _NEW, _FILE))
            put_in_place(whole, path)
    finally:
        whole.unlink(missing_ok=True)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write piece by piece: a temporary one, which gets its name when the `with` ends without an error.

    Raises:
        MienError: see `check_output`.
        OSError: it cannot be written; see `writing`.
    """
    check_output(path)
    make_folder(path.parent)
    temporary = unfinished_name(path)
    try:
        with os.fdopen(os.open(temporary, _NEW, _FILE), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if os.name == "posix" and path.exists():
            with suppress(OSError):  # a disk that knows no permissions, such as that of some network shares
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        put_in_place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def unfinished_name(path: Path) -> Path:
    """A name beside a file's own, as `LEFT_OVER` has it; short, since that may be as long as any."""
    return path.with_name(f".{secrets.token_hex(8)}.tmp")


def remove_left_over(*folders: Path, in_use: bool = False) -> None:
    """Delete what a kill has left in folders of files that were being written.

    Args:
        folders: which need not exist.
        in_use: others may be writing there: what is younger than an hour stays.

    Raises:
        OSError: something cannot be deleted.
    """
    latest = time.time() - _SURELY_LEFT_S if in_use else math.inf  # noqa: TID251  # files have the system's times
    for path in chain.from_iterable(folder.glob(LEFT_OVER) for folder in folders):
        with suppress(FileNotFoundError):  # it was whole meanwhile
            if path.lstat().st_mtime < latest:
                path.unlink()


def make_folder(path: Path, *, exist_ok: bool = True) -> None:
    """Make a folder, and those above it that are missing.

    Raises:
        OSError: it cannot be made, or is there already and `exist_ok` is False.
    """
    for parent in reversed(path.parents):
        if not parent.exists():
            parent.mkdir(_FOLDER, exist_ok=True)
    path.mkdir(_FOLDER, exist_ok=exist_ok)


def make_file(path: Path) -> Path:
    """Make an empty file if there is none; whoever opens it afterwards leaves its permissions as they are.

    Raises:
        OSError: it cannot be made.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, _FILE))
    return path


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
        raise MienError(
            language.tr("{} is a link, which Mien does not write through. Give the file that it leads to.").format(path)
        )
    if not stat.S_ISREG(mode):
        raise MienError(
            language.tr("{} is no file, and is left as it is. Choose another name to write to.").format(path)
        )


def check_input(path: Path) -> None:
    """Refuse to read what is no file. A pipe or a device can be read but once, and has no size and no hash.

    Raises:
        MienError: nothing is there, or no file.
    """
    if path.is_symlink() and not path.exists():
        raise MienError(language.tr("{} is a link that leads to nothing.").format(path))
    if not path.exists():
        raise MienError(language.tr("{} does not exist.").format(path))
    if not path.is_file():
        raise MienError(
            language.tr("{} is no file. What comes out of a pipe or a device must be saved as a file first.").format(
                path
            )
        )


def inside(folder: Path, name: str, *, through_links: bool = False) -> Path:
    """The path of a file in a folder, under a name that somebody else gives.

    Args:
        folder: where it has to lie.
        name: relative to the folder.
        through_links: whether links in the folder may lead out of it.

    Raises:
        MienError: it would lie elsewhere.
    """
    path = folder / name
    windows = PureWindowsPath(name)
    if not windows.parts or windows.drive or windows.root or ".." in windows.parts or "\0" in name:
        raise MienError(language.tr("{} lies outside {}, and was left out.").format(f"{name[:200]!r}", folder))
    if not through_links and not path.resolve().is_relative_to(folder.resolve()):
        raise MienError(language.tr("{} leads out of {}, and was left out.").format(f"{name[:200]!r}", folder))
    return path


def read_bounded(path: Path, most: int) -> bytes:
    """The bytes of a file that may come from anybody.

    Args:
        path: the file.
        most: bytes; of a longer file, one more than these is read, so that whoever asks can tell.

    Raises:
        OSError: it cannot be read, or is no file but a pipe or a device, which might never end.
    """
    refuse_no_file(path)
    with path.open("rb") as file:  # which takes the memory that it is asked for, whatever it reads
        return file.read(min(os.fstat(file.fileno()).st_size, most) + 1)


def refuse_no_file(path: Path) -> None:
    """Raise OSError where a pipe, a device or a folder has this name: to open one might never end."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "It is not a file", str(path))


def is_own(path: Path) -> bool:
    """Whether it is a file that this person has made here, not one that somebody else put or linked there."""
    if path.is_symlink() or not path.is_file():
        return False
    return sys.platform == "win32" or path.stat().st_uid == os.geteuid()


def cannot_read(path: Path, error: Exception) -> MienError:
    """What a person is told when a file or folder could not be read."""
    return MienError(language.tr("{} cannot be read: {}.").format(path, reason_of(error)))


def cannot_write(path: Path, error: Exception) -> MienError:
    """What a person is told when a file or folder could not be written."""
    return MienError(
        language.tr("{} cannot be written: {}. Choose another folder, or make room there.").format(
            path, reason_of(error)
        )
    )


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


_USUAL = (
    language.mark("No such file or directory"),
    language.mark("Permission denied"),
    language.mark("No space left on device"),
    language.mark("Read-only file system"),
    language.mark("Is a directory"),
    language.mark("Not a directory"),
    language.mark("Input/output error"),
    language.mark("It is not a file"),
)
"""What systems say most, and Mien in their place, for the translator."""


def reason_of(error: Exception) -> str:
    """What went wrong, without a full stop at its end."""
    said = getattr(error, "strerror", None)
    # Nothing else is looked up: names of files, which it may have in it, can be such as Qt cannot take.
    text = language.tr(str(said)) if said else str(error)
    return text.rstrip(".") or type(error).__name__


def reason_about(path: Path, error: Exception) -> str:
    """The same, without the file's name at its beginning: for a sentence that has named the file already."""
    reason = reason_of(error)
    for name in (str(path), path.name):
        reason = reason.removeprefix(name)
    return reason.lstrip(":. ")


def is_gone(path: Path) -> bool:
    """Whether there is nothing of this name; a link that leads nowhere, or what may not be looked at, is something."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
