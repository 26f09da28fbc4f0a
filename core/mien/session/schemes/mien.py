"""Mien's own columns, as they are."""

from collections.abc import Iterable

from mien.session.columns import Value
from mien.session.schemes.base import Columns, ColumnScheme


def _apply(columns: Columns, source: str) -> Iterable[tuple[str, list[Value]]]:
    return columns.items()


MIEN = ColumnScheme("mien", "Mien", _apply)
