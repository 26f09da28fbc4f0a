"""Mien's own columns, as they are."""

from collections.abc import Iterable

from mien.session.columns import Value
from mien.session.schemes.base import Columns, ColumnScheme, Origin


def _apply(columns: Columns, origin: Origin) -> Iterable[tuple[str, list[Value]]]:
    return columns.items()


MIEN = ColumnScheme("mien", "Mien", _apply)
