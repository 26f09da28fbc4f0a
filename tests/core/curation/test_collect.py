import csv
import os
import sys
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.cli.main import main
from mien.curation import add_face
from mien.curation.add_face import LARGEST_PX, Sample, add, checked, labels, sample, undo
from mien.curation.report import examine
from mien.curation.sources_table import COLUMNS, TABLE
from mien.curation.split import split, units
from mien.data.readers.folder import load_divided
from mien.errors import MienError
from mien.faces.alignment import crop, crop_side
from mien.session.session import Session
from mien.types import Face
from mien.video import VideoFile

as_root = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")


def face_of(side: float, left: float = 40.0, top: float = 60.0) -> Face:
    """An upright face whose crop has a side."""
    shares = np.array([(0.315, 0.390), (0.685, 0.390), (0.5, 0.592), (0.5, 0.766), (0.2, 0.4), (0.8, 0.4)])
    points = (shares * side + (left, top)).astype(np.float32)
    return Face((left, top, side, side), points, 0.9)


def pattern(seed: int, side: int = 64) -> np.ndarray:  # type: ignore[type-arg]
    noise = np.random.default_rng(seed).integers(0, 255, (10, 10, 3), dtype=np.uint8)
    return cv2.resize(noise, (side, side), interpolation=cv2.INTER_CUBIC)


def kept(seed: int, source: str = "film.mp4", person: int = 1, begun: datetime | None = None) -> Sample:
    return Sample(pattern(seed), source, seed * 0.5, person, 51.26, begun)


def lines(folder: Path) -> list[list[str]]:
    with (folder / TABLE).open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_a_face_keeps_its_size_and_its_colours() -> None:
    image = pattern(0, 600)
    for side, expected in ((17, 17), (130, 130), (400, LARGEST_PX)):
        face = face_of(side)
        assert crop_side(face) == pytest.approx(side, abs=0.01)
        made = sample(image, face, "film.mp4", 1.5, 2)
        assert made.picture.shape == (expected, expected, 3)
        assert (made.picture == crop(image, face, expected)).all()
    whole = sample(image, face_of(130), "film.mp4", 1.5, 2)
    assert np.abs(whole.picture.astype(int) - image[60:190, 40:170]).max() <= 1
    assert (whole.face_px, whole.time_s, whole.person) == (130, 1.5, 2)


