"""The columns of Py-Feat's `Fex` (Cheong et al. 2023): plain names of expressions, and the input in each row."""

from collections.abc import Iterable

from mien.session.columns import TIME_S, Value
from mien.session.schemes.base import Columns, ColumnScheme

_NAMES = {
    "time_s": "approx_time",
    "person": "Identity",
    "left": "FaceRectX",
    "top": "FaceRectY",
    "width": "FaceRectWidth",
    "height": "FaceRectHeight",
    "score": "FaceScore",
}


def _apply(columns: Columns, source: str) -> Iterable[tuple[str, list[Value]]]:
    for name, values in columns.items():
        yield _NAMES.get(name, name.removeprefix("p_")), values
    yield "input", [source] * len(columns[TIME_S.name])


FEX = ColumnScheme("fex", "Py-Feat", _apply)
