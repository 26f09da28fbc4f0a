import csv
import shutil
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pyarrow.parquet
import pytest
from tests.core.test_video import listed

from mien.errors import MienError
from mien.session.appearance import descriptor, joined, similarity
from mien.session.edits import Edits
from mien.session.export.range import export_plot, export_rows
from mien.session.export.video import render
from mien.session.rows import NOBODY
from mien.session.session import Session
from mien.session.summary import durations, next_change, next_unsure, summarise
from mien.session.timeline import Timeline
from mien.sources.pictures import read_picture
from mien.types import Face
from mien.utils import paths
from mien.video import VideoFile


@pytest.fixture
def copy(session: Path, tmp_path: Path) -> Session:
    """A session that may be changed."""
    shutil.copytree(session, tmp_path / "copy")
    return Session(tmp_path / "copy")


def test_reading_back(copy: Session, demo_video: Path) -> None:
    assert copy.video == demo_video
    assert len(copy.frame_times) == 800
    assert copy.frame_times == pytest.approx(listed(demo_video), abs=1e-5)
    assert copy.rows.probabilities.sum(1) == pytest.approx(1, abs=1e-4)
    place = int(copy.rows.frame[0])
    first = copy.predictions(place)
    assert len(first) == (copy.rows.frame == place).sum()
    assert first[0].label == copy.classes[int(first[0].probabilities.argmax())]
    assert copy.place_at(copy.frame_times[100]) == 100
    assert copy.place_at(copy.frame_times[100] - 0.001) == 99
    assert (copy.place_at(-5.0), copy.place_at(1e9)) == (0, 799)


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
        assert image is not None
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
    assert export_rows(old, copy.folder / "rows.csv", 0.0, 1.0) > 0


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
    assert total.seen_s == pytest.approx(durations(copy.frame_times)[copy.rows.frame[rows]].sum())
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


def test_the_annotated_video_has_the_frames_times_and_sound(shared: Path, model_path: str, tmp_path: Path) -> None:
    from mien.analysis.analyse import analyse
    from mien.analysis.options import AnalysisOptions
    from mien.analysis.setup import recognizer_for

    source = shared / "clips" / "WolfgangLanger_Pexels.mp4"
    options = AnalysisOptions(model=model_path, end_s=2.0)
    with recognizer_for(options) as recognizer:
        analyse(source, tmp_path / "s", recognizer, options)
    session = Session(tmp_path / "s")
    told: list[float] = []
    render(session, tmp_path / "a.mp4", progress=told.append)
    render(session, tmp_path / "b.mp4", boxes=False, blur="all", start_s=0.5, end_s=1.0)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
    assert listed(tmp_path / "a.mp4") == pytest.approx(session.frame_times, abs=1e-3)
    assert listed(tmp_path / "b.mp4")[-1] < 0.51
    for name in ("a.mp4", "b.mp4"):
        with av.open(str(tmp_path / name)) as container:
            assert container.streams.audio[0].codec_context.name == "aac"
            assert sum(frame.samples for frame in container.decode(audio=0)) > 0
    with VideoFile(source) as plain, VideoFile(tmp_path / "a.mp4") as drawn, VideoFile(tmp_path / "b.mp4") as covered:
        plain.go_to(0.5)
        before, with_box, blurred = plain.read(), drawn.read(), covered.read()
    assert before is not None
    assert with_box is not None
    assert blurred is not None
    left, top, width, height = (round(v) for v in session.predictions(session.place_at(0.5))[0].face.box)
    face = slice(top, top + height), slice(left, left + width)

    def detail(image: np.ndarray) -> float:  # type: ignore[type-arg]
        return float(cv2.Laplacian(image[face], cv2.CV_64F).std())

    assert detail(blurred.image) < 0.35 * detail(before.image)
    corner = slice(0, 60), slice(0, 60)
    assert np.abs(blurred.image[corner].astype(int) - before.image[corner]).mean() < 4
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp4", "b.mp4", "s"]


