"""Many files: what one of them does to the others, and to what lies beside them."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import write_demo

from mien.analysis import cluster
from mien.analysis.batch import analyse_all
from mien.analysis.inputs import Job, jobs
from mien.analysis.options import AnalysisOptions
from mien.analysis.queue import AnalysisQueue, ItemState
from mien.analysis.setup import LastRecognizer
from mien.errors import MienError
from mien.session.folder import EDITS


def test_replacing_a_session_leaves_everything_else(model_path: str, tmp_path: Path) -> None:
    folder = tmp_path / "trip"
    folder.mkdir()
    write_demo(folder / "trip.mp4", 5)  # whose session is the folder that it lies in
    (folder / "notes.txt").write_text("mine")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    write_demo(tmp_path / "other.mp4", 5)
    work = jobs([folder / "trip.mp4", tmp_path / "other.mp4"], tmp_path)
    options = AnalysisOptions(model=model_path)
    for _ in range(2):
        outcomes = list(analyse_all(work, options, replace=True))
        assert [outcome.error for outcome in outcomes] == ["", ""]
        assert not any(outcome.was_there for outcome in outcomes)
    assert (folder / "trip.mp4").stat().st_size
    assert (folder / "notes.txt").read_text() == (tmp_path / "other" / "mine.txt").read_text() == "mine"


def test_a_session_stays_where_what_would_replace_it_cannot_be_made(model_path: str, tmp_path: Path) -> None:
    write_demo(tmp_path / "a.mp4", 5)
    work, options = jobs([tmp_path / "a.mp4"], tmp_path / "out"), AnalysisOptions(model=model_path)
    (done,) = analyse_all(work, options)
    assert not done.error
    (done.job.session / EDITS).write_text("{}")
    before = {path.name: path.stat().st_mtime_ns for path in done.job.session.iterdir() if path.is_file()}
    with pytest.raises(MienError, match="nothing"):
        list(analyse_all(work, AnalysisOptions(model="nothing"), replace=True))
    (tmp_path / "a.mp4").write_bytes(b"no video any more")
    (outcome,) = analyse_all(work, options, replace=True)
    assert "a.mp4" in outcome.error
    assert cluster._fetched(work[0], cluster._Done({}, "lost"), replace=True).error == "lost"
    assert "out" in cluster._fetched(work[0], cluster._Done({"../x": b""}), replace=True).error
    backlog = AnalysisQueue()
    try:
        for state in (ItemState.TAKEN, ItemState.FAILED):
            if state is ItemState.TAKEN:
                backlog.add(work, replace(options, smoothing_s=0.5))
            else:
                backlog.replace(backlog.items[0])
            deadline = time.monotonic() + 90
            while backlog.items[0].goes_on:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            assert backlog.items[0].state is state
    finally:
        backlog.stop()
        backlog.join()
    assert {path.name: path.stat().st_mtime_ns for path in done.job.session.iterdir() if path.is_file()} == before


def test_after_a_model_that_cannot_be_loaded_the_one_before_is_loaded_again(model_path: str, tmp_path: Path) -> None:
    write_demo(tmp_path / "a.mp4", 5)
    good, bad = AnalysisOptions(model=model_path), AnalysisOptions(model="nothing")
    backlog = AnalysisQueue()
    try:
        for name, options in (("first", good), ("second", bad), ("third", good)):
            backlog.add([Job(tmp_path / "a.mp4", tmp_path / name)], options)
        deadline = time.monotonic() + 90
        while any(item.goes_on for item in backlog.items):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        states = [item.state for item in backlog.items]
        assert states == [ItemState.DONE, ItemState.FAILED, ItemState.DONE]
        assert (tmp_path / "third" / "faces.csv").read_bytes() == (tmp_path / "first" / "faces.csv").read_bytes()
        backlog.add([backlog.items[0].job], replace(good, smoothing_s=0.5))  # not silently left as it is
        while backlog.items[0].goes_on:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert "with other options" in backlog.items[0].error
    finally:
        backlog.stop()
        backlog.join()


def test_the_last_recogniser_stays_loaded_as_long_as_the_options_are_the_same(model_path: str) -> None:
    options = AnalysisOptions(model=model_path)
    with LastRecognizer() as last:
        with last.lend(options) as first:
            pass
        with last.lend(options) as again:
            assert again is first
        with pytest.raises(MienError, match="No model"), last.lend(AnalysisOptions(model="nobody")):
            pass
        with last.lend(options) as anew:
            assert anew is not first
