"""Ranges that begin or end while a frame lasts."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.core.session.made_sessions import made

from mien.session.edits import TimeSpan
from mien.session.export import plot
from mien.session.export.base import ExportOptions
from mien.session.export.plot import PLOT
from mien.session.intervals import intervals
from mien.session.session import Session
from mien.session.summary import summarise


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Four frames of 0.25 s; the second person is there in the second one alone."""
    return made(tmp_path / "s", "nnhh", ".=..")


def test_a_frame_counts_for_as_long_as_it_lasts_in_the_range(session: Session) -> None:
    found = summarise(session, 1, 0.3, 0.6)
    assert found.seen_s == pytest.approx(0.3)  # it was 0.25: a whole frame, and nothing of the one before
    assert found.shares == pytest.approx([2 / 3, 1 / 3, 0])
    assert found.means == pytest.approx([(2 * 0.8 + 0.1) / 3, (2 * 0.1 + 0.8) / 3, 0.1])
    assert found.changes == 1
    assert summarise(session, 1, 0.5, 0.51).seen_s == pytest.approx(0.01)  # it was 0.25
    assert summarise(session, 1, 0.3, 0.4).seen_s == pytest.approx(0.1)  # it was 0
    assert summarise(session, 1, 1.0, 9.0).seen_s == 0


def test_ranges_one_after_another_add_up(session: Session) -> None:
    ends = np.linspace(-0.3, 1.3, 24)
    for person, seen_s in ((1, 1.0), (2, 0.25)):
        parts = [summarise(session, person, *pair) for pair in pairwise(ends)]
        assert sum(part.seen_s for part in parts) == pytest.approx(seen_s)
        whole = summarise(session, person, -0.3, 1.3)
        assert sum(part.seen_s * part.shares for part in parts) == pytest.approx(seen_s * whole.shares)


def test_intervals_are_cut_off_where_the_range_begins_and_ends(session: Session) -> None:
    found = intervals(session, 1, TimeSpan(0.3, 0.6))
    assert [(one.label, one.start_s, one.end_s) for one in found] == [
        ("neutral", 0.3, 0.5),
        ("happiness", 0.5, pytest.approx(0.6)),
    ]
    assert sum(one.duration_s for one in found) == pytest.approx(summarise(session, 1, 0.3, 0.6).seen_s)


def test_a_frame_that_ends_where_the_range_begins_is_not_in_it(session: Session) -> None:
    session.frame_times = session.frame_times + 0.1  # 0.1 + 0.25 + 0.25 is more than 0.6
    start_s = float(session.frame_times[2])
    assert [one.label for one in intervals(session, 1, TimeSpan(start_s, 2.0))] == ["happiness"]
    assert summarise(session, 1, start_s, 2.0).changes == 0


def test_who_is_shown_in_the_range_is_in_the_plot(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plot, "_DPI", 20)
    counts = [
        PLOT.export(session, tmp_path / "a.png", ExportOptions(TimeSpan(*span)))
        for span in ((0.3, 0.4), (0.5, 0.9), (0.0, 0.25))
    ]
    assert counts == [2, 1, 1]
