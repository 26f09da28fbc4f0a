"""What a column scheme is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mien import language
from mien.errors import MienError
from mien.expressions import OR
from mien.session.columns import Kind, Value, columns

Columns = Mapping[str, list[Value]]
"""Some of a session's rows, column by column, under Mien's names and in their order."""


@dataclass(frozen=True)
class Origin:
    """What a session's rows are of."""

    path: str = ""
    """Of the file that was analysed."""
    width: int = 0
    """Of a frame, upright, px."""
    height: int = 0


@dataclass(frozen=True)
class ColumnScheme:
    """How rows are written for a tool's readers: faces.csv, and a Parquet file beside faces.parquet."""

    name: str
    """As `--columns` and session.json have it."""
    tool: str
    """Whose readers understand it."""
    apply: Callable[[Columns, Origin], Iterable[tuple[str, list[Value]]]]
    """Given columns, the columns to write. A column that the tool does not know keeps its name."""
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """Of the columns that are no numbers, and not Mien's own."""

    def kind(self, name: str, own: Mapping[str, Kind]) -> Kind:
        """What a column that is written holds; `own` are the kinds of Mien's columns."""
        return self.kinds.get(name) or own.get(name, "number")

    def check_classes(self, classes: Sequence[str]) -> None:
        """Refuse classes that a table could not tell apart.

        Raises:
            MienError: a class's column would have the name of another one, or a class contains what parts the classes.
        """
        for name in classes:
            if OR in f"{name} ":
                raise MienError(
                    language.tr("A class's name cannot contain '{}', as '{}' does. Choose another model.").format(
                        OR, name
                    )
                )
        empty: Columns = {column.name: [] for column in columns(classes, pose=True, landmarks=True)}
        names = [name for name, _ in self.apply(empty, Origin())]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise MienError(
                language.tr(
                    "The model has a class whose column would be another '{}' among {}'s columns. "
                    "Choose other columns, or another model."
                ).format(twice[0], self.tool)
            )
