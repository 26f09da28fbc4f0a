"""Zip files that may come from anybody, opened and read with one kind of error."""

import errno
import lzma
import struct
import zipfile
import zlib
from pathlib import Path

from mien.utils.files import refuse_no_file

DAMAGED = (
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
)
"""What zipfile raises besides OSError of a zip or an entry: one that is damaged, packed in a way or by a version of the
format that Python does not know, or secret."""


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a zip to read it.

    Raises:
        OSError: it cannot be read, is a pipe or a device, or is no zip that Python can read.
    """
    refuse_no_file(path)
    try:
        return zipfile.ZipFile(path)
    except DAMAGED as error:
        raise OSError(errno.EINVAL, f"{error}", str(path)) from error
