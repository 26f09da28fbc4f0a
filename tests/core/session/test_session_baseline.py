import csv
import json
import math
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.core.session.made_sessions import made

from mien.errors import MienError
from mien.live.pipeline import LivePipeline
from mien.probabilities.baseline import baseline_of, change_from_baseline
from mien.recognition.recognizer import Recognizer
from mien.session.edits import Edits, TimeSpan, read_edits
from mien.session.export.base import ExportOptions
from mien.session.export.tables import ROWS
from mien.session.recorder import Recorder
from mien.session.session import Session
from mien.session.summary import summarise
from mien.types import Frame


def test_a_baseline_is_the_mean_and_changes_from_it_add_to_zero() -> None:
    rng = np.random.default_rng(0)
    probabilities = rng.dirichlet(np.ones(8), 50).astype(np.float32)
    baseline = baseline_of(probabilities, np.arange(50) * 0.1)
    assert baseline.probabilities == pytest.approx(probabilities.mean(0), abs=1e-6)
    assert (baseline.seconds, baseline.predictions) == (pytest.approx(5.0), 50)
    changes = change_from_baseline(probabilities, baseline)
    assert changes.shape == probabilities.shape
    assert changes.mean(0) == pytest.approx(0, abs=1e-6)
    assert changes.sum(1) == pytest.approx(0, abs=1e-5)
    assert change_from_baseline(probabilities[3], baseline) == pytest.approx(changes[3])
    assert change_from_baseline(np.eye(8)[0], baseline)[0] == pytest.approx(1 - baseline.probabilities[0])


@pytest.mark.parametrize(
    "times",
    [
        np.arange(29) * 0.1,  # 2.9 s
        np.arange(9) * 0.6,  # 9 predictions
        np.concatenate([np.arange(15) * 0.1, 4 + np.arange(10) * 0.1]),  # away in between
        np.empty(0),
    ],
)
def test_too_little_is_no_baseline(times: np.ndarray) -> None:  # type: ignore[type-arg]
    with pytest.raises(MienError, match="3 s in view and 10 predictions"):
        baseline_of(np.full((len(times), 8), 0.125, np.float32), times)


def test_the_last_frame_is_in_view_too() -> None:
    alike = np.full((75, 8), 0.125, np.float32)
    assert baseline_of(alike, 1.4 + np.arange(75) * 0.04).seconds == 3  # it was refused: "here there are 3.0 s"
    away = np.concatenate([np.arange(20) * 0.1, 9 + np.arange(20) * 0.1])
    assert baseline_of(alike[:40], away).seconds == pytest.approx(4.0)
    assert baseline_of(alike[:40], away, lasts_s=np.full(40, 0.04)).seconds == pytest.approx(2 * (1.9 + 0.04))


def test_a_session_of_a_frame_a_second_has_baselines(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "n" * 12, "n....h......")
    session.frame_times = np.arange(12) * 1.001  # each thirtieth of 29.97 a second
    session.rows = replace(session.rows, time_s=session.frame_times[session.rows.frame])
    baseline = session.baseline_in(1, 0.0, 10.0)  # it was refused: "here there are 0.0 s and 10"
    assert (baseline.seconds, baseline.predictions) == (pytest.approx(10.0), 10)
    assert baseline.seconds == pytest.approx(summarise(session, 1, 0.0, 10.0).seen_s)
    with pytest.raises(MienError, match=r"here there are 2.0 s and 2"):
        session.baseline_in(2, 0.0, 10.0)


def test_a_face_that_changes_its_expression_is_not_at_rest() -> None:
    rng, times = np.random.default_rng(0), np.arange(50) * 0.1
    mixed = rng.dirichlet([4, 4, *[0.2] * 6], 50).astype(np.float32)  # now one expression, now the other, by chance
    assert baseline_of(mixed, times, at_rest=True).predictions == 50
    neutral, smile = np.eye(8, dtype=np.float32)[:2] * 0.7 + 0.3 / 8
    turned = np.stack([neutral] * 35 + [smile] * 15)  # in the last second and a half
    with pytest.raises(MienError, match="changed from one expression to another"):
        baseline_of(turned, times, at_rest=True)
    assert baseline_of(turned, times).predictions == 50  # one that was set before stays


