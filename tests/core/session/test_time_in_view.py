"""How long somebody was in view, and showed what."""

import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.core.session.made_sessions import made

from mien.session.edits import TimeSpan
from mien.session.export.base import ExportOptions
from mien.session.export.samples import SAMPLES
from mien.session.frame_durations import frame_durations
from mien.session.intervals import intervals
from mien.session.session import Session
from mien.session.summary import next_change, next_unsure, summarise
from mien.session.timeline import Timeline


def paused(session: Session, place: int, pause_s: float) -> Session:
    """The session with all frames from one on later, as if its recording had been paused before it."""
    session.frame_times = session.frame_times + np.where(np.arange(len(session.frame_times)) >= place, pause_s, 0)
    session.rows = replace(session.rows, time_s=session.frame_times[session.rows.frame])
    return session


def test_two_tracks_of_one_person_in_a_frame_count_once(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nnhh", "hnnh")
    rows, order = session.rows, [1, 0, 2, 3, 5, 4, 6, 7]  # the faces of a frame come in any order
    session.rows = replace(
        rows, person=rows.person[order], track=rows.track[order], probabilities=rows.probabilities[order]
    )
    session.keep(session.edits.merged(2, 1))
    found = summarise(session, 1, -1, 9)
    assert found.seen_s == pytest.approx(1.0)
    assert found.changes == 1
    assert found.shares == pytest.approx([0.5, 0.5, 0])
    assert found.seen_s == pytest.approx(sum(one.duration_s for one in intervals(session, 1, TimeSpan(-1, 9))))
    assert [next_change(session, 1, place) for place in (0, 2)] == [2, None]
    session.rows = replace(session.rows, sure=session.rows.track == 1)
    assert next_unsure(session, 1, -1) is None
    assert summarise(session, 1, -1, 9).unsure == 0
    first = session.rows.probabilities[session.rows.track == 1]
    shown = [session.prediction(place, 1) for place in range(4)]
    assert [one.probabilities.tolist() for one in shown if one is not None] == first.tolist()
    assert session.prediction(0, 2) is None
    assert Timeline(session, 1).bins(0.0, 1.0, 4)[0] == pytest.approx(first)


def test_a_frame_lasts_until_the_next_one_but_not_through_a_pause() -> None:
    assert frame_durations(np.array([3.0])).tolist() == [1]
    assert frame_durations(np.array([1.0, 1.5, 3.0, 3.5])) == pytest.approx([0.5, 1.5, 0.5, 0.5])
    assert frame_durations(np.array([1.0, 1.5, 2.0, 62.0, 62.5])) == pytest.approx([0.5] * 5)
    assert frame_durations(np.arange(0.0, 10.0, 2.0)) == pytest.approx([2] * 5)  # one picture in two seconds


def test_nobody_is_in_view_while_a_recording_is_paused(tmp_path: Path) -> None:
    session = paused(made(tmp_path / "s", "nnhhhn"), 3, 60.0)
    found = summarise(session, 1, -1, 99)
    assert found.seen_s == pytest.approx(1.5)
    assert found.shares == pytest.approx([0.5, 0.5, 0])
    span = TimeSpan(0.0, 61.5)
    each = [(one.label, one.start_s, one.end_s) for one in intervals(session, 1, span)]
    both = [("happiness", 0.5, 0.75), ("happiness", 60.75, 61.25)]
    assert each == [("neutral", 0.0, 0.5), *both, ("neutral", 61.25, 61.5)]
    mean, reliability = Timeline(session, 1).bins(0.0, 61.5, 615)
    seen = ~np.isnan(reliability)
    assert seen[:7].all()
    assert not seen[8:607].any()
    assert seen[608:].all()
    assert (np.isnan(mean).all(1) == ~seen).all()
    moments = (-0.1, 0.0, 0.74, 0.76, 60.7, 60.75, 61.49, 61.5)
    assert [session.shown_at(time_s) for time_s in moments] == [None, 0, 2, None, None, 3, 5, None]


def test_the_samples_of_a_pause_are_empty(tmp_path: Path) -> None:
    session = paused(made(tmp_path / "s", "nnhh"), 2, 2.0)
    SAMPLES.export(session, tmp_path / "s.tsv.gz", ExportOptions(TimeSpan(0.0, 4.0), rate=2))
    lines = gzip.decompress((tmp_path / "s.tsv.gz").read_bytes()).decode().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["0.8", *["n/a"] * 4, "0.1", "n/a", "n/a"]
