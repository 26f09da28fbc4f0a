"""What every column scheme promises."""

import pytest

from mien.errors import MienError
from mien.expressions import EXPRESSIONS
from mien.session.columns import Value, columns
from mien.session.schemes.base import ColumnScheme, Origin
from mien.session.schemes.registry import COLUMN_SCHEMES

COLUMNS: dict[str, list[Value]] = {
    column.name: [f"{column.name} {row}" if column.kind == "text" else row for row in (0, 1)]
    for column in columns(EXPRESSIONS, pose=True, landmarks=True)
}
COLUMNS["track"], COLUMNS["score"], COLUMNS["person"] = [5, None], [0.7, None], [1, None]
ORIGIN = Origin("/videos/film.mp4", 160, 120)


@pytest.fixture(params=COLUMN_SCHEMES)
def scheme(request: pytest.FixtureRequest) -> ColumnScheme:
    return COLUMN_SCHEMES[request.param]


def test_it_is_known_by_its_name(scheme: ColumnScheme) -> None:
    assert COLUMN_SCHEMES[scheme.name] is scheme
    assert scheme.tool


def test_its_columns_have_names_of_their_own_and_all_rows(scheme: ColumnScheme) -> None:
    written = list(scheme.apply(COLUMNS, ORIGIN))
    names = [name for name, _ in written]
    assert len(set(names)) == len(names)
    assert all(len(values) == 2 for _, values in written)
    assert [name for name, _ in scheme.apply({name: [] for name in COLUMNS}, ORIGIN)] == names


def test_nothing_that_was_measured_is_lost(scheme: ColumnScheme) -> None:
    written = [values for _, values in scheme.apply(COLUMNS, ORIGIN)]
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


def with_pose(**cells: list[Value]) -> dict[str, list[Value]]:
    return {**COLUMNS, "pose_yaw": [90.0, None], "pose_pitch": [-45.0, None], "pose_roll": [10.0, None], **cells}


def test_what_py_feat_looks_for() -> None:
    fex = dict(COLUMN_SCHEMES["fex"].apply(with_pose(time_s=[61.96, 62.0]), ORIGIN))
    assert set(EXPRESSIONS) | {"frame", "FaceRectX", "FaceRectHeight", "FaceScore", "x_0", "y_67"} <= set(fex)
    assert fex["approx_time"] == ["01:01", "01:02"]
    assert fex["Identity"] == ["Person_0", None]
    assert (fex["FrameHeight"], fex["FrameWidth"]) == ([120] * 2, [160] * 2)
    assert fex["input"] == ["/videos/film.mp4"] * 2
    turned = [fex[name][0] for name in ("Pitch", "Roll", "Yaw")]  # up, and to the person's own right
    assert turned == pytest.approx([0.7854, -0.1745, 1.5708], abs=1e-3)
    assert fex["Yaw"][1] is None
    assert [fex["X"], fex["Z"], fex["x_0"], fex["y_67"]] == [[0, 1]] * 4


def test_what_openface_has() -> None:
    apply = COLUMN_SCHEMES["openface"].apply
    names = [name for name, _ in apply(COLUMNS, ORIGIN)]
    assert names[:11] == ["frame", "face_id", "timestamp", "confidence", "success"] + [
        f"pose_{kind}{axis}" for kind in "TR" for axis in "xyz"
    ]
    assert names[11:13] + names[146:148] == ["x_0", "x_1", "y_67", "person"]
    assert len(set(names)) == len(names)
    values = dict(apply(with_pose(why=["ambiguous", None]), ORIGIN))
    assert (values["frame"], values["face_id"], values["success"]) == ([1, 2], [1, 0], [1, 0])
    assert values["confidence"] == [0.985, 0.0]
    assert values["x_67"] == [0, 1]
    assert [values[f"pose_R{axis}"][0] for axis in "xyz"] == pytest.approx([-0.7854, 1.5708, 0.1745], abs=1e-3)
    poor = dict(apply(with_pose(why=["blurred|ambiguous", None]), ORIGIN))
    assert poor["confidence"] == [0.63, 0.0]


def test_tables_without_a_pose_have_its_columns_empty() -> None:
    own = {column.name: COLUMNS[column.name] for column in columns(EXPRESSIONS)}
    wanted = {"fex": ("Yaw", "Z", "x_0", "y_67"), "openface": ("pose_Tz", "pose_Rx", "x_0", "y_67")}
    for name, column in ((name, column) for name, own in wanted.items() for column in own):
        assert dict(COLUMN_SCHEMES[name].apply(own, ORIGIN))[column] == [None, None]
