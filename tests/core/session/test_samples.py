"""An even rate, and what says what it is."""

import gzip
import json
from pathlib import Path

import pandas
import pytest
from tests.core.session.made_sessions import CLASSES, made

from mien.cli.main import main
from mien.errors import MienError
from mien.session.export.samples import SAMPLES
from mien.session.session import Session


def test_each_moment_has_the_frame_that_is_shown(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "nhh", ".==")
    session.keep(session.edits.named(2, "Bo"))
    out = tmp_path / "film_physio.tsv.gz"
    assert main(["export", str(session.folder), "--rate", "8", "--range", "0", "0.7", "--out", str(out)]) == 0
    about = json.loads((tmp_path / "film_physio.json").read_text())
    assert (about["SamplingFrequency"], about["StartTime"]) == (8, 0)
    names = [*CLASSES, "reliability"]
    assert about["Columns"] == [f"person{n}_{name}" for n in (1, 2) for name in names]
    assert "Bo" in about["person2_neutral"]["Description"]
    table = pandas.read_csv(out, sep="\t", header=None, names=about["Columns"], na_values="n/a")
    assert table["person1_happiness"].tolist() == [0.1, 0.1, 0.8, 0.8, 0.8, 0.8]
    assert table["person2_=sum"].isna().tolist() == [True, True, False, False, False, False]
    first = out.read_bytes()
    SAMPLES.export(session, out)
    assert gzip.decompress(out.read_bytes()).count(b"\n") == 23  # 0.75 s at 30 a second, the last one begun
    assert main(["export", str(session.folder), "--rate", "8", "--range", "0", "0.7", "--out", str(out)]) == 0
    assert out.read_bytes() == first


def test_where_nobody_is_there_is_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, out = made(tmp_path / "s", "..n"), tmp_path / "film.tsv.gz"
    words = ["export", str(session.folder), "--samples", "--out", str(out)]
    assert main([*words, "--range", "0", "0.4"]) == 0
    assert "with nothing in it" in capsys.readouterr().out
    assert set(gzip.decompress(out.read_bytes()).decode().split()) == {"n/a"}
    monkeypatch.setattr(Session, "people", lambda _: [])  # as in a film without a face
    assert main(words) == 0
    assert "with nothing in it" in capsys.readouterr().out
    assert gzip.decompress(out.read_bytes()) == b""
    assert json.loads((tmp_path / "film.json").read_text())["Columns"] == []


def test_the_file_beside_it_is_not_the_sessions_own(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "n")
    before = (session.folder / "session.json").read_bytes()
    with pytest.raises(MienError, match="the session's own"):
        SAMPLES.export(session, session.folder / "session.tsv.gz")
    assert (session.folder / "session.json").read_bytes() == before
    assert not (session.folder / "session.tsv.gz").exists()


def test_a_session_is_a_data_frame(tmp_path: Path) -> None:
    session = made(tmp_path / "s", "n.h", ".=.")
    session.keep(session.edits.named(2, "Bo").split(1, 2, 3))
    frame = session.to_pandas()
    assert frame["person"].tolist() == [1, 2, 3]
    assert frame["name"].tolist() == ["Person 1", "Bo", "Person 3"]
    assert frame["p_happiness"].tolist() == pytest.approx([0.1, 0.1, 0.8])
    assert frame["label"].tolist() == ["neutral", "=sum", "happiness"]
    assert frame["why"].isna().all()
