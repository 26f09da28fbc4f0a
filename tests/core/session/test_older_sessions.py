"""Session folders that an earlier version wrote: see tests/data/README.md."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from mien.analysis.analyse import Stopped, analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import is_finished, recognizer_for
from mien.models.cards import read_card
from mien.session.edits import Edits, TimeSpan
from mien.session.export.registry import EXPORTERS
from mien.session.folder import UNFINISHED
from mien.session.journal import read_progress
from mien.session.recovery import is_unfinished_recording, recover
from mien.session.session import Session

SESSIONS = Path(__file__).parents[2] / "data" / "sessions"
VIDEO = SESSIONS / "unfinished-recording" / "video.mp4"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy that may be changed."""
    shutil.copytree(SESSIONS, tmp_path / "sessions")
    return tmp_path / "sessions"


def test_a_finished_session_opens_with_its_edits(folder: Path) -> None:
    session = Session(folder / "analysed")
    assert session.people() == [1, 2, 3]
    assert [session.person_name(number) for number in (1, 2, 3)] == ["Ada", "Grâce", "Person 3"]
    made = Edits().named(1, "Ada").named(2, "Grâce").split(2, 15, 3).marked(1.5, "here").marked(0.25)
    assert session.edits == made.with_baseline(1, 0.0, 4.5)
    assert session.edits.baselines == {1: TimeSpan(0.0, 4.5)}
    assert session.baselines[1].seconds == pytest.approx(4.5)
    assert len(session.frame_times) == 18
    assert session.rows.box.shape == (29, 4)
    assert session.rows.sure.all()
    first = session.predictions(0)[0]
    assert (first.label, first.expressions, first.unsure) == ("happiness", (1,), ())
    assert session.face(0, 1) is not None
    assert session.picture(1) is not None
    assert session.video is None  # it lies on the machine of its time
    written = session.edits
    session.keep(written.named(3, "Alan"))
    assert Session(folder / "analysed").edits == written.named(3, "Alan")
    assert EXPORTERS["rows"].export(session, folder / "rows.csv") == 31


def test_its_options_still_count_as_the_same(folder: Path, model_path: str) -> None:
    path = folder / "analysed" / "session.json"
    values = json.loads(path.read_bytes())
    values["options"]["model"] = read_card(model_path).sha256
    values["input"]["path"] = str(VIDEO)
    path.write_text(json.dumps(values))
    assert is_finished(folder / "analysed", VIDEO, AnalysisOptions(model=model_path, smoothing_s=0.3))


def test_a_recording_that_a_crash_ended_is_recovered(folder: Path) -> None:
    crashed = folder / "unfinished-recording"
    assert is_unfinished_recording(crashed)
    made = recover(crashed)
    assert made.counts == {
        "frames": 20, "read": 20, "dropped": 0, "rows": 35, "faces": 33, "tracks": 2, "persons": 2,
    }  # fmt: skip
    assert (crashed / "faces.csv").read_bytes() == (SESSIONS / "recovered.csv").read_bytes()
    session = Session(crashed)
    assert session.edits == Edits().with_baseline(1, 0.0, 4.5)
    assert session.video == crashed / "video.mp4"
    assert session.people() == [1, 2]
    assert sorted(path.name for path in (crashed / "people").iterdir()) == ["person-1.jpg", "person-2.jpg"]
    assert not (crashed / UNFINISHED).exists()


def test_a_recording_that_was_begun_before_there_were_later_columns_is_recovered(folder: Path) -> None:
    crashed = folder / "unfinished-recording"
    rows, progress = crashed / UNFINISHED / "rows.csv", crashed / UNFINISHED / "progress.json"
    whole = list(csv.DictReader(rows.read_text().splitlines()))[:-1]  # without the line that was cut short
    kept = [name for name in whole[0] if name not in ("expressions", "why")]
    with rows.open("w", newline="") as file:
        writer = csv.DictWriter(file, kept, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(whole)
    values = json.loads(progress.read_bytes())
    progress.write_text(json.dumps({**values, "bytes": rows.stat().st_size}))
    recover(crashed)
    session = Session(crashed)
    assert session.people() == [1, 2]
    assert set(session.rows.expressions) == {()}
    assert len(session.rows.track) == 33


def test_an_interrupted_analysis_is_taken_up_again(folder: Path, model_path: str, tmp_path: Path) -> None:
    video, begun = tmp_path / "film.mp4", folder / "unfinished-analysis"
    shutil.copy(VIDEO, video)
    options = AnalysisOptions(model=model_path, smoothing_s=0.3)
    kept = read_progress(begun)
    assert kept is not None
    lines = (begun / UNFINISHED / "rows.csv").read_text().splitlines()
    assert len(lines) == 1 + kept["rows"]
    with recognizer_for(options) as recognizer:
        with pytest.raises(Stopped):  # another machine, file and model: only what says so is taken from it
            analyse(video, tmp_path / "other", recognizer, options, should_stop=lambda: True)
        identity = json.loads((tmp_path / "other" / UNFINISHED / "progress.json").read_bytes())["identity"]
        assert identity.keys() == kept["identity"].keys()
        assert identity["columns"] == kept["identity"]["columns"]
        (begun / UNFINISHED / "progress.json").write_text(json.dumps({**kept, "identity": identity}))
        made = analyse(video, begun, recognizer, options)
    assert made.timings["started"] == kept["started"]
    assert made.counts["frames"] == 18
    assert made.counts["tracks"] == 2  # the same faces, still followed
    assert "left_out" not in made.counts  # nobody knows: the older version did not count them
    session = Session(begun)
    assert session.people() == [1, 2]
    for before, after in zip(_cells(lines), _cells((begun / "faces.csv").read_text().splitlines()), strict=False):
        assert before == {name: after[name] for name in before}


def _cells(lines: list[str]) -> list[dict[str, float | str]]:
    """Numbers as numbers: a journal may have 44 where a table has 44.0."""

    def cell(text: str) -> float | str:
        return float(text) if text[:1].isdigit() else text

    return [{name: cell(text) for name, text in row.items()} for row in csv.DictReader(lines)]
