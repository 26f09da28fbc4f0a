"""What each column of the exported tables means."""

from pathlib import Path

from mien.session.columns import columns, exported_columns
from mien.session.export.base import Exporter, ExportOptions
from mien.session.export.intervals import COLUMNS
from mien.session.export.summary_table import summary_columns
from mien.session.export.table_file import SUFFIXES, write_table
from mien.session.session import Session


def _write(session: Session, path: Path, options: ExportOptions) -> int:
    pose, landmarks = session.has_pose, bool(session.manifest.options.get("landmarks"))
    tables = {
        "rows": (*columns(session.classes, pose=pose, landmarks=landmarks), *exported_columns(session.classes)),
        "intervals": COLUMNS,
        "summary": summary_columns(session.classes),
    }
    rows = [(table, c.name, c.kind, c.unit, c.meaning) for table, own in tables.items() for c in own]
    write_table(path, ("table", "column", "kind", "unit", "meaning"), rows, options.decimal)
    return len(rows)


CODEBOOK = Exporter("codebook", SUFFIXES, _write, "what each column of rows, intervals and summary means")
