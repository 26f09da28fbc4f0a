"""ELAN's and Praat's files, read by pympi."""

from pathlib import Path

from pympi import Eaf, TextGrid
from tests.core.session.made_sessions import made

from mien.session.export.annotations import ELAN, PRAAT
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
