import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.conftest import DEMO_FRAMES, write_demo
from tests.core.session.tables import read_csv
from tests.core.video.clips import counted, write_clip
from tests.core.video.test_video import listed

from mien.analysis.analyse import AnalysisProgress, Stopped, analyse
from mien.analysis.batch import analyse_all
from mien.analysis.frame_selection import FrameSelection
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.cli.main import main
from mien.errors import MienError
from mien.session.columns import columns
from mien.session.export.base import ExportOptions
from mien.session.export.video import VIDEO
from mien.session.session import Session
from mien.sources import DemoSource
from mien.video.reader import VideoFile
from mien.video.writer import VideoWriter


def test_one_row_a_face_and_frame(session: Path, demo_video: Path) -> None:
    rows, classes = read_csv(session), Session(session).classes
    assert list(rows[0]) == [column.name for column in columns(classes)]
    frames = [int(row["frame"]) for row in rows]
    assert sorted(set(frames)) == list(range(DEMO_FRAMES))
    times = dict(zip(frames, (float(row["time_s"]) for row in rows), strict=True))
    assert list(times.values()) == pytest.approx(listed(demo_video), abs=1e-3)
    alone = [row for row in rows if row["flags"] == "no_face"]
    assert alone  # when it is dark
    assert all(row["track"] == row["person"] == row["label"] == "" for row in alone)
    pairs = [(row["frame"], row["track"]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    for row in rows[:20]:
        assert sum(float(row[f"p_{name}"]) for name in classes) == pytest.approx(1, abs=1e-4)


def test_what_session_json_says(session: Path, demo_video: Path) -> None:
    said = json.loads((session / "session.json").read_bytes())
    assert said["counts"]["frames"] == DEMO_FRAMES
    assert said["counts"]["rows"] == len(read_csv(session))
    assert said["input"]["path"] == str(demo_video)
    assert (said["input"]["width"], said["input"]["height"]) == (320, 240)
    assert sorted(path.name for path in session.iterdir()) == ["faces.csv", "faces.parquet", "people", "session.json"]
    for person in said["persons"]:
        assert (session / "people" / f"person-{person['number']}.jpg").is_file()


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(
    model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = tmp_path / 'in "put"'
    inputs.mkdir()
    write_demo(inputs / "=good 'film'.mp4", 6)
    (inputs / "zero.mp4").touch()
    (inputs / "text.mp4").write_text("hello")
    (inputs / "broken.png").write_bytes(b"\x89PNG")
    whole = (inputs / "=good 'film'.mp4").read_bytes()
    (inputs / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    cv2.imwrite(str(inputs / "grey.png"), np.full((40, 40, 3), 128, np.uint8))
    command = ["analyze", str(inputs), "--model", model_path, "--out", str(tmp_path / "out")]
    assert main([*command, "--json", str(tmp_path / "r.json")]) == 1
    said = capsys.readouterr()
    for name in ("zero.mp4", "text.mp4", "broken.png"):
        assert sum(name in line for line in said.err.splitlines()) == 1
    results = {Path(r["input"]).name: r for r in json.loads((tmp_path / "r.json").read_bytes())}
    assert results["=good 'film'.mp4"]["counts"]["frames"] == 6
    assert results["grey.png"]["counts"] == {**results["grey.png"]["counts"], "frames": 1, "rows": 1, "faces": 0}
    assert sum(bool(r["error"]) for r in results.values()) == (4 if results["cut.mp4"]["error"] else 3)
    assert "Traceback" not in said.err
    assert main([*command[:1], str(tmp_path / "nothing"), *command[2:]]) == 2


def test_a_folder_that_cannot_be_written(model_path: str, demo_video: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("x")
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer, pytest.raises(MienError, match="a file"):
        analyse(demo_video, tmp_path / "a file" / "s", recognizer, options)


def test_a_picture(model_path: str, shared: Path, tmp_path: Path) -> None:
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        made = analyse(shared / "photos" / "t1.jpg", tmp_path, recognizer, options)
    assert (made.counts["frames"], made.counts["faces"], made.counts["persons"]) == (1, 6, 6)
    VIDEO.export(Session(tmp_path), tmp_path / "a.png", ExportOptions(blur="all"))
    before, after = cv2.imread(str(shared / "photos" / "t1.jpg")), cv2.imread(str(tmp_path / "a.png"))
    assert before.shape == after.shape
    assert 0.02 < (np.abs(before.astype(int) - after).max(2) > 20).mean() < 0.6


def test_faces_that_leave(model_path: str, shared: Path, tmp_path: Path) -> None:
    work = [Job(shared / "clips" / "face_noface.mov", tmp_path / "face_noface.mov")]
    assert [outcome.error for outcome in analyse_all(work, AnalysisOptions(model=model_path))] == [""]
    rows = read_csv(tmp_path / "face_noface.mov")
    assert rows[0]["person"] == "1"
    assert rows[-1]["flags"] == "no_face"
    left_s = max(float(row["time_s"]) for row in rows if row["person"])
    assert sum(float(row["time_s"]) > left_s for row in rows) > 50


@pytest.mark.slow
def test_a_video_without_any_face(model_path: str, shared: Path, tmp_path: Path) -> None:
    work = [Job(shared / "clips" / "no_face.mp4", tmp_path / "no_face.mp4")]
    assert [outcome.error for outcome in analyse_all(work, AnalysisOptions(model=model_path))] == [""]
    assert {row["flags"] for row in read_csv(tmp_path / "no_face.mp4")} == {"no_face"}


def test_other_tools_names(model_path: str, tmp_path: Path) -> None:
    write_demo(tmp_path / "v.mp4", 3)
    for naming, expected in (
        ("fex", {"frame", "FaceRectX", "FaceRectHeight", "FaceScore", "happiness", "approx_time"}),
        ("openface", {"frame", "face_id", "timestamp", "confidence", "success"}),
    ):
        out = tmp_path / naming
        words = ["analyze", str(tmp_path / "v.mp4"), "--model", model_path, "--out", str(out), "--columns", naming]
        assert main(words) == 0
        assert expected <= set(read_csv(out / "v")[0])


@pytest.mark.parametrize("every", [1, 2, 7, 500])
def test_as_many_frames_are_expected_as_come(demo_video: Path, every: int) -> None:
    with FrameSelection(demo_video, AnalysisOptions(every=every)) as selection:
        assert selection.expected == sum(map(len, selection.chunks()))


@pytest.mark.parametrize("every", [1, 2, 3, 7])
@pytest.mark.parametrize(("start_s", "end_s"), [(0.0, 0.4), (0.12, 0.36), (0.1, None), (0.2, 9.0)])
def test_as_many_frames_are_expected_of_a_part_as_come(
    tmp_path: Path, every: int, start_s: float, end_s: float | None
) -> None:
    path = write_clip(tmp_path / "even.mp4", counted(20))
    options = AnalysisOptions(every=every, start_s=start_s, end_s=end_s)
    with FrameSelection(path, options) as selection:
        assert selection.expected == sum(map(len, selection.chunks()))


def test_no_more_frames_come_than_are_said_to(demo_video: Path, model_path: str, tmp_path: Path) -> None:
    options, said = AnalysisOptions(model_path, end_s=1.28), list[AnalysisProgress]()
    with FrameSelection(demo_video, options) as selection:
        assert selection.expected < 32  # the file's mean rate is lower than that of its first seconds
    stops = iter([False, True])  # after the second chunk
    with recognizer_for(options) as recognizer, pytest.raises(Stopped):
        analyse(demo_video, tmp_path / "s", recognizer, options, progress=said.append, should_stop=lambda: next(stops))
    assert (said[-1].frames, said[-1].expected, said[-1].left_s) == (32, 32, 0)


def test_a_start_after_the_end_expects_no_frames(demo_video: Path) -> None:
    with FrameSelection(demo_video, AnalysisOptions(start_s=1000.0)) as selection:
        assert selection.expected == 0


def test_a_frames_rounded_time_is_still_its_own(model_path: str, tmp_path: Path) -> None:
    path = tmp_path / "thirty.mp4"
    demo = DemoSource()
    with VideoWriter(path, 320, 240, 30) as writer:  # a third of whose times round up to the next microsecond
        for i in range(30):
            frame = demo.read()
            assert frame is not None
            writer.write(cv2.resize(frame.image, (320, 240)), i / 30)
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        analyse(path, tmp_path / "s", recognizer, options)
    session = Session(tmp_path / "s")
    assert [session.place_at(time_s) for time_s in listed(path)] == list(range(30))
    with VideoFile(path) as video:
        for i in (2, 5, 17, 29):
            video.go_to(float(session.frame_times[i]))
            frame = video.read()
            assert frame is not None
            assert frame.index == i
