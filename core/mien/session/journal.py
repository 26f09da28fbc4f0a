"""Rows that survive a crash.

They are appended to a CSV file. From time to time they are committed: made durable, together with all that is needed
to go on from there. Rows after the last commit are thrown away when the work is resumed.
"""

import csv
import io
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from mien.errors import MienError
from mien.session.columns import Value
from mien.session.folder import UNFINISHED, UNFINISHED_ROWS, check_files
from mien.utils.closeable import Closeable
from mien.utils.files import make_file, make_folder, write_atomic
from mien.utils.json_io import read_json, to_json

_LARGEST = 256 << 20  # bytes of what a commit keeps: 2,000 of each track
_EVERY_S = 0.4
_SHARE = 0.1  # of the time, for commits at most: with thousands of tracks one takes half a second


class Journal(Closeable):
    """The rows of a session while it is made, in a sub-folder that is removed at its end."""

    def __init__(self, session: Path, head: Sequence[str]) -> None:
        """Begin a session's journal, or resume it.

        Args:
            session: the session's folder, which is made if it does not exist.
            head: the names of the columns.

        Raises:
            OSError: the folder cannot be written.
            MienError: something in it is a link.
        """
        check_files(session)
        self.folder = session / UNFINISHED
        make_folder(self.folder)
        self.progress = read_progress(session)
        """What the last commit kept; None if there was none."""
        self._file = make_file(self.rows_path).open("r+b")
        if self.progress is None:
            self._file.truncate(0)
            self.append([list(head)])
        else:
            self._file.truncate(self.progress.get("bytes", 0))
            self._file.seek(0, os.SEEK_END)
        self._due_s = time.monotonic() + _EVERY_S

    @property
    def due(self) -> bool:
        """Whether it is time for the next commit: after 0.4 s, or later where the last one took long."""
        return time.monotonic() > self._due_s

    @property
    def rows_path(self) -> Path:
        """The CSV file."""
        return self.folder / UNFINISHED_ROWS

    def append(self, rows: Sequence[Sequence[Value]]) -> None:
        """Append rows; the next commit makes them durable."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        self._file.write(text.getvalue().encode())

    def commit(self, **state: Any) -> None:
        """Make all rows so far durable, with the state that is needed to go on."""
        began = time.monotonic()
        self._file.flush()
        os.fsync(self._file.fileno())
        write_atomic(_progress_path(self.folder), to_json({**state, "bytes": self._file.tell()}))
        ended = time.monotonic()
        self._due_s = ended + max(_EVERY_S, (ended - began) / _SHARE)

    def close(self) -> None:
        """Close the file; the journal stays."""
        with suppress(OSError):  # of a full disk: rows after the last commit do not count
            self._file.close()


def discard(session: Path) -> None:
    """Remove a session's journal, if it has one."""
    shutil.rmtree(session / UNFINISHED, ignore_errors=True)


def _progress_path(folder: Path) -> Path:
    return folder / "progress.json"


def read_progress(session: Path) -> dict[str, Any] | None:
    """What an unfinished session's last commit kept; None if there is no commit."""
    try:
        values = read_json(_progress_path(session / UNFINISHED), largest=_LARGEST)
    except (OSError, MienError):
        return None
    rows = session / UNFINISHED / UNFINISHED_ROWS
    size = values.get("bytes", 0) if isinstance(values, dict) else None
    if not isinstance(size, int) or size < 0 or not rows.is_file() or rows.stat().st_size < size:
        return None
    return dict(values)
