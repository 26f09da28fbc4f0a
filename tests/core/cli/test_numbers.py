"""Every number of every command: what is no number, or out of its range, is one line and exit code 2."""

import argparse
import json
from pathlib import Path

import pytest

from mien.analysis.options import AnalysisOptions
from mien.cli import numbers
from mien.cli.main import COMMANDS, Command, main, make_parser
from mien.errors import MienError
from mien.recognition.settings import RecognizerSettings
from mien_app.__main__ import LIVE

ALL: dict[str, Command] = {**LIVE, **COMMANDS}


def numbers_of(name: str) -> list[str]:
    """The options of a command that take a number, found by trying: a word is refused, and 5 or .9 is not."""
    found = []
    groups = make_parser(ALL, name)._subparsers
    assert groups is not None
    (group,) = (action for action in groups._actions if isinstance(action, argparse._SubParsersAction))
    for action in group.choices[name]._actions:
        if action.type in (None, Path) or not action.option_strings:
            continue
        try:
            action.type("x")  # type: ignore[operator]
        except argparse.ArgumentTypeError as error:
            if "number" in str(error):
                found.append(action.option_strings[0])
    return found


@pytest.mark.parametrize("text", ["foo", "localhost:3000", "http://", "http://a/page", "http://a b", "Null"])
def test_what_is_no_web_site(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is no site"):
        numbers.origin(text)


def test_web_sites_are_named_as_browsers_do() -> None:
    assert [numbers.origin(text) for text in ("http://localhost:3000/", "https://a.example", "null")] == [
        "http://localhost:3000",
        "https://a.example",
        "null",
    ]


EVERY = [(name, option) for name in ALL for option in numbers_of(name)]


def test_all_numbers_are_known() -> None:
    assert {name: [option for own, option in EVERY if own == name] for name in ALL} == {
        "live": ["--memory-check", "--stall-check", "--frames", "--max-faces", "--send-to", "--rotate"],
        "analyze": ["--every", "--start", "--end", "--smoothing", "--coverage", "--max-faces", "--rotate", "--threads"],
        "examine": [],
        "train": ["--epochs", "--batch-size", "--learning-rate", "--seed", "--limit"],
        "evaluate": ["--size", "--coverage"],
        "reproduce": ["--epochs", "--batch-size", "--limit"],
        "models": [],
        "snapshot": ["--time", "--max-faces", "--rotate"],
        "export": ["--range", "--min", "--rate"],
        "bench": ["--frames", "--send", "--repeats", "--threads"],
        "completion": [],
    }


@pytest.mark.parametrize("name", ALL)
def test_no_number_is_taken_without_a_look_at_its_range(name: str) -> None:
    groups = make_parser(ALL, name)._subparsers
    assert groups is not None
    (group,) = (action for action in groups._actions if isinstance(action, argparse._SubParsersAction))
    assert not [action.dest for action in group.choices[name]._actions if action.type in (int, float)]


@pytest.mark.parametrize(("name", "option"), EVERY)
def test_what_is_out_of_range(name: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    for value in ("nan", "inf", "-inf", "-2", "-5", "1e999", "x", "", "9" * 5000):
        pair = option == "--range"  # which argparse takes for options where they begin with a minus
        if pair and value.startswith("-"):
            continue
        with pytest.raises(SystemExit) as left:
            main([name, *([option, value, value] if pair else [f"{option}={value}"])], extra=LIVE)
        assert left.value.code == 2
        said = capsys.readouterr().err
        assert said.startswith(f"mien: argument {option}: {value!r} is no ")
        assert said.endswith(f"See `mien {name} --help`.\n")
        assert said.count("\n") == 1


@pytest.mark.parametrize("who", ["others:1/../x", "nobody", "others:", "others:" + "9" * 5000])
def test_whom_to_blur_is_looked_at_first(who: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["analyze", "a.mp4", "--out", "o", "--blur", who])
    assert "does not say whom to blur" in capsys.readouterr().err


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -5.0])
def test_the_library_checks_them_too(bad: float) -> None:
    for name in ("start_s", "end_s", "smoothing_s", "coverage"):
        with pytest.raises(MienError):
            AnalysisOptions(**{name: bad})
    for name in ("smoothing_s", "coverage", "min_face_score", "min_confidence"):
        with pytest.raises(MienError):
            RecognizerSettings(**{name: bad})
    for kind in (AnalysisOptions, RecognizerSettings):
        with pytest.raises(MienError):
            kind(max_faces=0)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("every", 0),
        ("every", 2.5),
        ("max_faces", 0),
        ("max_faces", 2.5),
        ("start_s", -1.0),
        ("end_s", 0.0),
        ("smoothing_s", -1.0),
        ("coverage", 2.0),
        ("rotate", 45),
        ("columns", "x"),
        ("landmarks", True),
    ],
)
def test_the_library_names_its_own_options(name: str, bad: object) -> None:
    with pytest.raises(MienError, match=name) as told:
        AnalysisOptions(**{name: bad})
    assert "--" not in str(told.value)


def test_an_end_before_the_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(tmp_path), "--out", str(tmp_path), "--start", "5", "--end", "5"]) == 2
    assert capsys.readouterr().err == "mien: --end must be after --start.\n"


def test_figures_that_are_no_number_become_null(tmp_path: Path) -> None:
    from mien.utils.json_io import write_json

    write_json(tmp_path / "f.json", {"a": float("nan"), "b": [1.5, float("inf")], "c": {"d": (-float("inf"), "x")}})
    text = (tmp_path / "f.json").read_text()
    assert json.loads(text, parse_constant=pytest.fail) == {"a": None, "b": [1.5, None], "c": {"d": [None, "x"]}}


def test_where_to_send() -> None:
    assert numbers.host_and_port("9000") == ("", 9000)
    assert numbers.host_and_port("studio.local:7400") == ("studio.local", 7400)
    assert numbers.host_and_port("[::1]:7400") == ("::1", 7400)
    for text in ("", "studio", ":9000", "::1:9000", "9000:", "127.0.0.1:0", "127.0.0.1:65536"):
        with pytest.raises(argparse.ArgumentTypeError):
            numbers.host_and_port(text)


@pytest.mark.parametrize("text", ["1920", "1920x", "0x0", "63x480", "640x9000", "640x480x3", "640 x 480"])
def test_sizes_that_are_none(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is no size such as 1920x1080"):
        numbers.size(text)


def test_a_size() -> None:
    assert numbers.size("1920x1080") == (1920, 1080)
