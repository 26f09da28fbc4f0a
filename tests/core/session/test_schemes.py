"""What every column scheme promises."""

import pytest

from mien.errors import MienError
from mien.expressions import EXPRESSIONS
from mien.session.columns import Value, columns
from mien.session.schemes.base import ColumnScheme
from mien.session.schemes.registry import COLUMN_SCHEMES

COLUMNS: dict[str, list[Value]] = {
    column.name: [f"{column.name} {row}" if column.kind == "text" else row for row in (0, 1)]
    for column in columns(EXPRESSIONS)
}
COLUMNS["track"] = [5, None]


@pytest.fixture(params=COLUMN_SCHEMES)
def scheme(request: pytest.FixtureRequest) -> ColumnScheme:
    return COLUMN_SCHEMES[request.param]


def test_it_is_known_by_its_name(scheme: ColumnScheme) -> None:
    assert COLUMN_SCHEMES[scheme.name] is scheme
    assert scheme.tool


def test_its_columns_have_names_of_their_own_and_all_rows(scheme: ColumnScheme) -> None:
    written = list(scheme.apply(COLUMNS, "film.mp4"))
    names = [name for name, _ in written]
    assert len(set(names)) == len(names)
    assert all(len(values) == 2 for _, values in written)
    assert [name for name, _ in scheme.apply({name: [] for name in COLUMNS}, "film.mp4")] == names


def test_nothing_that_was_measured_is_lost(scheme: ColumnScheme) -> None:
    written = [values for _, values in scheme.apply(COLUMNS, "film.mp4")]
    assert all(values in written for name, values in COLUMNS.items() if name != "frame")
    assert COLUMNS["frame"] == [0, 1]  # what is given is not changed


@pytest.mark.parametrize("scheme", COLUMN_SCHEMES.values(), ids=COLUMN_SCHEMES.keys())
def test_classes_whose_set_could_not_be_read_back_are_refused(scheme: ColumnScheme) -> None:
    scheme.check_classes(EXPRESSIONS)
    for name in ("this or that", "this or"):
        with pytest.raises(MienError, match=f"as '{name}' does"):
            scheme.check_classes((name, "b"))


def test_a_class_that_a_scheme_would_name_like_another_column_is_refused() -> None:
    for name in ("label", "input"):
        COLUMN_SCHEMES["mien"].check_classes((name, "b"))
        with pytest.raises(MienError, match=f"another '{name}' among Py-Feat's columns"):
            COLUMN_SCHEMES["fex"].check_classes((name, "b"))


def test_what_other_tools_look_for() -> None:
    fex = dict(COLUMN_SCHEMES["fex"].apply(COLUMNS, "film.mp4"))
    assert set(EXPRESSIONS) | {"frame", "FaceRectX", "FaceRectHeight", "FaceScore", "approx_time"} <= set(fex)
    assert fex["input"] == ["film.mp4", "film.mp4"]
    openface = dict(COLUMN_SCHEMES["openface"].apply(COLUMNS, "film.mp4"))
    assert {"face_id", "timestamp", "confidence"} <= set(openface)
    assert (openface["frame"], openface["success"]) == ([1, 2], [1, 0])
