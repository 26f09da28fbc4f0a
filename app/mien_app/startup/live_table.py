"""faces.csv of a live source without a window, whole after each frame: other programs follow it as it grows."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from mien.session.columns import journal_columns, rows
from mien.types import Frame, Recognition
from mien.utils.closeable import Closeable
from mien.utils.files import cannot_write, check_output, make_file


class LiveTable(Closeable):
    """A row a face, and one for a frame without a face. The file is begun anew with the first frame."""

    def __init__(self, path: Path, *, pose: bool = False) -> None:
        """Begin nothing yet; `pose` adds the columns of head pose, eyes and mouth."""
        check_output(path)
        self._pose = pose
        self._path = path
        self._file: io.TextIOWrapper | None = None

    def write(self, frame: Frame, recognition: Recognition, classes: Sequence[str]) -> None:
        """Append a frame's rows.

        Raises:
            MienError: the file cannot be written.
        """
        try:
            if self._file is None:
                self._file = make_file(self._path).open("w", encoding="utf-8", newline="")
                csv.writer(self._file).writerow([column.name for column in journal_columns(classes, pose=self._pose)])
            csv.writer(self._file).writerows(rows(frame, recognition, classes, pose=self._pose))
            self._file.flush()
        except OSError as error:
            raise cannot_write(self._path, error) from error

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            with suppress(OSError):  # of a full disk: all else was flushed, and `write` has said so
                self._file.close()
