from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest
from tests.core.session.table_frames import CLASSES, frames, manifest

from mien.errors import MienError
from mien.expressions import EXPRESSIONS
from mien.session.columns import columns, expressions, journal_columns, rows
from mien.session.export.codebook import CODEBOOK
from mien.session.finalize import finish
from mien.session.folder import PARQUET
from mien.session.gallery import Gallery
from mien.session.journal import Journal
from mien.session.rows import NOBODY, Table, read_keypoints, read_table
from mien.session.schemes.registry import COLUMN_SCHEMES
from mien.session.session import Session
from mien.types import HeadPose

TABLES = Path(__file__).parents[2] / "data" / "tables"


def write(folder: Path, scheme: str = "mien") -> bytes:
    """A session of the frames made by hand; its journal's rows."""
    with Journal(folder, [column.name for column in journal_columns(CLASSES)]) as journal:
        gallery = Gallery(journal.folder)
        for frame, recognition in frames():
            journal.append(rows(frame, recognition, CLASSES))
            for prediction in recognition.predictions:
                gallery.watch(frame.image, prediction, frame.time_s)
        journal.commit()
        finish(folder, journal.rows_path, gallery, manifest(), COLUMN_SCHEMES[scheme])
        return journal.rows_path.read_bytes()


@pytest.mark.parametrize("scheme", ["mien", "fex", "openface"])
def test_the_tables_are_those_of_earlier_versions_byte_for_byte(scheme: str, tmp_path: Path) -> None:
    assert write(tmp_path, scheme) == (TABLES / "journal.csv").read_bytes()
    assert (tmp_path / "faces.csv").read_bytes() == (TABLES / f"{scheme}.csv").read_bytes()


def check(table: Table) -> None:
    """What every table of the frames made by hand says, with or without later columns."""
    assert table.frame_numbers.tolist() == [0, 1, 3, 4]
    assert table.frame_times.tolist() == [0.0, 0.333333, 0.666667, 1.0]
    read = table.rows
    assert read.frame.tolist() == [0, 2, 2, 3]
    assert read.track.tolist() == [1, 1, 2, 7]
    assert read.person.tolist() == [1, 1, 2, NOBODY]
    assert read.box[0].tolist() == [10.5, 20.25, 40.0, 44.13]
    assert read.probabilities[1].tolist() == pytest.approx([0.2, 0.45, 0.35])
    assert read.reliability.tolist() == [0.93, 0.45, 0.66667, 1.0]
    assert read.sure.tolist() == [True, False, False, True]


def test_a_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path)
    table = read_table(tmp_path / PARQUET, CLASSES)
    check(table)
    assert table.rows.expressions == ((0,), (1, 2), (), (1,))
    assert table.rows.unsure == ((), ("small", "ambiguous"), ("blurred", "turned", "unlike"), ())
    assert read_keypoints(tmp_path / PARQUET, 3, 2)[0].tolist() == pytest.approx([-3.0, 5.45])
    with pytest.raises(MienError, match="no such face in frame 1"):
        read_keypoints(tmp_path / PARQUET, 1, 1)


def test_a_pose_that_was_measured_is_written_and_read_back(tmp_path: Path) -> None:
    pose = HeadPose(-12.345, 3.0, 4.0, (-20.0, 5.0, 612.34), 0.31, 0.29, 0.02, True, np.zeros((468, 3), np.float32))
    names = [column.name for column in journal_columns(CLASSES, pose=True)]
    with Journal(tmp_path, names) as journal:
        for frame, recognition in frames():
            seen = [replace(one, pose=pose if one.track_id == 1 else None) for one in recognition.predictions]
            journal.append(rows(frame, replace(recognition, predictions=tuple(seen)), CLASSES, pose=True))
        journal.commit()
        made = replace(manifest(), persons=())
        finish(tmp_path, journal.rows_path, Gallery(journal.folder), made, COLUMN_SCHEMES["mien"])
    head, first, nobody, *_ = (tmp_path / "faces.csv").read_text().splitlines()
    assert head.endswith(
        ",flags,pose_yaw,pose_pitch,pose_roll,pose_x_mm,pose_y_mm,pose_z_mm,"
        "eye_left_open,eye_right_open,mouth_open,blink"
    )
    assert first.endswith(",-12.35,3.0,4.0,-20.0,5.0,612.3,0.31,0.29,0.02,1")
    assert nobody.endswith(",no_face,,,,,,,,,,")
    read = read_table(tmp_path / PARQUET, CLASSES).rows
    assert read.pose[0].tolist() == [-12.35, 3.0, 4.0, -20.0, 5.0, 612.3, 0.31, 0.29, 0.02]
    assert read.blink.tolist() == [True, True, False, False]
    assert np.isnan(read.pose[2:]).all()  # the others have none


