import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.conftest import write_demo
from tests.core.video.clips import write_clip

from mien.analysis.analyse import Stopped, analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.session.folder import MANIFEST, remove_session
from mien.session.journal import Journal
from mien.session.library import SessionState, list_sessions

DATA = Path(__file__).parents[2] / "data" / "sessions"


def test_sessions_are_listed_whatever_their_state(model_path: str, tmp_path: Path) -> None:
    options = AnalysisOptions(model=model_path, every=2)
    write_demo(tmp_path / "a.mp4", 6)
    out = tmp_path / "sessions"
    with recognizer_for(options, threads=1) as recognizer:
        analyse(tmp_path / "a.mp4", out / "whole", recognizer, options)
        with pytest.raises(Stopped):
            analyse(tmp_path / "a.mp4", out / "part", recognizer, options, should_stop=lambda: True)
    shutil.copytree(out / "whole", out / "damaged")
    (out / "damaged" / MANIFEST).write_text("{")
    (out / "whole" / "review.json").write_text(json.dumps({"names": {"1": "Ada"}}))
    (out / "notes").mkdir()
    with Journal(out / "cut off", ["frame"]) as journal:
        journal.commit(recording=True, source="Camera 0", seconds=3.0, model="light")
    for number, length in enumerate(("long", None, [3], 1e300, -4)):
        with Journal(out / "others" / str(number), ["frame"]) as journal:
            journal.commit(recording=bool(number % 2), seconds=length, length_s=length, last_time_s=3.0)
    assert [entry.length_s for entry in list_sessions([out / "others"])] == [0, 0, 0, 0, 0]

    found = {entry.folder.name: entry for entry in list_sessions([out, out / "whole", tmp_path / "gone"])}
    assert {name: entry.state for name, entry in found.items()} == {
        "whole": SessionState.FINISHED,
        "part": SessionState.ANALYSIS,
        "damaged": SessionState.DAMAGED,
        "cut off": SessionState.RECORDING,
    }
    cut = found["cut off"]
    assert (cut.source, cut.recorded, cut.length_s, cut.model) == ("Camera 0", True, 3.0, "light")
    whole, part = found["whole"], found["part"]
    assert (whole.source, whole.names, whole.recorded) == (str(tmp_path / "a.mp4"), ("Ada",), False)
    assert whole.length_s > 0
    assert (part.source, part.model) == (str(tmp_path / "a.mp4"), model_path)
    assert part.options is not None
    assert AnalysisOptions(**{**part.options, "model": part.model}) == options  # it can go on


def test_what_is_done_of_a_stream_counts_from_its_first_frame(model_path: str, tmp_path: Path) -> None:
    write_clip(
        tmp_path / "late.ts", [np.full((64, 64, 3), grey, np.uint8) for grey in range(0, 200, 8)], start_s=9000.0
    )
    options = AnalysisOptions(model=model_path, start_s=0.1)
    with recognizer_for(options, threads=1) as recognizer, pytest.raises(Stopped):
        analyse(tmp_path / "late.ts", tmp_path / "part", recognizer, options, should_stop=lambda: True)
    (part,) = list_sessions([tmp_path])
    assert 0.1 < part.length_s < 1


def test_removing_takes_all_of_miens_and_nothing_else(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA / "analysed", tmp_path / "s"))
    for name in ("faces.fex.parquet", "annotated.mp4", "blurred-all.mp4", "blurred-others-1.png", "review.json"):
        (folder / name).touch()
    for name in (".0123456789abcdef.tmp", "people/.0123456789abcdef.tmp", "unfinished/rows.csv"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    for name in ("notes.txt", "annotated.mov"):  # the latter is what was analysed
        (folder / name).touch()
    (tmp_path / "theirs").touch()
    if os.name == "posix":
        (folder / "blurred-link.mp4").symlink_to(tmp_path / "theirs")
    remove_session(folder, of=folder / "annotated.mov")
    assert sorted(path.name for path in folder.iterdir()) == ["annotated.mov", "notes.txt"]
    remove_session(folder, of=folder / "annotated.mov")  # it is no session any more
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s", "theirs"]
    alone = Path(shutil.copytree(DATA / "unfinished-analysis", tmp_path / "alone"))
    remove_session(alone, of=tmp_path / "none")
    assert not alone.exists()