def test_a_face_is_kept_with_where_it_comes_from(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "faces"
    first = add(folder, " confused ", kept(25, "A film, in two parts.mp4", person=2))
    assert first.path == folder / "confused" / "A-film-in-two-parts_00012500002.png"
    assert (first.label, first.count, first.new_class) == ("confused", 1, True)
    assert (cv2.imread(str(first.path)) == pattern(25)).all()
    second = add(folder, "bored", kept(26))
    assert lines(folder)[0] == list(COLUMNS)
    assert lines(folder)[1][:6] == [
        "confused/A-film-in-two-parts_00012500002.png",
        "confused",
        "A film, in two parts.mp4",
        "12.500",
        "2",
        "51.3",
    ]
    assert datetime.fromisoformat(lines(folder)[1][6]).tzinfo is not None
    assert lines(folder)[2][0] == f"bored/{second.path.name}"
    assert not [path for path in folder.rglob("*") if path.name.startswith(".")]


def test_nothing_is_written_over_and_no_face_is_there_twice(tmp_path: Path) -> None:
    add(tmp_path, "a", kept(1))
    with pytest.raises(MienError, match="already, under a"):
        add(tmp_path, "a", kept(1))
    other = Sample(pattern(2), "other/film.mov", 0.5, 1, 40)  # of another film of that name
    added = add(tmp_path, "a", other)
    assert added.path.name == "film_00000500002.png"
    assert (cv2.imread(str(tmp_path / "a" / "film_00000500001.png")) == pattern(1)).all()
    assert len(lines(tmp_path)) == 3


def test_a_video_whose_name_is_no_text_is_a_source(tmp_path: Path) -> None:
    assert add(tmp_path, "tired", kept(1, source="a\udce9.mp4")).path.is_file()
    assert lines(tmp_path)[1][2] == "a\\udce9.mp4"


def test_labels_are_names_of_folders_on_any_system(tmp_path: Path) -> None:
    assert checked(" Cafe\u0301 noir ") == "Caf\u00e9 noir"
    bad = ["", "  ", ".hidden", "end.", "a/b", "a\\b", "..", "a\nb", "a:b", "x" * 61]
    reserved = ["CON", "nul.txt", "com1", "Sources.csv", "test", "Train"]
    for label in bad + reserved:
        with pytest.raises(MienError):
            add(tmp_path, label, kept(1))
    assert list(tmp_path.iterdir()) == []
    add(tmp_path, "x" * 60, Sample(pattern(1), "\N{GRINNING FACE}\u754c" * 200 + ".mp4", 0, 1, 40))
    add(tmp_path, "\u754c" * 60, Sample(pattern(1), "\u754c" * 200 + ".mp4", 0, 1, 40))
    add(tmp_path, "Bored", kept(1))
    assert add(tmp_path, "bored", kept(2)).path.parent.name == "Bored"
    assert labels(tmp_path)["Bored"] == 2


def test_labels_are_listed_with_the_last_used_first(tmp_path: Path) -> None:
    assert labels(tmp_path / "nothing") == {}
    for seed, label in enumerate(["a", "b", "c", "a"]):
        add(tmp_path, label, kept(seed))
    (tmp_path / "Empty").mkdir()
    (tmp_path / ".thumbs").mkdir()
    assert list(labels(tmp_path).items()) == [("a", 2), ("c", 1), ("b", 1), ("Empty", 0)]


def test_an_addition_is_taken_back(tmp_path: Path) -> None:
    first = add(tmp_path, "a", kept(1))
    before = (tmp_path / TABLE).read_bytes()
    second, third = add(tmp_path, "a", kept(2)), add(tmp_path, "b", kept(3))
    undo(third)
    assert not (tmp_path / "b").exists()
    undo(second)
    assert (tmp_path / TABLE).read_bytes() == before
    assert labels(tmp_path) == {"a": 1}
    undo(second)  # again: there is nothing left to take back
    assert first.path.is_file()
    assert add(tmp_path, "a", kept(2)).count == 2


@pytest.mark.parametrize("cut", [3, 30, -1, -60])
def test_a_line_that_was_cut_short_costs_itself_alone(tmp_path: Path, cut: int) -> None:
    table = tmp_path / TABLE
    add(tmp_path, "a", kept(1, 'a, "b".mp4'))
    whole = table.read_bytes()
    add(tmp_path, "a", kept(2, 'a, "b".mp4'))
    last = table.read_bytes()[len(whole) :]
    table.write_bytes(whole + last[:cut])
    added = add(tmp_path, "b", kept(3))
    rest = lines(tmp_path)
    assert all(len(row) == len(COLUMNS) for row in rest)
    assert rest[-1][0] == f"b/{added.path.name}"
    assert rest[1][2] == 'a, "b".mp4'
    assert len(rest) == (4 if cut == -1 else 3)  # a line that only lacks its end is whole
    assert list(labels(tmp_path)) == ["b", "a"]


def test_a_table_whose_head_was_cut_short_begins_anew(tmp_path: Path) -> None:
    (tmp_path / TABLE).write_bytes(b"path,lab")
    add(tmp_path, "a", kept(1))
    assert [row[0] for row in lines(tmp_path)] == ["path", "a/film_00000500001.png"]


def test_what_is_not_miens_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / TABLE).write_text("my,own\n1,2")
    with pytest.raises(MienError, match="other columns"):
        add(tmp_path, "a", kept(1))
    assert sorted(path.name for path in tmp_path.rglob("*")) == [TABLE]
    assert (tmp_path / TABLE).read_text() == "my,own\n1,2"
    divided = tmp_path / "divided"
    (divided / "train" / "a").mkdir(parents=True)
    with pytest.raises(MienError, match="divided into train"):
        add(divided, "a", kept(1))


