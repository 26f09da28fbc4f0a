"""The program that reads a session's table, in a process of its own: see `mien.session.table_process`.

`table_reader.py FILE REQUEST` writes a line of JSON, which says what follows, then of each column its numbers, whether
there is something in each cell, and its texts. It imports no other part of Mien, so that it starts quickly.
"""

import json
import os
import sys
from contextlib import suppress

_MOST_MEMORY = 4 << 30  # bytes of address space, where the system can hold a process to it
SAID = 3
"""The exit status after a message for a person."""


def _main(path: str, request: str) -> None:
    _hold_memory()
    sys.meta_path.insert(0, _NoPandas())
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet

    asked = json.loads(request)  # noqa: TID251  # from the process that started this one
    types = {"whole": np.int64, "number": np.float64, "text": np.int32}
    arrow = {"whole": pa.int64(), "number": pa.float64(), "text": pa.string()}
    with open(path, "rb") as opened, pa.parquet.ParquetFile(opened) as file:  # Arrow cannot open every name
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
        numbers = column.fill_null(0).to_numpy(zero_copy_only=False).astype(types[kind])
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
    if sys.platform == "win32":  # has no such limits
        return
    import resource

    for limit, most in ((resource.RLIMIT_AS, _MOST_MEMORY), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):  # macOS has mapped more than that before anything is read
            _, highest = resource.getrlimit(limit)
            resource.setrlimit(limit, (most if highest == resource.RLIM_INFINITY else min(most, highest), highest))


class _NoPandas:
    """Arrow imports pandas where it is, to see whether it was handed something of it: half of this program's time."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ImportError(name)


if __name__ == "__main__":
    try:
        _main(*sys.argv[1:])
    except Exception as error:  # whatever it is, the process that asked tells the person
        said = (" ".join(str(error).split()) or type(error).__name__).rstrip(".")[:300]
        sys.stdout.buffer.write(said.encode(errors="backslashreplace"))  # a terminal's encoding may lack its letters
        sys.exit(SAID)
