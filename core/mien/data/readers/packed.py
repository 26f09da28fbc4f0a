"""Files of a dataset that may come from anybody, in a folder or in a zip."""

import errno
import os
import zipfile
from pathlib import Path

from mien.utils.files import read_bounded
from mien.utils.picture_headers import MOST_BYTES
from mien.utils.zips import DAMAGED


def read_file(path: Path | zipfile.Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file.

    Args:
        path: in a folder, or in a zip.
        most: bytes that it may have; where not given, those of the largest picture.

    Raises:
        OSError: it cannot be read, or has more.
    """
    return _read_entry(path.root, path.at, most) if isinstance(path, zipfile.Path) else _read(path, most)


def read_or_nothing(path: Path | zipfile.Path) -> bytes:
    """The bytes of a picture's file; none where `read_file` fails, so that `collect` names it as unreadable."""
    try:
        return read_file(path)
    except OSError:
        return b""


def _read_entry(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        if archive.getinfo(name).file_size > most:  # zipfile unpacks no more than that
            raise _too_large(name)
        return archive.read(name)
    except DAMAGED as error:
        raise OSError(errno.EINVAL, f"{error}", name) from error


def _read(path: Path, most: int) -> bytes:
    if path.stat().st_size > most or len(data := read_bounded(path, most)) > most:
        raise _too_large(str(path))
    return data


def _too_large(name: str) -> OSError:
    return OSError(errno.EFBIG, os.strerror(errno.EFBIG), name)
