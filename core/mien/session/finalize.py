"""From a journal to a finished session: the tables, the persons' pictures, and the manifest last."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from mien.session.columns import PERSON, TRACK, Kind, Value, columns, journal_columns
from mien.session.folder import (
    CSV,
    MANIFEST,
    PARQUET,
    PEOPLE,
    TOOL_PARQUET,
    check_files,
    person_picture,
    tool_parquet,
)
from mien.session.gallery import Gallery
from mien.session.manifest import Manifest
from mien.session.schemes.base import Columns, ColumnScheme, Origin
from mien.session.schemes.mien import MIEN
from mien.utils.csv import cell, escape_formula
from mien.utils.files import remove_left_over, whole_file, write_atomic

_ARROW: dict[Kind, Any] = {"whole": pa.int64(), "number": pa.float64(), "text": pa.string()}

_BLOCK_BYTES = 1 << 18  # of the journal; Arrow reads 32 of them ahead
_ROW_GROUP = 10_000  # of the Parquet file, at least


def schema(classes: Sequence[str]) -> pa.Schema:
    """All columns that faces.parquet can have; the metadata of each say its unit and its meaning."""
    return pa.schema(
        [
            pa.field(column.name, _ARROW[column.kind], metadata={"unit": column.unit, "meaning": column.meaning})
            for column in columns(classes, pose=True, landmarks=True)
        ]
    )


def finish(folder: Path, rows: Path, gallery: Gallery, manifest: Manifest, scheme: ColumnScheme) -> None:
    """Write the tables, the pictures and the manifest.

    It can be interrupted at any moment and done again, with the same result.

    Args:
        folder: the session's.
        rows: the journal's file, committed to its end.
        gallery: of the same session.
        manifest: of the session.
        scheme: of the columns of faces.csv; another than Mien's also gets a Parquet file of its own.

    Raises:
        OSError: the folder cannot be written.
    """
    check_files(folder)
    remove_left_over(folder, folder / PEOPLE)
    for path in (*folder.glob(TOOL_PARQUET), *(folder / PEOPLE).glob("person-*.jpg")):
        path.unlink()  # an analysis with other options was killed here
    _write_tables(folder, rows, manifest, scheme)
    for person in manifest.persons:
        best = max(person.tracks, key=lambda track: gallery.tracks[track].best)
        picture = gallery.picture_path(best)
        if picture.is_file():
            write_atomic(person_picture(folder, person.number), picture.read_bytes())
    write_atomic(folder / MANIFEST, manifest.to_json())


def _write_tables(folder: Path, rows: Path, manifest: Manifest, scheme: ColumnScheme) -> None:
    """Batch by batch, so that memory does not grow with the session."""
    persons = {track: person.number for person in manifest.persons for track in person.tracks}
    types = {
        column.name: _ARROW[column.kind] for column in journal_columns(manifest.classes, pose=True, landmarks=True)
    }
    pool = pa.system_memory_pool()  # Arrow's own pool holds on to 20 MB more
    with ExitStack() as opened:
        journal = opened.enter_context(rows.open("rb"))
        reading = pa.csv.open_csv(
            journal,
            memory_pool=pool,
            read_options=pa.csv.ReadOptions(use_threads=False, block_size=_BLOCK_BYTES),
            convert_options=pa.csv.ConvertOptions(column_types=types, strings_can_be_null=True),
        )
        # A recording that an older Mien began lacks later columns, and most sessions those of the pose.
        known = {*reading.schema.names, PERSON.name}
        whole = pa.schema([field for field in schema(manifest.classes) if field.name in known])
        origin = Origin(manifest.input.path, manifest.input.width, manifest.input.height)

        def named(columns: Columns) -> dict[str, list[Value]]:
            return dict(scheme.apply(columns, origin))

        head = list(named({name: [] for name in whole.names}))
        text = io.TextIOWrapper(opened.enter_context(whole_file(folder / CSV)), "utf-8", "backslashreplace", newline="")
        opened.callback(text.detach)  # which flushes it
        lines = csv.writer(text)
        lines.writerow([escape_formula(name) for name in head])
        add = opened.enter_context(_parquet(folder / PARQUET, whole, pool))
        tool_schema, add_for_tool = _tool_schema(head, scheme, manifest.classes), None
        if scheme is not MIEN:
            add_for_tool = opened.enter_context(_parquet(tool_parquet(folder, scheme.name), tool_schema, pool))
        opened.enter_context(reading)
        for batch in reading:
            who = [persons.get(track) for track in batch.column(TRACK.name).to_pylist()]
            arrays = {
                **dict(zip(batch.schema.names, batch.columns, strict=True)),
                PERSON.name: pa.array(who, pa.int64()),
            }
            ordered = pa.record_batch([arrays[name] for name in whole.names], schema=whole)
            cells = named(ordered.to_pydict())
            lines.writerows(map(cell, row) for row in zip(*cells.values(), strict=True))
            add(ordered)
            if add_for_tool is not None:
                texts = {name: _texts(values) for name, values in cells.items()}
                add_for_tool(pa.RecordBatch.from_pydict(texts, tool_schema))


def _tool_schema(head: Sequence[str], scheme: ColumnScheme, classes: Sequence[str]) -> pa.Schema:
    kinds = {column.name: column.kind for column in columns(classes, pose=True, landmarks=True)}
    return pa.schema([pa.field(name, _ARROW[scheme.kind(name, kinds)]) for name in head])


def _texts(values: list[Value]) -> list[Value]:
    """A file's name may be no text."""
    return [value.encode(errors="backslashreplace").decode() if isinstance(value, str) else value for value in values]


@contextmanager
def _parquet(path: Path, schema: pa.Schema, pool: Any) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """Takes batches, and writes them in groups of rows."""
    group: list[pa.RecordBatch] = []
    with (
        whole_file(path) as file,
        pa.parquet.ParquetWriter(file, schema, compression="zstd", memory_pool=pool) as writer,
    ):

        def add(batch: pa.RecordBatch) -> None:
            group.append(batch)
            if sum(map(len, group)) >= _ROW_GROUP:
                writer.write_table(pa.Table.from_batches(group))
                group.clear()

        yield add
        if group:
            writer.write_table(pa.Table.from_batches(group))
