"""What every exporter promises, and what some do beyond that."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from tests.core.video.test_video import listed

from mien.errors import MienError
from mien.session.edits import TimeSpan
from mien.session.export.base import Exporter, ExportOptions
from mien.session.export.registry import EXPORTERS
from mien.session.session import Session

SECOND = ExportOptions(TimeSpan(1.0, 2.0))


@pytest.fixture(params=EXPORTERS)
def exporter(request: pytest.FixtureRequest) -> Exporter:
    return EXPORTERS[request.param]


def test_it_is_known_by_its_name(exporter: Exporter) -> None:
    assert EXPORTERS[exporter.name] is exporter


def test_it_writes_a_span_as_each_of_its_kinds_of_file_and_nothing_else(
    exporter: Exporter, copy: Session, tmp_path: Path
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    made = {tmp_path / f"new{suffix}" for suffix in exporter.suffixes}
    assert made
    for path in list(made):
        assert exporter.export(copy, path, SECOND) > 0
        assert path.stat().st_size > 100
        made |= set(exporter.beside(path))
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before | made


def test_another_ending_is_refused_and_nothing_is_written(exporter: Exporter, copy: Session, tmp_path: Path) -> None:
    for name in ("o.doc", "observations", "o.json"):
        with pytest.raises(MienError, match=f"{name}: .*{exporter.suffixes[0]}"):
            exporter.export(copy, tmp_path / name, SECOND)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]


def test_without_a_span_it_takes_the_whole_session(exporter: Exporter, copy: Session, tmp_path: Path) -> None:
    times = copy.frame_times
    assert ExportOptions().span_of(copy).start_s == times[0]
    assert ExportOptions().span_of(copy).end_s > times[-1]
    whole = exporter.export(copy, tmp_path / f"whole{exporter.suffixes[0]}")
    assert whole >= exporter.export(copy, tmp_path / f"part{exporter.suffixes[0]}", SECOND) > 0


def test_a_folder_that_is_not_there_yet_is_made(exporter: Exporter, copy: Session, tmp_path: Path) -> None:
    path = tmp_path / "tables" / "of today" / f"new{exporter.suffixes[0]}"
    assert exporter.export(copy, path, ExportOptions(TimeSpan(1.0, 1.2))) > 0
    assert path.is_file()


def test_a_file_that_cannot_be_written_is_one_line_for_a_person(
    exporter: Exporter, copy: Session, tmp_path: Path
) -> None:
    inside_a_file = copy.folder / "faces.csv" / f"new{exporter.suffixes[0]}"
    with pytest.raises(MienError, match="cannot be written"):
        exporter.export(copy, inside_a_file, SECOND)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]


def test_rows_carry_names_and_harm_no_spreadsheet(copy: Session, tmp_path: Path) -> None:
    person = copy.people()[0]
    copy.keep(copy.edits.named(person, "=HYPERLINK(1)"))
    written = EXPORTERS["rows"].export(copy, tmp_path / "rows.csv", SECOND)
    with (tmp_path / "rows.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == written
    assert {row["name"] for row in rows if row["person"] == str(person)} == {"'=HYPERLINK(1)"}
    inside = copy.frame_times[(copy.frame_times >= 1.0) & (copy.frame_times < 2.0)]
    assert sorted({float(row["time_s"]) for row in rows}) == pytest.approx(inside.tolist())


def test_a_plot_is_a_picture(copy: Session, tmp_path: Path) -> None:
    assert EXPORTERS["plot"].export(copy, tmp_path / "plot.png") == len(copy.people())


def test_a_video_begins_with_its_span_and_ends_before_its_end(copy: Session, tmp_path: Path) -> None:
    inside = copy.frame_times[(copy.frame_times >= 1.0) & (copy.frame_times < 2.0)]
    assert EXPORTERS["video"].export(copy, tmp_path / "new.mp4", SECOND) == len(inside)
    assert listed(tmp_path / "new.mp4") == pytest.approx(inside - 1.0, abs=1e-3)


def test_a_video_that_is_stopped_leaves_nothing(copy: Session, tmp_path: Path) -> None:
    asked = iter(range(100))
    options = ExportOptions(should_stop=lambda: next(asked) == 5)
    assert EXPORTERS["video"].export(copy, tmp_path / "new.mp4", options) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]
    with pytest.raises(MienError, match="no frame between"):
        EXPORTERS["video"].export(copy, tmp_path / "new.mp4", ExportOptions(TimeSpan(1e6, 1e7)))


def test_a_video_that_is_gone_is_said(copy: Session, tmp_path: Path) -> None:
    gone = replace(copy.manifest.input, path=str(tmp_path / "gone.mp4"))
    copy.manifest = replace(copy.manifest, input=gone)
    assert copy.video is None
    with pytest.raises(MienError, match="is gone"):
        EXPORTERS["video"].export(copy, tmp_path / "x.mp4")
