"""What a column scheme is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mien.errors import MienError
from mien.session.columns import OR, Value, columns

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

    def check_classes(self, classes: Sequence[str]) -> None:
        """Refuse classes that a table could not tell apart.

        Raises:
            MienError: a class's column would have the name of another one, or a class contains what parts the classes.
        """
        for name in classes:
            if OR in f"{name} ":
                raise MienError(f"A class's name cannot contain '{OR}', as '{name}' does. Choose another model.")
        names = [name for name, _ in self.apply({column.name: [] for column in columns(classes, pose=True)}, "")]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise MienError(
                f"The model has a class whose column would be another '{twice[0]}' among {self.tool}'s columns. "
                "Choose other columns, or another model."
            )
