"""When an expression begins and how long it lasts, a study's figures, and the codebook."""

from pathlib import Path

import pandas
import pyarrow.parquet
import pytest
from tests.core.session.made_sessions import CLASSES, made

from mien.cli.main import main
from mien.session.columns import columns
from mien.session.edits import TimeSpan
from mien.session.export.base import ExportOptions
from mien.session.export.codebook import CODEBOOK
from mien.session.export.intervals import INTERVALS
from mien.session.export.summary_table import SUMMARY
from mien.session.export.tables import ROWS
from mien.session.intervals import intervals

WHOLE = TimeSpan(0.0, 100.0)


def test_frames_alike_are_one_interval_until_the_face_changes_or_is_gone(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nnh.hh", "...=..")
    found = intervals(session, 1, WHOLE)
    assert [(one.label, one.start_s, one.end_s) for one in found] == [
        ("neutral", 0.0, 0.5),
        ("happiness", 0.5, 0.75),
        ("happiness", 1.0, 1.5),
    ]
    assert [one.probability for one in found] == pytest.approx([0.8] * 3)
    assert [one.duration_s for one in intervals(session, 1, WHOLE, 0.5)] == [0.5, 0.5]
    inside = intervals(session, 1, TimeSpan(0.25, 1.1))
    assert [(one.start_s, one.end_s) for one in inside] == [(0.25, 0.5), (0.5, 0.75), (1.0, 1.1)]
    assert intervals(session, 9, WHOLE) == []


def test_two_who_became_one_person_have_one_expression_at_a_time(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nn", "hh")
    session.keep(session.edits.merged(2, 1))
    assert [one.label for one in intervals(session, 1, WHOLE)] == ["neutral"]


def test_events_are_in_order_with_markers_between(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nnhh", "..==")
    session.keep(session.edits.named(2, "Bo").marked(0.3, "bell"))
    assert INTERVALS.export(session, tmp_path / "a.tsv") == 4
    lines = (tmp_path / "a.tsv").read_text().splitlines()
    assert lines[0].split("\t")[:2] == ["onset", "duration"]
    assert [line.split("\t") for line in lines[1:3]] == [
        ["0.0", "0.5", "1", "Person 1", "neutral", "0.8", "0.8", "n/a"],
        ["0.3", "0.0", "n/a", "n/a", "n/a", "n/a", "n/a", "bell"],
    ]
    table = pandas.read_csv(tmp_path / "a.tsv", sep="\t")
    assert table["expression"].dropna().tolist() == ["neutral", "happiness", "'=sum"]
    assert INTERVALS.export(session, tmp_path / "b.tsv", ExportOptions(shortest_s=0.6)) == 1


def test_a_study_is_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(tmp_path / "a", "nnhh", "=...")
    made(tmp_path / "b", "pp", classes=("neutral", "pain"))
    folders = [str(tmp_path / name) for name in ("a", "gone", "b")]
    out = tmp_path / "study.csv"
    assert main(["export", *folders, "--summary", "--out", str(out), "--range", "0", "0.5", "--range", "0.5", "1"]) == 1
    assert "gone" in capsys.readouterr().err
    table = pandas.read_csv(out).set_index(["session", "person", "start_s"])
    assert len(table) == 6
    assert table.loc[("a", 1, 0.0), ["share_neutral", "mean_happiness", "seen_s"]].tolist() == [1.0, 0.1, 0.5]
    assert table.loc[("b", 1, 0.0), ["share_pain", "source"]].tolist() == [1.0, "/videos/film.mp4"]
    absent = table.loc[("a", 2, 0.5)]
    assert absent["seen_s"] == 0
    assert absent[["mean_neutral", "changes", "share_pain"]].isna().all()
    assert main(["export", folders[0], "--summary", "--out", str(out)]) == 0
    assert pandas.read_csv(out)["seen_s"].tolist() == [1.0, 0.25]
    assert main(["export", folders[1], "--summary", "--out", str(tmp_path / "no.csv")]) == 2
    assert not (tmp_path / "no.csv").exists()


def test_the_codebook_has_each_column_of_the_tables(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nnhh")
    session.keep(session.edits.with_baseline(1, 0.0, 1.0))
    CODEBOOK.export(session, tmp_path / "book.csv")
    ROWS.export(session, tmp_path / "rows.csv")
    book = pandas.read_csv(tmp_path / "book.csv")
    INTERVALS.export(session, tmp_path / "intervals.csv")
    SUMMARY.export(session, tmp_path / "summary.csv")
    for table in ("rows", "intervals", "summary"):
        written = pandas.read_csv(tmp_path / f"{table}.csv").columns.tolist()
        explained = book[book["table"] == table]["column"].tolist()
        assert [name for name in explained if name in written] == written
    assert book["meaning"].notna().all()
    CODEBOOK.export(session, tmp_path / "comma.csv", ExportOptions(decimal=","))
    pandas.testing.assert_frame_equal(pandas.read_csv(tmp_path / "comma.csv", sep=";"), book)


def test_markers_outside_the_recognised_frames_are_events_of_a_whole_session(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nn")
    session.keep(session.edits.marked(1.5, "end"))
    INTERVALS.export(session, tmp_path / "all.csv")
    assert pandas.read_csv(tmp_path / "all.csv")["marker"].dropna().tolist() == ["end"]
    INTERVALS.export(session, tmp_path / "part.csv", ExportOptions(TimeSpan(0.0, 0.5)))
    assert pandas.read_csv(tmp_path / "part.csv")["marker"].dropna().empty


def test_the_parquet_file_says_what_its_columns_mean(tmp_path: Path) -> None:
    made(tmp_path / "s", "n")
    schema = pyarrow.parquet.read_schema(tmp_path / "s" / "faces.parquet")
    for column in columns(CLASSES):
        own = schema.field(column.name).metadata
        assert own[b"meaning"].decode() == column.meaning
        assert own[b"unit"].decode() == column.unit


def test_what_was_measured_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(tmp_path / "s", "n")
    table = tmp_path / "s" / "faces.csv"
    before = table.read_bytes()
    assert main(["export", str(tmp_path / "s"), "--out", str(table)]) == 2
    assert "the session's own" in capsys.readouterr().err
    assert table.read_bytes() == before


def test_a_tools_names_are_in_a_parquet_file_too(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nh.", scheme="fex")
    table = pandas.read_parquet(tmp_path / "s" / "faces.fex.parquet")
    written = pandas.read_csv(tmp_path / "s" / "faces.csv")
    assert [name.lstrip("'") for name in written.columns] == table.columns.tolist()
    assert table["happiness"].tolist()[:2] == pytest.approx([0.1, 0.8])
    assert table["Identity"].tolist()[:2] == ["Person_0"] * 2
    assert table["input"].tolist() == ["/videos/film.mp4"] * 3
    assert table["x_0"].isna().all()
    assert table["frame"].dtype == "int64"
    assert session.people() == [1]