def test_all_but_one_are_covered_also_between_the_frames_in_which_they_were_found(copy: Session) -> None:
    from mien.session.export.anonymise import Blurring

    kept = copy.people()[0]
    rows = copy.persons != kept
    assert rows.any()
    covering = Blurring(copy, f"others:{kept}")
    noise = np.random.default_rng(0).integers(0, 255, (240, 320, 3), np.uint8)
    for track in np.unique(copy.rows.track[rows]):
        frames = copy.rows.frame[rows & (copy.rows.track == track)]
        for place in range(frames[0], frames[-1] + 1):  # those without a row of this track too
            image = noise.copy()
            covering.cover(image, place)
            assert (image != noise).any()
    own = copy.rows.frame[copy.persons == kept]
    alone = np.setdiff1d(own, np.concatenate([np.arange(f - 40, f + 40) for f in np.unique(copy.rows.frame[rows])]))
    for place in alone:
        image = noise.copy()
        covering.cover(image, int(place))
        assert (image == noise).all()
    with pytest.raises(MienError, match="no person 99"):
        Blurring(copy, "others:99")
    with pytest.raises(MienError, match="whom to blur"):
        Blurring(copy, "me")


def test_exports_carry_names_and_harm_no_spreadsheet(copy: Session, tmp_path: Path) -> None:
    person = copy.people()[0]
    copy.keep(copy.edits.named(person, "=HYPERLINK(1)"))
    written = export_rows(copy, tmp_path / "rows.csv", 1.0, 2.0)
    with (tmp_path / "rows.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == written
    assert {row["name"] for row in rows if row["person"] == str(person)} == {"'=HYPERLINK(1)"}
    assert all(1.0 <= float(row["time_s"]) <= 2.0 for row in rows)
    for name in ("plot.png", "plot.svg"):
        export_plot(copy, tmp_path / name, 0.0, 10.0)
        assert (tmp_path / name).stat().st_size > 5000
    with pytest.raises(MienError, match=r"\.png"):
        export_plot(copy, tmp_path / "plot.xls", 0.0, 10.0)
    with pytest.raises(MienError, match="cannot be written"):
        export_rows(copy, tmp_path / "copy" / "faces.csv" / "x.csv", 1.0, 2.0)


def test_a_video_that_is_gone_is_said(copy: Session, tmp_path: Path) -> None:
    from dataclasses import replace

    gone = replace(copy.description.input, path=str(tmp_path / "gone.mp4"))
    copy.description = replace(copy.description, input=gone)
    assert copy.video is None
    with pytest.raises(MienError, match="is gone"):
        render(copy, tmp_path / "x.mp4")


def test_who_looks_alike(shared: Path) -> None:
    from mien.recognition.recognizer import Recognizer

    image = read_picture(shared / "photos" / "t1.jpg")
    assert image is not None
    with Recognizer("light") as recognizer:
        faces = recognizer.find(image)
    described = [descriptor(image, face) for face in faces]
    others = [similarity(a, b) for i, a in enumerate(described) for b in described[:i]]
    moved = np.roll(image, (7, 12), (0, 1))
    for face, own in zip(faces, described, strict=True):
        left, top, width, height = face.box
        there = Face((left + 12, top + 7, width, height), face.keypoints + np.float32((12, 7)), face.score)
        assert similarity(own, descriptor(moved, there)) > max(others)
    tracks = [(i, 10.0 * i, 10.0 * i + 5, own) for i, own in enumerate(described)]
    back = [(i + 10, 100 + 10.0 * i, 105 + 10.0 * i, own) for i, own in enumerate(described)]
    owners = joined(tracks + back)
    assert all(owners[i] == owners[i + 10] for i in range(6))
    assert len(set(owners.values())) == 6
    side_by_side = joined([(1, 0.0, 5.0, described[0]), (2, 4.0, 9.0, described[0])])
    assert side_by_side == {1: 1, 2: 2}
    assert NOBODY not in owners.values()