def test_68_landmarks_of_a_pose_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    mesh = np.arange(468 * 3, dtype=np.float32).reshape(468, 3) / 3
    pose = HeadPose(0.0, 0.0, 0.0, (0.0, 0.0, 600.0), 0.3, 0.3, 0.0, False, mesh)
    own = {"pose": True, "landmarks": True}
    with Journal(tmp_path, [column.name for column in journal_columns(CLASSES, **own)]) as journal:
        for frame, recognition in frames():
            seen = [replace(one, pose=pose if one.track_id == 1 else None) for one in recognition.predictions]
            journal.append(rows(frame, replace(recognition, predictions=tuple(seen)), CLASSES, **own))
        journal.commit()
        made = replace(manifest(), persons=(), options={**manifest().options, "landmarks": True})
        finish(tmp_path, journal.rows_path, Gallery(journal.folder), made, COLUMN_SCHEMES["openface"])
    for path in (tmp_path / PARQUET, tmp_path / "faces.openface.parquet"):
        table = pyarrow.parquet.read_table(path).to_pydict()
        assert table["x_30"][0] == pytest.approx(4.0)  # the tip of the nose
        assert table["y_8"][0] == pytest.approx(152.33)  # the chin
        assert [value is None for value in table["x_30"]] == [False, True, False, True, True]
    session = Session(tmp_path)
    CODEBOOK.export(session, tmp_path / "codebook.csv")
    assert "rows,y_67,number,px" in (tmp_path / "codebook.csv").read_text()
    assert session.read_table()[0]["x_30"].values[0] == pytest.approx(4.0)


def test_a_table_that_lacks_later_columns_is_read_with_their_defaults(tmp_path: Path) -> None:
    write(tmp_path)
    path = tmp_path / PARQUET
    whole = pyarrow.parquet.read_table(path)
    later = [column.name for column in columns(CLASSES) if column.default is not None]
    assert later == ["expressions", "why"]
    pyarrow.parquet.write_table(whole.drop_columns(later), path)
    table = read_table(path, CLASSES)
    check(table)
    assert table.rows.expressions == table.rows.unsure == ((),) * 4
    pyarrow.parquet.write_table(whole.drop_columns(["score"]), path)
    with pytest.raises(MienError, match="cannot be read"):
        read_table(path, CLASSES)


def test_a_table_without_any_face_is_read(tmp_path: Path) -> None:
    write(tmp_path)
    path = tmp_path / PARQUET
    table = pyarrow.parquet.read_table(path)
    pyarrow.parquet.write_table(table.filter(table.column("track").is_null()), path)
    read = read_table(path, CLASSES)
    assert read.frame_numbers.tolist() == [1]
    assert read.rows.box.shape == (0, 4)
    assert read.rows.expressions == ()


def test_each_column_has_a_name_of_its_own_and_a_meaning() -> None:
    whole = columns(EXPRESSIONS, pose=True, landmarks=True)
    assert len({column.name for column in whole}) == len(whole)
    assert all(column.meaning for column in whole)
    own = [column.name for column in whole if column.name != "person"]
    assert [column.name for column in journal_columns(EXPRESSIONS, pose=True)] == own[: own.index("x_0")]
    assert [column.name for column in journal_columns(EXPRESSIONS)] == own[: own.index("pose_yaw")]


def test_a_class_that_the_model_no_longer_has_is_left_out_of_the_set() -> None:
    assert expressions(("a", "b")).parse("b or gone or a") == (1, 0)
