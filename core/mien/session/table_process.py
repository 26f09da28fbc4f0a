"""Reads a session's table in a process of its own: a damaged Parquet file can end the process that reads it.

`python -m mien.session.table_process FILE REQUEST` writes a line of JSON, which says what follows, then the columns'
bytes. Nothing that it writes is more than numbers and texts to the process that asked.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.utils.files import cannot_read
from mien.utils.json_io import parse_json

_PATIENCE_S = 60
_MOST_MEMORY = 4 << 30  # bytes of address space, where the system can hold a process to it
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
    command = [sys.executable, "-m", __name__, str(path), request]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            timeout=_PATIENCE_S,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise cannot_read(path, error) from error
    except subprocess.TimeoutExpired:
        raise MienError(f"{path} cannot be read: that took longer than {_PATIENCE_S} s. It is damaged.") from None
    if done.returncode == _SAID:
        raise MienError(f"{path} cannot be read: {done.stdout.decode(errors='replace')}.")
    if done.returncode:
        raise MienError(f"{path} cannot be read: it is damaged. Analyse the file again.")
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


_SAID = 3  # the exit status after a message for a person


def _main(path: str, request: str) -> None:
    _hold_memory()
    import pyarrow as pa
    import pyarrow.parquet

    asked = json.loads(request)  # noqa: TID251 - from the process that started this one
    arrow = {"whole": pa.int64(), "number": pa.float64(), "text": pa.string()}
    with pa.parquet.ParquetFile(path) as file:
        # A row of a session has numbers that hardly repeat; ones that do could claim any number of rows in a few bytes.
        if not 0 <= file.metadata.num_rows <= os.stat(path).st_size:
            raise ValueError("it claims more rows than it can hold")
        there = set(file.schema_arrow.names)
        names = [name for name in asked["kinds"] if name in there or name not in asked["optional"]]
        table = file.read(columns=[*names, *asked["only"]], use_threads=False)
    if missing := [name for name in names if name not in table.column_names]:
        raise ValueError(f"it has no column {missing[0]}")
    for name, number in asked["only"].items():
        table = table.filter(pa.array(table.column(name).fill_null(-1).to_numpy() == number))
    head, parts = [], []
    for name in names:
        kind = asked["kinds"][name]
        column = table.column(name).cast(arrow[kind]).combine_chunks()
        valid = column.is_valid().to_numpy(zero_copy_only=False)
        texts: list[str] = []
        if kind == "text":
            encoded = column.dictionary_encode()
            texts, column = encoded.dictionary.to_pylist(), encoded.indices
        numbers = column.fill_null(0).to_numpy(zero_copy_only=False).astype(_TYPES[kind])
        written = json.dumps(texts).encode()
        head.append([name, kind, len(written)])
        parts += [numbers.tobytes(), valid.astype(np.bool_).tobytes(), written]
    out = sys.stdout.buffer
    out.write(json.dumps({"rows": table.num_rows, "columns": head}).encode() + b"\n")
    for part in parts:
        out.write(part)
    out.flush()


def _hold_memory() -> None:
    """A file that claims to need more memory than any session is refused, and a crash leaves no picture of it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in ((resource.RLIMIT_AS, _MOST_MEMORY), (resource.RLIMIT_CORE, 0)):
        _, highest = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if highest == resource.RLIM_INFINITY else min(most, highest), highest))


if __name__ == "__main__":
    try:
        _main(*sys.argv[1:])
    except Exception as error:  # whatever it is, the process that asked tells the person
        sys.stdout.write((" ".join(str(error).split()) or type(error).__name__).rstrip(".")[:300])
        sys.exit(_SAID)
