"""`mien export`."""

import shutil
from pathlib import Path

import pandas
import pytest

from mien.cli.main import main


@pytest.fixture
def two(session: Path, tmp_path: Path) -> list[str]:
    """Two sessions, a and b."""
    return [str(shutil.copytree(session, tmp_path / name)) for name in "ab"]


def test_the_ending_says_what_is_written(two: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made" / "rows.csv"
    assert main(["export", two[0], "--out", str(out), "--range", "1", "2"]) == 0
    assert capsys.readouterr().out == f"a: {out}\n"
    assert pandas.read_csv(out)["time_s"].between(1, 2, inclusive="left").all()
    assert main(["export", two[0], "--out", str(tmp_path / "p.png")]) == 0
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


def test_that_nothing_lies_in_a_range_is_said(
    two: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rows.csv"
    assert main(["export", two[0], "--out", str(out), "--range", "1000", "2000"]) == 0
    assert capsys.readouterr().out.startswith(f"a: {out}, with nothing in it: the session's frames are from 0.0")


def test_several_sessions_get_a_file_each(two: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", *two, "--out", str(tmp_path / "{}-rows.csv"), "--decimal", ","]) == 0
    assert pandas.read_csv(tmp_path / "b-rows.csv", sep=";", decimal=",")["time_s"].dtype == float
    assert main(["export", *two, str(tmp_path / "gone"), "--out", str(tmp_path / "{}.csv")]) == 1
    assert "gone" in capsys.readouterr().err
    assert (tmp_path / "b.csv").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["A", "--out", "x.doc"], "Choose one of .TextGrid, .csv"),
        (["A", "B", "--out", "x.csv"], "write {} in --out"),
        (["A", "A", "--out", "{}.csv"], "the same name"),
        (["A", "--out", "x.csv", "--range", "2", "1"], "ends before it begins"),
        (["/no/such", "--out", "x.csv"], "no finished session"),
        (["A/session.json", "--out", "x.csv"], "no finished session"),
        ([".", "--out", "x.csv"], "Choose one of them, such as a."),
        (["A", "--samples", "--out", "samples.csv"], "ends with .tsv.gz"),
        (["A", "--rate", "10", "--out", "x.tsv"], "It belongs to --samples."),
        (["A", "--min", "1", "--out", "x.csv"], "It belongs to --intervals and --elan and --praat."),
        (["A", "--blur", "all", "--out", "x.png"], "It belongs to --video."),
    ],
)
def test_a_mistake_is_one_line_and_writes_nothing(
    words: list[str],
    said: str,
    two: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    filled = [{"A": two[0], "B": two[1], "A/session.json": f"{two[0]}/session.json"}.get(word, word) for word in words]
    assert main(["export", *filled]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_snapshot_is_what_its_ending_says(
    model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["snapshot", "demo", "--out", str(tmp_path / "a.jpg"), "--model", model_path]) == 0
    assert (tmp_path / "a.jpg").read_bytes().startswith(b"\xff\xd8\xff")
    assert main(["snapshot", "demo", "--out", str(tmp_path / "a.gif"), "--model", model_path]) == 2
    assert ".png or .jpg" in capsys.readouterr().err
