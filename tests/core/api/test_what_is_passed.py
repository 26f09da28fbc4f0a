"""Arguments as people write them: what is meant is taken, all else is refused in a line."""

import os
from pathlib import Path

import numpy as np
import pandas
import pytest
from tests.core.session.made_sessions import made

import mien
from mien.analysis.options import AnalysisOptions
from mien.runtimes.base import RuntimeOptions
from mien.utils import paths

PHOTO = paths.assets() / "astronaut.png"


def test_an_address_may_be_a_path_or_a_number() -> None:
    assert mien.open_source(PHOTO).name == "astronaut.png"
    with pytest.raises(mien.MienError, match="Camera 99 cannot be opened"):
        mien.open_source(99)
    with pytest.raises(TypeError, match="NoneType is no address"):
        mien.open_source(None)  # type: ignore[arg-type]


def test_a_videos_path_may_be_a_text(demo_video: Path) -> None:
    with mien.VideoFile(str(demo_video)) as video:
        assert (video.name, video.path) == (demo_video.name, demo_video)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["pipe", "pipe.png"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(mien.MienError, match="It is not a file"):
        mien.read(tmp_path / name)
    with pytest.raises(mien.MienError, match="is no file"):
        mien.VideoFile(tmp_path / name)


@pytest.mark.parametrize("threads", [0, -1, 1.5])
def test_threads_that_cannot_be(threads: float) -> None:
    with pytest.raises(mien.MienError, match="threads must be"):
        RuntimeOptions(threads=threads)  # type: ignore[arg-type]


def test_whole_numbers_that_are_passed_as_fractions_or_by_numpy_are_pythons() -> None:
    settings = mien.RecognizerSettings(max_faces=np.int64(2))
    options = AnalysisOptions(every=2.0, max_faces=np.float64(3))  # type: ignore[arg-type]
    numbers = settings.max_faces, options.every, options.max_faces, RuntimeOptions(threads=1.0).threads  # type: ignore[arg-type]
    assert [repr(number) for number in numbers] == ["2", "2", "3", "1"]


def test_a_sessions_numbers_are_numbers_also_where_no_face_was_found(tmp_path: Path) -> None:
    none, some = (made(tmp_path / name, *rows).to_pandas() for name, rows in (("a", ["..", ".."]), ("b", ["nh", "=="])))
    numbers = some.select_dtypes("number").dtypes
    assert none[numbers.index].dtypes.equals(numbers)
    assert pandas.concat([none, some])["p_neutral"].dtype == np.float64
