import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest
from tests.conftest import DEMO_FRAMES
from tests.core.video.test_video import listed

from mien.errors import MienError
from mien.session.appearance import describe, join_tracks
from mien.session.edits import Edits
from mien.session.export.tables import ROWS
from mien.session.frame_durations import frame_durations
from mien.session.rows import NOBODY
from mien.session.session import Session
from mien.session.summary import next_change, next_unsure, summarise
from mien.session.timeline import Timeline
from mien.types import Face
from mien.utils import paths
from mien.utils.images import read_picture


def test_reading_back(copy: Session, demo_video: Path) -> None:
    assert copy.video == demo_video
    assert len(copy.frame_times) == DEMO_FRAMES
    assert copy.frame_times == pytest.approx(listed(demo_video), abs=1e-5)
    assert copy.rows.probabilities.sum(1) == pytest.approx(1, abs=1e-4)
    place = int(copy.rows.frame[0])
    first = copy.predictions(place)
    assert len(first) == (copy.rows.frame == place).sum()
    assert first[0].label == copy.classes[int(first[0].probabilities.argmax())]
    assert copy.place_at(copy.frame_times[100]) == 100
    assert copy.place_at(copy.frame_times[100] - 0.001) == 99
    assert (copy.place_at(-5.0), copy.place_at(1e9)) == (0, DEMO_FRAMES - 1)


