"""`mien live --headless --send`: from the source to another program, until it is stopped."""

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.app.startup.test_ending import posix
from tests.conftest import write_demo

from mien.cli.main import main
from mien_app.__main__ import LIVE
from mien_app.startup import command


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_lines_on_the_standard_output_and_all_else_beside_it(
    model_path: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["live", "--headless", "--source", "demo:2", "--model", model_path, "--out", str(tmp_path)]
    assert main([*words, "--send", "json", "--frames", "6"], extra=LIVE) == 0
    out, said = capfd.readouterr()
    frames = [json.loads(line) for line in out.splitlines()]
    assert len(frames) == 6
    assert [frame["t"] for frame in frames] == [frame["frame"] / 25 for frame in frames]  # the demo's own times
    assert all(sum(face["probabilities"].values()) == pytest.approx(1, abs=1e-3) for face in frames[-1]["faces"])
    rows = rows_of(tmp_path / "faces.csv")
    sent = [(frame["frame"], face["person"], face["label"]) for frame in frames for face in frame["faces"]]
    assert [(int(row["frame"]), int(row["track"]), row["label"]) for row in rows if row["track"]] == sent
    assert "Sending to the standard output. Ctrl+C ends it." in said
    assert "6 frames sent, 0 dropped" in said


@pytest.mark.slow
@posix
def test_it_goes_on_until_it_is_told_to_end(model_path: str, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "mien_app", "live", "--headless", "--send", "json", "--model", model_path]
    table = tmp_path / "faces.csv"
    with subprocess.Popen(
        [*words, "--out", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        frames = [json.loads(process.stdout.readline())["frame"] for _ in range(5)]
        deadline = time.monotonic() + 30
        while len(rows_of(table)) < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert [int(row["frame"]) for row in rows_of(table)[:5]] == frames  # while it runs
        process.terminate()
        rest, said = process.communicate()
    assert process.returncode == 130
    assert said.splitlines()[-1] == "mien: stopped."
    assert "Traceback" not in said
    frames += [json.loads(line)["frame"] for line in rest.splitlines()]  # no line is cut
    assert frames == sorted(frames)


@posix
def test_it_ends_when_nobody_reads_any_more(
    model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "w") as output:
        monkeypatch.setattr(sys, "stdout", output)
        words = ["live", "--headless", "--send", "json", "--model", model_path, "--out", str(tmp_path)]
        assert main(words, extra=LIVE) == 2
        monkeypatch.undo()
    assert "Nothing is sent any more: Broken pipe." in capsys.readouterr().err


def test_a_file_is_sent_to_its_end(model_path: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    times = write_demo(tmp_path / "film.mp4", 8)
    words = ["live", "--headless", "--send", "json", "--source", str(tmp_path / "film.mp4"), "--model", model_path]
    assert main([*words, "--out", str(tmp_path)], extra=LIVE) == 0
    assert json.loads(capfd.readouterr().out.splitlines()[-1])["t"] == pytest.approx(times[-1], abs=1e-3)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--send-to", "9000"], "--send-to needs --send."),
        (["--headless", "--send", "osc", "--send-origin", "http://a"], "--send-origin needs --send web."),
        (["--headless", "--send", "json", "--send-to", "9000"], "'json' takes no address."),
    ],
)
def test_options_that_do_not_go_together(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["live", *words, "--out", str(tmp_path)], extra=LIVE) == 2
    assert capsys.readouterr().err == f"mien: {said}\n"


@pytest.mark.parametrize(
    "words", [["--send", "json"], ["--frames", "3"], ["--max-faces", "2"], ["--out", "."], ["--pose"]]
)
def test_with_a_window_they_are_chosen_there(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "has_display", lambda: True)
    assert main(["live", *words], extra=LIVE) == 2
    assert capsys.readouterr().err == f"mien: {words[0]} needs --headless.\n"