def test_what_a_kill_left_goes_with_the_next_face(tmp_path: Path) -> None:
    add(tmp_path, "a", kept(1))
    for folder in (tmp_path, tmp_path / "a"):
        (folder / ".0123456789abcdef.tmp").touch()
        os.utime(folder / ".0123456789abcdef.tmp", (0, 0))
    add(tmp_path, "a", kept(2))
    assert not list(tmp_path.rglob(".*"))


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, "a", kept(1))
    before = sorted(tmp_path.rglob("*")), (tmp_path / TABLE).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("write_new", "append_row"):
        with monkeypatch.context() as patch:
            patch.setattr(add_face, name, full)
            for label in ("a", "b"):
                with pytest.raises(MienError, match="cannot be written: No space left"):
                    add(tmp_path, label, kept(2))
        assert (sorted(tmp_path.rglob("*")), (tmp_path / TABLE).read_bytes()) == before


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MienError, match="cannot be written"):
        add(tmp_path / "file" / "faces", "a", kept(1))
    with pytest.raises(MienError, match="cannot be read"):
        labels(tmp_path / "file")


@as_root
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(MienError, match="Permission denied"):
        add(tmp_path, "a", kept(1))
    tmp_path.chmod(0o700)


def test_what_was_collected_is_examined_and_divided_by_clips(tmp_path: Path) -> None:
    day = datetime(2026, 3, 1, 12, 0, 5)
    clips = [("one.mp4", None), ("two 2.mp4", None), ("Camera 0", day), ("Camera 0", day.replace(hour=13))]
    seed = 0
    for label in ("bored", "confused"):
        for source, begun in clips:
            for person in (1, 2, 3, 12):
                add(tmp_path, label, kept(seed := seed + 1, source, person, begun))
    seen = examine(tmp_path)
    assert seen.counts() == {"bored": 16, "confused": 16}
    assert seen.findings == ()
    assert set(units(seen, "name")) == {"one", "two-2", "Camera-0-20260301-120005", "Camera-0-20260301-130005"}
    made = split(seen)
    assert made.by == "name"
    sides = [{name.split("/")[1].rpartition("_")[0] for name in side} for side in (made.train, made.judge)]
    assert sides[0].isdisjoint(sides[1])
    assert main(["examine", str(tmp_path), "--split", str(tmp_path / "split.json")]) == 0
    learn, judge = load_divided(tmp_path, tmp_path / "split.json", size=48, channels=1)
    assert (len(learn), len(judge)) == (24, 8)


def test_a_face_of_a_session(session: Path, tmp_path: Path) -> None:
    opened = Session(session)
    place = 10
    rows = np.flatnonzero(opened.rows.frame == place)
    assert len(rows) == 2
    person = int(opened.persons[rows[1]])
    face = opened.face(place, person)
    assert face is not None
    assert face.box == pytest.approx(tuple(opened.rows.box[rows[1]]))
    left, top, width, height = face.box
    eyes = face.keypoints[:2]
    assert face.keypoints.shape == (6, 2)
    assert (eyes > (left, top)).all()
    assert (eyes < (left + width, top + height)).all()
    assert eyes[0, 0] < eyes[1, 0]
    assert opened.face(place, 99) is None
    assert opened.video is not None
    with VideoFile(opened.video) as video:
        for _ in range(place + 1):
            frame = video.read()
    assert frame is not None
    added = add(tmp_path, "a", sample(frame.image, face, opened.video.name, frame.time_s, person))
    assert cv2.imread(str(added.path)).shape[0] == round(crop_side(face))
