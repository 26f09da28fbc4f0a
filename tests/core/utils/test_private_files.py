"""What Mien makes is for its owner alone, whatever the umask."""

import os
import stat
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from tests.conftest import write_demo
from tests.core.sending.received import recognition, wait_for

from mien.analysis.analyse import Stopped, analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.cli.main import main
from mien.curation.add_face import Sample, add
from mien.models.cards import read_card
from mien.session.edits import Edits, write_edits
from mien.session.recorder import Recorder
from mien.training.event_log import EventLog
from mien.types import Frame
from mien.utils.files import make_file, make_folder, write_atomic

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights by folder")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct, autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def open_to_others(root: Path) -> list[str]:
    """What somebody else may read, write or list."""
    paths = [root, *root.rglob("*")]
    return [str(path) for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_files_and_folders(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a" / "b" / "c.txt", b"x")
    make_folder(tmp_path / "a" / "d" / "e")
    make_file(tmp_path / "a" / "f")
    assert open_to_others(tmp_path / "a") == []
    assert stat.S_IMODE((tmp_path / "a" / "d").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "b" / "c.txt").stat().st_mode) == 0o600


def test_what_a_person_has_opened_to_others_stays_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomic(path, b"new")
    make_file(path)
    make_folder(tmp_path)
    assert [stat.S_IMODE(own.stat().st_mode) for own in (path, tmp_path)] == [0o640, 0o755]
    assert path.read_bytes() == b"new"


def test_a_folder_that_must_be_new(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        make_folder(tmp_path, exist_ok=False)


def test_a_recording_with_its_video_and_pictures(model_path: str, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "x" / "r", read_card(model_path), source="Demo", runs_on="")
    for i in range(20):
        frame = Frame(i, i / 25, np.full((96, 128, 3), 90, np.uint8))
        recorder.add_frame(frame)
        recorder.add_recognition(frame, recognition(i))
        wait_for(lambda i=i: recorder.classified == i + 1)  # nothing is dropped
    recorder.stop()
    recorder.join(30)
    written = {path.name for path in (tmp_path / "x" / "r").rglob("*")}
    assert {"video.mp4", "faces.parquet", "person-1.jpg"} <= written
    assert open_to_others(tmp_path / "x") == []


def test_a_dataset_in_a_folder_of_the_persons(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(0o755)
    picture = np.zeros((48, 48, 3), np.uint8)
    for label in ("a", "b"):
        add(tmp_path / "data", label, Sample(picture, "Camera", 1.0, 1, 48.0, datetime.now()))
    assert set(open_to_others(tmp_path / "data")) <= {str(tmp_path / "data")}


def test_edits_and_events(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir(0o700)
    write_edits(tmp_path / "s", Edits(names={1: "Anna"}))
    EventLog(tmp_path / "s", 0).close()
    assert open_to_others(tmp_path / "s") == []


@pytest.mark.parametrize("umask", [0], indirect=True)
def test_an_analysis_while_it_runs_and_when_it_has_ended(model_path: str, tmp_path: Path) -> None:
    write_demo(video := tmp_path / "video.mp4", 60)
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options, threads=1) as recognizer:
        asked = iter(range(100))
        with pytest.raises(Stopped):
            analyse(video, tmp_path / "out" / "s", recognizer, options, should_stop=lambda: next(asked) == 1)
        assert list((tmp_path / "out" / "s" / "unfinished").glob("*.jpg"))
        assert open_to_others(tmp_path / "out") == []
        analyse(video, tmp_path / "out" / "s", recognizer, options)
    assert (tmp_path / "out" / "s" / "session.json").is_file()
    assert open_to_others(tmp_path / "out") == []


def test_what_libraries_write_from_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    (tmp_path / "by a library").write_text("x")
    assert open_to_others(tmp_path / "by a library") == []
