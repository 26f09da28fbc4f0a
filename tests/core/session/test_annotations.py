"""ELAN's and Praat's files, read by pympi."""

from dataclasses import replace
from pathlib import Path

import pytest
from pympi import Eaf, TextGrid
from tests.core.session.made_sessions import made

from mien.session.edits import TimeSpan
from mien.session.export.annotations import ELAN, PRAAT
from mien.session.export.base import ExportOptions
from mien.session.session import Session


def session_with_names(folder: Path) -> Session:
    session = made(folder, "nn.h", "==..", "...n")
    edits = session.edits.named(1, 'Ann "<&>"').named(2, 'Ann "<&>"').marked(0.3, "bell").marked(0.9)
    session.keep(edits.named(3, "markers"))
    return session


def test_elan_has_a_tier_for_each_person_and_one_for_markers(tmp_path: Path) -> None:
    ELAN.export(session_with_names(tmp_path / "s"), tmp_path / "a.eaf")
    read = Eaf(str(tmp_path / "a.eaf"))
    assert list(read.get_tier_names()) == ['Ann "<&>"', 'Ann "<&>" (2)', "markers (3)", "markers"]
    assert read.get_annotation_data_for_tier('Ann "<&>"') == [(0, 500, "neutral"), (750, 1000, "happiness")]
    assert read.get_annotation_data_for_tier('Ann "<&>" (2)') == [(0, 500, "=sum")]
    assert read.get_annotation_data_for_tier("markers") == [(300, 340, "bell"), (900, 940, "marker")]


def test_praat_has_whole_tiers_and_points(tmp_path: Path) -> None:
    PRAAT.export(session_with_names(tmp_path / "s"), tmp_path / "a.TextGrid")
    read = TextGrid(str(tmp_path / "a.TextGrid"))
    tiers = {tier.name: tier for tier in read.get_tiers()}
    assert (read.xmin, read.xmax) == (0, 1)
    own = next(iter(tiers.values()))
    assert list(own.get_all_intervals()) == [
        (0.0, 0.5, "neutral"),
        (0.5, 0.75, ""),
        (0.75, 1.0, "happiness"),
    ]
    assert list(tiers["markers"].get_all_intervals()) == [(0.3, "bell"), (0.9, "marker")]


def test_markers_beside_one_another_do_not_overlap_in_elan(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nn")
    session.keep(session.edits.marked(0.1, "a").marked(0.100001, "b").marked(0.12, "c").marked(0.3, "d"))
    assert ELAN.export(session, tmp_path / "a.eaf") == 5
    read = Eaf(str(tmp_path / "a.eaf")).get_annotation_data_for_tier("markers")
    assert read == [(100, 101, "a"), (101, 120, "b"), (120, 160, "c"), (300, 340, "d")]


def test_a_marker_outside_the_recognised_frames_is_kept_in_a_whole_session(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nn")
    session.keep(session.edits.marked(1.5, "end").marked(-1.0, "hand-made"))
    ELAN.export(session, tmp_path / "a.eaf")
    assert Eaf(str(tmp_path / "a.eaf")).get_annotation_data_for_tier("markers") == [(1500, 1540, "end")]
    PRAAT.export(session, tmp_path / "a.TextGrid")
    grid = TextGrid(str(tmp_path / "a.TextGrid"))
    people, markers = grid.get_tiers()
    assert (grid.xmin, grid.xmax) == (0, 1.5)
    assert list(people.get_all_intervals()) == [(0.0, 0.5, "neutral"), (0.5, 1.5, "")]
    assert list(markers.get_all_intervals()) == [(1.5, "end")]
    PRAAT.export(session, tmp_path / "b.TextGrid", ExportOptions(TimeSpan(0.0, 0.5)))
    assert TextGrid(str(tmp_path / "b.TextGrid")).xmax == 0.5


@pytest.mark.parametrize("name", ["a b.mp4", "J\u00f6rg #1 100%25.mp4", "tab\t.mp4"])
def test_elan_finds_a_video_whatever_its_name(tmp_path: Path, name: str) -> None:
    try:
        (tmp_path / name).touch()
    except OSError:
        pytest.skip("no file has such a name here")
    session = made(tmp_path / "s", "n")
    session.manifest = replace(session.manifest, input=replace(session.manifest.input, path=str(tmp_path / name)))
    ELAN.export(session, tmp_path / "a.eaf")
    (linked,) = Eaf(str(tmp_path / "a.eaf")).media_descriptors
    if "\t" in name:  # which no XML file can hold
        assert linked["MEDIA_URL"] == (tmp_path / name).resolve().as_uri()
    else:  # ELAN takes what follows file:// for a path, as it stands
        assert Path(linked["MEDIA_URL"].removeprefix("file://")).samefile(tmp_path / name)


def test_what_is_before_zero_in_a_video_is_left_out(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nnhh", "=...")
    session.frame_times = session.frame_times - 0.625  # as in Matroska: from -0.625 to 0.375
    session.rows = replace(session.rows, time_s=session.frame_times[session.rows.frame])
    ELAN.export(session, tmp_path / "a.eaf")
    read = Eaf(str(tmp_path / "a.eaf"))
    assert read.get_annotation_data_for_tier("Person 1") == [(0, 375, "happiness")]
    assert read.get_annotation_data_for_tier("Person 2") == []
    PRAAT.export(session, tmp_path / "a.TextGrid")
    first, second, _ = TextGrid(str(tmp_path / "a.TextGrid")).get_tiers()
    assert list(first.get_all_intervals()) == [(0.0, 0.375, "happiness")]
    assert list(second.get_all_intervals()) == [(0.0, 0.375, "")]


def test_what_a_range_leaves_of_a_frame_has_a_length_in_elan(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nhnn")
    ELAN.export(session, tmp_path / "a.eaf", ExportOptions(TimeSpan(0.2497, 0.5003)))
    assert Eaf(str(tmp_path / "a.eaf")).get_annotation_data_for_tier("Person 1") == [(250, 500, "happiness")]
