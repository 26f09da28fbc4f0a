"""What each column of the exported rows means."""

from pathlib import Path

from mien.session.columns import columns, exported_columns
from mien.session.export.base import Exporter, ExportOptions
from mien.session.export.table_file import SUFFIXES, write_table
from mien.session.session import Session


def _write(session: Session, path: Path, options: ExportOptions) -> int:
    every = (*columns(session.classes), *exported_columns(session.classes))
    write_table(path, ("column", "kind", "unit", "meaning"), [(c.name, c.kind, c.unit, c.meaning) for c in every])
    return len(every)


CODEBOOK = Exporter("codebook", SUFFIXES, _write, "what each column of the rows means")
