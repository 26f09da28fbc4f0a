"""What is kept of an analysis that was interrupted is damaged: it begins again, and nothing else is lost."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import write_demo

from mien.analysis import frame_selection
from mien.analysis.analyse import Stopped, analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.session.folder import CSV, UNFINISHED

DAMAGES: tuple[Callable[[dict[str, Any]], object], ...] = (
    lambda kept: kept.pop("gallery"),
    lambda kept: kept.update(gallery=[1]),
    lambda kept: kept.update(gallery={"x": {"looks": "%"}}),
    lambda kept: kept["gallery"]["1"].update(looks="AAAA"),
    lambda kept: kept.update(following=None),
    lambda kept: kept["following"]["tracker"].update(tracks=[[1, [0.0], 0, 0.0, ["a", {}]]]),
    lambda kept: kept["following"].update(detector=[{}, "a", [[[1], 2]], 3]),
    lambda kept: kept.update(reading={"1": [0.0, [1.0, 2.0, 3.0]]}),
    lambda kept: kept.update(frames="many"),
    lambda kept: kept.update(last_frame=2**62),
)


@pytest.mark.slow
def test_damaged_progress_is_begun_again(
    model_path: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame_selection, "CHUNK", 2)
    write_demo(tmp_path / "a.mp4", 4, 160, 120)
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options, threads=1) as recognizer:
        analyse(tmp_path / "a.mp4", tmp_path / "whole", recognizer, options)
        whole = (tmp_path / "whole" / CSV).read_bytes()
        with pytest.raises(Stopped):
            analyse(tmp_path / "a.mp4", tmp_path / "part", recognizer, options, should_stop=lambda: True)
        for number, damage in enumerate(DAMAGES):
            own = shutil.copytree(tmp_path / "part", tmp_path / str(number))
            path = own / UNFINISHED / "progress.json"
            kept = json.loads(path.read_bytes())
            damage(kept)
            path.write_text(json.dumps(kept))
            caplog.clear()
            analyse(tmp_path / "a.mp4", own, recognizer, options)
            assert (own / CSV).read_bytes() == whole, number
            assert "begins again" in caplog.text, number