def test_sets_and_reasons_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    from mien.analysis.analyse import analyse
    from mien.analysis.options import AnalysisOptions
    from mien.analysis.setup import recognizer_for
    from mien.types import Frame

    source = paths.assets() / "astronaut.png"
    options = AnalysisOptions(coverage=0.99)
    with recognizer_for(options) as recognizer:
        analyse(source, tmp_path / "s", recognizer, options)
        image = read_picture(source)
        expected = recognizer.recognize_picture(Frame(0, 0.0, image)).predictions
    read = Session(tmp_path / "s").predictions(0)
    assert [p.expressions for p in read] == [p.expressions for p in expected]
    assert [p.unsure for p in read] == [p.unsure for p in expected]
    assert [p.sure for p in read] == [p.sure for p in expected]
    assert any(len(p.expressions) > 1 for p in read)
    with (tmp_path / "s" / "faces.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row, prediction in zip(rows, expected, strict=True):
        assert row["expressions"].split(" or ")[0] == row["label"] == prediction.label
        assert ("unsure" in row["flags"]) == bool(row["why"])
        assert float(row["reliability"]) == pytest.approx(prediction.reliability, abs=1e-5)


def test_a_session_of_before_there_were_sets_still_opens(copy: Session) -> None:
    path = copy.folder / "faces.parquet"
    table = pyarrow.parquet.read_table(path)
    pyarrow.parquet.write_table(table.drop_columns(["expressions", "why"]), path)
    old = Session(copy.folder)
    assert (old.rows.sure == copy.rows.sure).all()
    assert old.rows.probabilities.tolist() == copy.rows.probabilities.tolist()
    first = old.predictions(int(old.rows.frame[0]))[0]
    assert (first.expressions, first.unsure) == ((), ())
    assert ROWS.export(old, copy.folder / "rows.csv") > 0


def test_names_merging_splitting_and_undoing(copy: Session) -> None:
    people = copy.people()
    one, two = people[:2]
    before = copy.persons.copy()
    edits = copy.edits.named(one, "Ada").merged(two, one)
    copy.keep(edits)
    assert two not in copy.people()
    assert (copy.persons == one).sum() == ((before == one) | (before == two)).sum()
    new = max(people) + 1
    copy.keep(edits.split(one, 400, new).marked(3.0, "here").marked(1.0))
    assert set(copy.persons[(before == one) & (copy.rows.frame >= 400)]) <= {new}
    again = Session(copy.folder)
    assert again.edits == copy.edits
    assert again.person_name(one) == "Ada"
    assert again.person_name(new) == f"Person {new}"
    assert [marker.time_s for marker in again.edits.markers] == [1.0, 3.0]
    again.keep(Edits())
    assert (again.persons == before).all()
    (copy.folder / "review.json").write_text("{broken")
    with pytest.raises(MienError, match=r"review\.json"):
        Session(copy.folder)


def test_what_is_no_session_is_said(copy: Session, tmp_path: Path) -> None:
    with pytest.raises(MienError, match="no finished session"):
        Session(tmp_path)
    (copy.folder / "faces.parquet").write_bytes(b"PAR1 broken")
    with pytest.raises(MienError, match=r"faces\.parquet"):
        Session(copy.folder)


def test_the_timeline_shows_means(copy: Session) -> None:
    person = copy.people()[0]
    timeline = Timeline(copy, person)
    rows = (copy.persons == person) & (copy.rows.time_s >= 1.0) & (copy.rows.time_s < 2.0)
    (mean,), (reliability,) = timeline.bins(1.0 - 1e-6, 2.0 - 1e-6, 1)
    near = copy.rows.probabilities[rows].mean(0)
    assert reliability == pytest.approx(copy.rows.reliability[rows].mean(), abs=0.02)
    assert mean == pytest.approx(near, abs=0.02)  # the frame that is shown at the first moment belongs to it too
    fine, _ = timeline.bins(copy.frame_times[0], copy.frame_times[-1], 5000)
    seen = ~np.isnan(fine[:, 0])
    assert seen.any()
    assert not seen.all()
    assert fine[seen].sum(1) == pytest.approx(1, abs=1e-3)
    assert np.isnan(timeline.bins(-10, -1, 3)[0]).all()
    assert np.isnan(timeline.bins(1e3, 2e3, 3)[1]).all()


def test_a_summary_weighs_by_time(copy: Session) -> None:
    person = copy.people()[0]
    total = summarise(copy, person, -1.0, 1e9)
    assert total.shares.sum() == pytest.approx(1)
    assert total.means.sum() == pytest.approx(1, abs=1e-3)
    rows = copy.persons == person
    assert total.seen_s == pytest.approx(frame_durations(copy.frame_times)[copy.rows.frame[rows]].sum())
    assert total.changes == (np.diff(copy.rows.probabilities[rows].argmax(1)) != 0).sum()
    assert summarise(copy, person, 1e6, 1e7).seen_s == 0


def test_a_summary_counts_why_predictions_are_not_sure(copy: Session) -> None:
    person = copy.people()[0]
    own = np.flatnonzero(copy.persons == person)
    half = set(own[: len(own) // 2].tolist())
    unsure = tuple(("unlike", "ambiguous") if row in half else () for row in range(len(copy.persons)))
    copy.rows = replace(copy.rows, unsure=unsure)
    share = len(half) / len(own)
    assert summarise(copy, person, -1.0, 1e9).reasons == pytest.approx({"unlike": share, "ambiguous": share})


def test_the_next_change_and_the_next_unsure(copy: Session) -> None:
    person = copy.people()[0]
    rows = copy.persons == person
    best, frames = copy.rows.probabilities[rows].argmax(1), copy.rows.frame[rows]
    changes = frames[1:][np.diff(best) != 0]
    place, walked = 0, []
    while (found := next_change(copy, person, place)) is not None:
        walked.append(found)
        place = found
    assert walked == [c for c in changes.tolist() if c > 0]
    unsure = next_unsure(copy, person, -1)  # the untrained model is never sure
    assert unsure == frames[0]
    assert next_unsure(copy, person, int(frames[0])) is None


def test_who_looks_alike(shared: Path) -> None:
    from mien.recognition.recognizer import Recognizer

    image = read_picture(shared / "photos" / "t1.jpg")
    assert image is not None
    with Recognizer("light") as recognizer:
        faces = recognizer.detect(image)
    described = [describe(image, face) for face in faces]
    others = [a @ b for i, a in enumerate(described) for b in described[:i]]
    moved = np.roll(image, (7, 12), (0, 1))
    for face, own in zip(faces, described, strict=True):
        left, top, width, height = face.box
        there = Face((left + 12, top + 7, width, height), face.keypoints + np.float32((12, 7)), face.score)
        assert own @ describe(moved, there) > max(others)
    tracks = [(i, 10.0 * i, 10.0 * i + 5, own) for i, own in enumerate(described)]
    back = [(i + 10, 100 + 10.0 * i, 105 + 10.0 * i, own) for i, own in enumerate(described)]
    owners = join_tracks(tracks + back)
    assert all(owners[i] == owners[i + 10] for i in range(6))
    assert len(set(owners.values())) == 6
    side_by_side = join_tracks([(1, 0.0, 5.0, described[0]), (2, 4.0, 9.0, described[0])])
    assert side_by_side == {1: 1, 2: 2}
    assert NOBODY not in owners.values()