def test_a_baseline_goes_with_the_person_through_merging_and_splitting(copy: Session) -> None:
    one, two = copy.people()[:2]
    first, second = TimeSpan(0.0, 5.0), TimeSpan(0.5, 5.5)
    both = Edits().with_baseline(one, 0.0, 5.0).with_baseline(two, 0.5, 5.5)
    assert both.merged(two, one).baselines == {one: first}
    assert Edits().with_baseline(two, 0.5, 5.5).merged(two, one).baselines == {one: second}
    assert both.without_baseline(one).baselines == {two: second}
    assert both.split(one, 400, 9).baselines == both.baselines

    rows = copy.rows
    copy.keep(both)
    own = (copy.persons == one) & (rows.time_s < 5)
    assert copy.baselines[one].probabilities == pytest.approx(rows.probabilities[own].mean(0), abs=1e-6)
    assert Session(copy.folder).baselines[one].predictions == own.sum()
    copy.keep(both.merged(one, two))
    within = (rows.person == one) & (rows.time_s >= second.start_s) & (rows.time_s < second.end_s)
    assert rows.track[within].max() < rows.track[rows.person == two].min()
    # From the rows that are the person's now: of two faces in a frame, that of the track which began first.
    assert copy.baselines[two].probabilities == pytest.approx(rows.probabilities[within].mean(0), abs=1e-6)
    copy.keep(both.split(one, copy.place_at(1.0), 9))
    assert set(copy.baselines) == {two}  # too little is left of the first one's
    assert copy.edits.baselines[one] == first  # and it is back when the split is undone
    copy.keep(both)
    assert set(copy.baselines) == {one, two}
    with pytest.raises(MienError, match="in view"):
        copy.baseline_in(one, 1e6, 2e6)


def test_older_and_damaged_reviews(copy: Session) -> None:
    path = copy.folder / "review.json"
    path.write_text('{"names": {"1": "Ada"}, "changes": [], "markers": []}')
    assert Session(copy.folder).edits == Edits().named(1, "Ada")
    assert Session(copy.folder).baselines == {}
    for damaged in (
        {"neutrals": {"1": {"start_s": 5.0, "end_s": 1.0}}},
        {"neutrals": {"1": {"start_s": float("nan"), "end_s": 1.0}}},
        {"neutrals": {"1": {"start_s": "then", "end_s": 1.0}}},
        {"neutrals": {"1": {"start_s": 1.0}}},
        {"neutrals": {"Ada": {"start_s": 0.0, "end_s": 5.0}}},
        {"neutrals": [1, 2]},
        [],
    ):
        path.write_text(json.dumps(damaged))
        with pytest.raises(MienError, match=r"review\.json"):
            read_edits(copy.folder)


def test_exported_rows_carry_the_change_of_those_with_a_baseline(copy: Session, tmp_path: Path) -> None:
    def rows() -> list[dict[str, str]]:
        ROWS.export(copy, tmp_path / "rows.csv", ExportOptions(TimeSpan(0.0, 8.0)))
        with (tmp_path / "rows.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    columns = [f"change_{name}" for name in copy.classes]
    tables = {name: (copy.folder / name).read_bytes() for name in ("faces.csv", "faces.parquet")}
    plain = rows()
    assert not any(name in plain[0] for name in columns)
    person = copy.people()[0]
    copy.keep(copy.edits.with_baseline(person, 0.0, 5.0))
    written = rows()
    own = [row for row in written if row["person"] == str(person)]
    others = [row for row in written if row["person"] != str(person)]
    assert own
    assert others
    assert all(row[name] == "" for row in others for name in columns)
    baseline = copy.baselines[person].probabilities
    for row in own:
        expected = [float(row[f"p_{name}"]) - rest for name, rest in zip(copy.classes, baseline, strict=True)]
        assert [float(row[name]) for name in columns] == pytest.approx(expected, abs=1e-5)
    assert [{k: v for k, v in row.items() if k not in columns} for row in written] == plain
    assert tables == {name: (copy.folder / name).read_bytes() for name in tables}
    copy.keep(copy.edits.without_baseline(person))
    assert rows() == plain


class Watched(Recorder):
    """A recorder that tells when its recording begins, in the source's time."""

    began_s = math.inf

    def add_frame(self, frame: Frame) -> None:
        self.began_s = min(self.began_s, frame.time_s)
        super().add_frame(frame)


def test_a_recording_keeps_the_baseline_of_a_track_as_the_persons(model_path: str, tmp_path: Path) -> None:
    pipeline = LivePipeline("demo", lambda: Recognizer(model_path))
    try:
        while (latest := pipeline.results.peek()) is None:
            time.sleep(0.02)
        assert pipeline.card is not None
        recorder = Watched(tmp_path / "r", pipeline.card, source="Demo", runs_on=pipeline.runs_on)
        pipeline.recorder = recorder
        # By the results' time: on a busy machine they come long after their frames were recorded.
        while latest.recognition.time_s < recorder.began_s + 4 or recorder.faces <= 15:
            time.sleep(0.02)
            latest = pipeline.results.peek() or latest
        end_s = latest.recognition.time_s
        track = latest.recognition.predictions[0].track_id  # the first result's first face may be lost again
        recorder.keep_baseline(track, TimeSpan(end_s - 3.5, end_s))
        recorder.keep_baseline(99, TimeSpan(0.0, 1.0))  # nobody's, and before the recording
    finally:
        pipeline.recorder = None
        recorder.stop()
        recorder.join(30)
        pipeline.stop()
        pipeline.join()
    session = Session(tmp_path / "r")
    (stretch,) = session.edits.baselines.values()
    assert session.edits.baselines.keys() == {session.people()[0]}
    assert stretch.end_s == pytest.approx(end_s - recorder.began_s, abs=1e-4)
    assert stretch.start_s == pytest.approx(stretch.end_s - 3.5, abs=1e-4)
    assert session.baselines[session.people()[0]].predictions >= 10
