import csv
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.conftest import write_demo
from tests.core.test_video import listed

from mien.analysis.analyse import Stopped, analyse
from mien.analysis.batch import analyse_all
from mien.analysis.inputs import Job, expand_paths, jobs
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import is_finished, recognizer_for
from mien.cli.main import main
from mien.errors import MienError
from mien.session.columns import columns
from mien.session.export.base import ExportOptions
from mien.session.export.video import VIDEO
from mien.session.folder import UNFINISHED
from mien.session.session import Session
from mien.sources import DemoSource
from mien.utils.csv import escape_formula
from mien.utils.prefetch import prefetch
from mien.video.reader import VideoFile
from mien.video.writer import VideoWriter

TABLES = ("faces.csv", "faces.parquet")


def read_csv(session: Path) -> list[dict[str, str]]:
    with (session / "faces.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def differences(a: Path, b: Path) -> list[str]:
    """Cells of two sessions that are not the same."""
    pairs = zip(read_csv(a), read_csv(b), strict=True)
    return [f"frame {x['frame']}, {k}: {x[k]}, {y[k]}" for x, y in pairs for k in x if x[k] != y[k]]


def test_one_row_a_face_and_frame(session: Path, demo_video: Path) -> None:
    rows = read_csv(session)
    assert list(rows[0]) == [column.name for column in columns(Session(session).classes)]
    frames = [int(row["frame"]) for row in rows]
    assert sorted(set(frames)) == list(range(800))
    times = dict(zip(frames, (float(row["time_s"]) for row in rows), strict=True))
    assert list(times.values()) == pytest.approx(listed(demo_video), abs=1e-3)
    alone = [row for row in rows if row["flags"] == "no_face"]
    assert alone  # when the demo's faces are 12 px small
    assert all(row["track"] == row["person"] == row["label"] == "" for row in alone)
    pairs = [(row["frame"], row["track"]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    for row in rows[:20]:
        assert sum(float(row[f"p_{name}"]) for name in Session(session).classes) == pytest.approx(1, abs=1e-4)


def test_what_session_json_says(session: Path, demo_video: Path) -> None:
    said = json.loads((session / "session.json").read_bytes())
    assert said["counts"]["frames"] == 800
    assert said["counts"]["rows"] == len(read_csv(session))
    assert said["input"]["path"] == str(demo_video)
    assert (said["input"]["width"], said["input"]["height"]) == (320, 240)
    assert sorted(path.name for path in session.iterdir()) == ["faces.csv", "faces.parquet", "people", "session.json"]
    for person in said["persons"]:
        assert (session / "people" / f"person-{person['number']}.jpg").is_file()


def test_a_kill_at_any_moment_loses_nothing(session: Path, demo_video: Path, model_path: str, tmp_path: Path) -> None:
    """Ten times killed and taken up again, the tables are the same bytes."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "mien", "analyze", str(demo_video), "--model", model_path, "--out", str(tmp_path)]
    progress = tmp_path / demo_video.stem / UNFINISHED / "progress.json"
    dice, kills, frames = random.Random(0), 0, [0]
    while kills < 10:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        before = progress.stat().st_mtime_ns if progress.exists() else 0
        while process.poll() is None and not (progress.exists() and progress.stat().st_mtime_ns > before):
            time.sleep(0.005)
        time.sleep(dice.uniform(0, 0.3))
        if process.poll() is not None:
            break  # it ended before there was anything more to kill
        process.kill()
        process.communicate()
        kills += 1
        frames.append(json.loads(progress.read_bytes())["frames"])
    assert kills >= 5
    assert frames == sorted(frames)
    assert frames[-1] > frames[1]  # it went on where it was, rather than from the beginning
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert differences(session, tmp_path / demo_video.stem) == []
    for name in TABLES:
        assert (tmp_path / demo_video.stem / name).read_bytes() == (session / name).read_bytes(), name
    assert not (tmp_path / demo_video.stem / UNFINISHED).exists()


def test_stopping_and_going_on_elsewhere(session: Path, demo_video: Path, model_path: str, tmp_path: Path) -> None:
    options = AnalysisOptions(model=model_path)
    asked = iter(range(1000))
    with recognizer_for(options) as recognizer:
        with pytest.raises(Stopped):
            analyse(demo_video, tmp_path / "s", recognizer, options, should_stop=lambda: next(asked) == 7)
        kept = json.loads((tmp_path / "s" / UNFINISHED / "progress.json").read_bytes())
        assert kept["frames"] == 8 * 16
        assert not is_finished(tmp_path / "s", demo_video, options)
        analyse(demo_video, tmp_path / "s", recognizer, options)
        assert is_finished(tmp_path / "s", demo_video, options)
        for name in TABLES:
            assert (tmp_path / "s" / name).read_bytes() == (session / name).read_bytes()
        with pytest.raises(MienError, match="--replace"):
            is_finished(tmp_path / "s", demo_video, AnalysisOptions(model=model_path, every=2))


def test_other_settings_begin_anew(demo_video: Path, model_path: str, tmp_path: Path) -> None:
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        with pytest.raises(Stopped):
            analyse(demo_video, tmp_path, recognizer, options, should_stop=lambda: True)
        other = AnalysisOptions(model=model_path, every=4, start_s=10.0, end_s=20.0)
        made = analyse(demo_video, tmp_path, recognizer, other)
    rows = read_csv(tmp_path)
    assert made.counts["frames"] == len({row["frame"] for row in rows})
    assert all(int(row["frame"]) % 4 == 0 and 10 <= float(row["time_s"]) < 20 for row in rows)
    times = listed(demo_video)
    first = rows[0]
    assert float(first["time_s"]) == pytest.approx(times[int(first["frame"])], abs=1e-6)


def test_an_interrupted_analysis_begins_anew_where_the_card_says_something_else(
    demo_video: Path, model_path: str, tmp_path: Path
) -> None:
    options = AnalysisOptions(model=model_path, end_s=4.0)
    with recognizer_for(options) as recognizer:
        with pytest.raises(Stopped):
            analyse(demo_video, tmp_path / "a", recognizer, options, should_stop=lambda: True)
        recognizer.card = replace(recognizer.card, temperature=0.2)
        for name in ("a", "b"):
            analyse(demo_video, tmp_path / name, recognizer, options)
    assert differences(tmp_path / "a", tmp_path / "b") == []


def test_a_session_of_before_there_was_coverage_counts_as_finished(
    session: Path, demo_video: Path, model_path: str, tmp_path: Path
) -> None:
    shutil.copytree(session, tmp_path / "s")
    path = tmp_path / "s" / "session.json"
    said = json.loads(path.read_bytes())
    assert said["options"].pop("coverage") == 0.9
    path.write_text(json.dumps(said))
    assert is_finished(tmp_path / "s", demo_video, AnalysisOptions(model=model_path))
    with pytest.raises(MienError, match="--replace"):
        is_finished(tmp_path / "s", demo_video, AnalysisOptions(model=model_path, coverage=0.8))
    with pytest.raises(MienError, match="--coverage must be from"):
        AnalysisOptions(coverage=0.5)


def test_a_full_disk(model_path: str, demo_video: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mount.returncode:
        pytest.skip("may not mount a small disk here")
    options = AnalysisOptions(model=model_path)
    try:
        with recognizer_for(options) as recognizer:
            with pytest.raises(MienError, match="No space left"):
                analyse(demo_video, disk / "s", recognizer, options)
            # With room again it goes on.
            subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
            kept = json.loads((disk / "s" / UNFINISHED / "progress.json").read_bytes())
            assert 0 < kept["frames"] < 800
            assert analyse(demo_video, disk / "s", recognizer, options).counts["frames"] == 800
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_folder_that_cannot_be_written(model_path: str, demo_video: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("x")
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer, pytest.raises(MienError, match="a file"):
        analyse(demo_video, tmp_path / "a file" / "s", recognizer, options)


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


def test_a_picture(model_path: str, shared: Path, tmp_path: Path) -> None:
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        made = analyse(shared / "photos" / "t1.jpg", tmp_path, recognizer, options)
    assert (made.counts["frames"], made.counts["faces"], made.counts["persons"]) == (1, 6, 6)
    VIDEO.export(Session(tmp_path), tmp_path / "a.png", ExportOptions(blur="all"))
    before, after = cv2.imread(str(shared / "photos" / "t1.jpg")), cv2.imread(str(tmp_path / "a.png"))
    assert before.shape == after.shape
    assert 0.02 < (np.abs(before.astype(int) - after).max(2) > 20).mean() < 0.6


def test_faces_that_leave_and_none(model_path: str, shared: Path, tmp_path: Path) -> None:
    options = AnalysisOptions(model=model_path)
    work = [Job(shared / "clips" / name, tmp_path / name) for name in ("face_noface.mov", "no_face.mp4")]
    assert all(not outcome.error for outcome in analyse_all(work, options))
    rows = read_csv(tmp_path / "face_noface.mov")
    assert rows[0]["person"] == "1"
    assert rows[-1]["flags"] == "no_face"
    left_s = max(float(row["time_s"]) for row in rows if row["person"])
    assert sum(float(row["time_s"]) > left_s for row in rows) > 50
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


def test_a_picture_that_was_interrupted_is_read_once(model_path: str, tmp_path: Path) -> None:
    path = tmp_path / "face.png"
    image = DemoSource().read()
    assert image is not None
    cv2.imwrite(str(path), image.image)
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        analyse(path, tmp_path / "whole", recognizer, options)
        with pytest.raises(Stopped):
            analyse(path, tmp_path / "broken", recognizer, options, should_stop=lambda: True)
        analyse(path, tmp_path / "broken", recognizer, options)
    assert (tmp_path / "broken" / "faces.csv").read_bytes() == (tmp_path / "whole" / "faces.csv").read_bytes()


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


def test_formulas_are_harmless() -> None:
    assert [escape_formula(t) for t in ("=1+1", "+1", "-1", "@x", "\tx", "fine", "")] == [
        "'=1+1", "'+1", "'-1", "'@x", "'\tx", "fine", "",
    ]  # fmt: skip


def test_files_folders_and_patterns(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.MOV", "c.txt", "sub/a.mp4", "[x].mp4"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert [p.name for p in expand_paths([str(tmp_path)])] == ["[x].mp4", "a.mp4", "b.MOV"]
    assert [p.name for p in expand_paths([str(tmp_path / "*.mp4"), str(tmp_path / "a.mp4")])] == ["[x].mp4", "a.mp4"]
    assert [p.name for p in expand_paths([str(tmp_path / "[x].mp4")])] == ["[x].mp4"]
    with pytest.raises(MienError, match="does not exist"):
        expand_paths([str(tmp_path / "nothing*")])
    both = jobs([tmp_path / "a.mp4", tmp_path / "sub" / "a.mp4", tmp_path / "a.mov"], tmp_path)
    assert [job.session.name for job in both] == ["a.mp4", "a.mp4-2", "a.mov"]


def test_work_that_runs_ahead() -> None:
    read: list[int] = []

    def numbers() -> Iterator[int]:
        for i in range(100):
            yield i
            if i == 50:
                raise ValueError("fifty")

    with pytest.raises(ValueError, match="fifty"), prefetch(numbers(), 2, "t") as items:
        read.extend(items)
    assert read == list(range(51))
    with prefetch(iter(range(10**9)), 2, "t") as items:
        assert next(items) == 0
    assert "t" not in [thread.name for thread in threading.enumerate()]  # leaving early ends it


def test_cluster_does_a_lost_workers_file_again(
    model_path: str, session: Path, demo_video: Path, tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed")
    from mien.analysis.cluster import analyse_on_cluster

    copies = [tmp_path / f"{i}.mp4" for i in range(4)]
    for copy in copies:
        shutil.copy(demo_video, copy)
    options = AnalysisOptions(model=model_path)
    settings = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with distributed.LocalCluster(**settings) as cluster:
        outcomes = []
        for outcome in analyse_on_cluster(jobs(copies, tmp_path / "out"), options, cluster.scheduler_address):
            outcomes.append(outcome)
            if len(outcomes) == 1:
                busy = next(iter(cluster.workers.values()))
                os.kill(busy.pid, 9)
    assert [outcome.error for outcome in outcomes] == [""] * 4
    for i in range(4):
        for name in TABLES:
            assert (tmp_path / "out" / str(i) / name).read_bytes() == (session / name).read_bytes()
    assert main(["analyze", str(copies[0]), "--out", str(tmp_path), "--cluster", "tcp://127.0.0.1:1"]) == 2
