"""Reads a session's table in a process of its own: a damaged Parquet file can end the process that reads it.

The program of that process is `table_reader.py`, beside this file. What it writes is no more than numbers and texts to
this one.
"""

import json
import logging
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError
from mien.session import table_reader
from mien.utils import own_process
from mien.utils.files import cannot_read
from mien.utils.json_io import parse_json

log = logging.getLogger(__name__)

_PATIENCE_S = 60
_TYPES: dict[str, type[Any]] = {"whole": np.int64, "number": np.float64, "text": np.int32}


@dataclass(frozen=True)
class ColumnValues:
    """One column of N rows."""

    values: NDArray[Any]
    """(N,) numbers, or of a column of texts their places in `texts`; anything where there is nothing."""
    there: NDArray[np.bool_]
    """(N,) whether the cell holds something."""
    texts: tuple[str, ...] = ()
    """Each text once."""

    def cells(self, rows: NDArray[np.int64]) -> list[int | float | str | None]:
        """Some rows' values; None where there is nothing."""
        own = self.values[rows].tolist()
        if self.values.dtype == np.int32:
            own = [self.texts[place] if self.texts else None for place in own]
        return [value if there else None for value, there in zip(own, self.there[rows].tolist(), strict=True)]


def read_columns(
    path: Path, kinds: Mapping[str, str], optional: Sequence[str] = (), only: dict[str, int] | None = None
) -> dict[str, ColumnValues]:
    """Read columns of a Parquet file.

    Args:
        path: the file.
        kinds: each column's kind, see `mien.session.columns.Kind`.
        optional: columns that are left out where the file lacks them.
        only: rows with these whole numbers only.

    Raises:
        MienError: it cannot be read.
    """
    request = json.dumps({"kinds": dict(kinds), "optional": list(optional), "only": only or {}})
    command = own_process.command(table_reader.__file__, str(path), request)
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            timeout=_PATIENCE_S,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            creationflags=own_process.WITHOUT_CONSOLE,
        )
    except OSError as error:
        raise cannot_read(path, error) from error
    except subprocess.TimeoutExpired:
        raise MienError(
            language.tr("{} cannot be read: that took longer than {} s. It is damaged.").format(path, _PATIENCE_S)
        ) from None
    if done.returncode == table_reader.SAID:
        raise MienError(language.tr("{} cannot be read: {}.").format(path, done.stdout.decode(errors="replace")))
    if done.returncode == 1:  # of Python itself
        log.error("A table's reader failed: %s", done.stderr.decode(errors="replace"))
    if done.returncode:
        raise MienError(language.tr("{} cannot be read: it is damaged. Analyse the file again.").format(path))
    return _taken(done.stdout, path)


def _taken(data: bytes, path: Path) -> dict[str, ColumnValues]:
    end = data.index(b"\n")
    head = parse_json(data[:end], str(path))
    rows, place, made = head["rows"], end + 1, {}
    for name, kind, length in head["columns"]:
        values = np.frombuffer(data, _TYPES[kind], rows, place)
        there = np.frombuffer(data, np.bool_, rows, place + values.nbytes)
        place += values.nbytes + rows
        texts = parse_json(data[place : place + length], str(path))
        place += length
        made[name] = ColumnValues(values, there, tuple(texts))
    return made
