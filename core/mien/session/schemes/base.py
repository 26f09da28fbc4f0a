"""What a column scheme is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mien.session.columns import Value

Columns = Mapping[str, list[Value]]
"""Some of a session's rows, column by column, under Mien's names and in their order."""


@dataclass(frozen=True)
class ColumnScheme:
    """How faces.csv is written for a tool's readers. faces.parquet always has Mien's columns."""

    name: str
    """As `--columns` and session.json have it."""
    tool: str
    """Whose readers understand it."""
    apply: Callable[[Columns, str], Iterable[tuple[str, list[Value]]]]
    """Given columns and the name of the file that was analysed, the columns to write. A column that the tool does not
    know keeps its name."""
