"""What a person expects of any command line."""

import argparse
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from mien import __version__
from mien.cli.main import COMMANDS, Command, main, make_parser
from mien_app.__main__ import LIVE

ALL: dict[str, Command] = {**LIVE, **COMMANDS}


def said_by(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as left:
        main(words, extra=LIVE)
    return left.value.code, *capsys.readouterr()


def commands() -> dict[str, argparse.ArgumentParser]:
    (group,) = (action for action in make_parser(ALL, *ALL)._actions if isinstance(action, argparse._SubParsersAction))
    return {name: group.choices[name] for name in ALL}


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said_by([option], capsys) == (0, f"mien {__version__}\n", "")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_nobody_reads(option: str) -> None:
    """`mien --help | head -0`."""
    buffered = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    reader, writer = os.pipe()
    os.close(reader)
    words = [sys.executable, "-m", "mien", option]
    run = subprocess.run(words, stdout=writer, stderr=subprocess.PIPE, text=True, env=buffered)
    os.close(writer)
    assert (run.returncode, run.stderr) == (2, "mien: stopped, since nobody reads what is printed.\n")


def test_help_is_a_command_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert said_by(["help"], capsys) == said_by(["--help"], capsys)
    assert said_by(["help", "models"], capsys) == said_by(["models", "--help"], capsys)
    assert "--every" in said_by(["help", "analyse"], capsys)[1]


def test_british_spelling(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said_by(["analyse", "--help"], capsys) == said_by(["analyze", "--help"], capsys)
    words = [str(tmp_path / "none.mp4"), "--out", str(tmp_path / "out")]
    assert main(["analyse", *words]) == main(["analyze", *words]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == second
    assert "none.mp4" in first


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("analize", "'analize' is not a command, but 'analyze' is"),
        ("snapshots", "'snapshots' is not a command, but 'snapshot' is"),
        ("hlep", "'hlep' is not a command, but 'help' is"),
        ("xyzzy", "'xyzzy' is not a command"),
    ],
)
def test_the_nearest_command_is_named(word: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([word], [word, "--out", "x"]):
        assert said_by(words, capsys) == (2, "", f"mien: {said}. See `mien --help`.\n")


def test_an_option_that_nobody_knows_names_its_commands_help(capsys: pytest.CaptureFixture[str]) -> None:
    said = "mien: unrecognized arguments: --smooth-out. See `mien analyze --help`.\n"
    assert said_by(["analyse", "a.mp4", "--out", "x", "--smooth-out"], capsys) == (2, "", said)


def test_an_option_in_front_is_told_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--source", "demo"], ["--headless"]):
        code, _, said = said_by(words, capsys)
        assert (code, said.startswith(f"mien: {words[0]} belongs behind a command")) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ["analyze", "a.mp4", "--out", "FILE"],
        ["train", "a", "--out", "FILE"],
        ["evaluate", "a", "--plots", "FILE"],
        ["reproduce", "table1", "--data", "a", "--out", "FILE"],
        ["examine", "a", "--find-faces", "FILE"],
        ["live", "--headless", "--out", "FILE"],
    ],
    ids=lambda words: words[0],
)
def test_a_file_is_no_folder_to_write_into(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "photo.jpg").touch()
    path = str(tmp_path / "photo.jpg")
    code, _, said = said_by([path if word == "FILE" else word for word in words], capsys)
    assert (code, f"{path} is a file. Choose another name for the folder" in said) == (2, True)


@pytest.mark.parametrize("name", ALL)
def test_help_explains_everything_in_80_columns(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, printed, _ = said_by([name, "--help"], capsys)
    lines = printed.splitlines()
    assert code == 0
    assert (
        max(map(len, lines[lines.index("") :])) <= 80
    )  # argparse does not wrap a choice of options in the usage above
    assert [action.dest for action in commands()[name]._actions if not action.help] == []
    assert lines[-1].startswith(f"Example: mien {name} ")  # on one line, to be copied


@pytest.mark.parametrize("name", ALL)
def test_examples_can_be_run_as_written(name: str) -> None:
    parser = commands()[name]
    words = shlex.split((parser.epilog or "").split(">")[0])
    assert words[:3] == ["Example:", "mien", name]
    parser.parse_args(words[3:])  # ends the test where it cannot


def completed(script: Path, words: list[str]) -> list[str]:
    """What bash offers for the last word."""
    ask = (
        f"source {script}; COMP_WORDS=({shlex.join(words)}); COMP_CWORD={len(words) - 1}; "
        '$(complete -p mien | sed -E "s/.*-F ([^ ]+).*/\\1/"); printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True, cwd=script.parent)
    return done.stdout.split()


@pytest.mark.skipif(os.name == "nt", reason="bash")
def test_bash_completes_commands_options_and_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"], extra=LIVE) == 0
    script = tmp_path / "mien.bash"
    script.write_text(capsys.readouterr().out)
    (tmp_path / "film.mp4").touch()
    assert completed(script, ["mien", "an"]) == ["analyze", "analyse"]
    assert completed(script, ["mien", "live", "--hea"]) == ["--headless"]
    assert completed(script, ["mien", "analyze", "fil"]) == ["film.mp4"]
    assert completed(script, ["mien", "analyze", "a.mp4", "--columns", "op"]) == ["openface"]
