"""Names that files may have, and consoles that cannot print them."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from mien.analysis.inputs import expand_paths, jobs
from mien.cli.main import main
from mien.errors import MienError
from mien.session.manifest import read_manifest
from mien.sources import DemoSource
from mien.sources.address import path_of

BROKEN = os.fsdecode(b"caf\xe9.png")
ODD = [
    "..png",
    "...png",
    "....png",
    "-x.png",
    "--out.png",
    "~.png",
    "~nobody.png",
    "12:30.png",
    "a:b:c.png",
    "two\nlines.png",
    "tab\tand \x1b[31mred.png",
    "grün 圖 \U0001f600.png",
    BROKEN,
    os.fsdecode(b"\xff\xfe.png"),
    "x" * 251 + ".png",
    "圖" * 83 + ".png",
]
linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow these names")


@pytest.fixture
def picture() -> bytes:
    small = cv2.resize(DemoSource().draw(0.0), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".png", small)[1].tobytes()


@linux
def test_sessions_lie_in_the_folder_that_was_given_each_in_its_own() -> None:
    out = Path("/somewhere/out")
    made = jobs([Path("/in") / name for name in [*ODD, "...", "a/...", ". .", "b/x.mp4", "c/x.mp4"]], out)
    assert len({job.session for job in made}) == len(made)
    for job in made:
        assert Path(os.path.normpath(job.session)).parent == out
        assert job.session.name.isprintable()
        assert len(os.fsencode(job.session.name)) <= 255
    assert [job.session.name for job in made[:3]] == ["..png", "...png", "....png"]


@linux
def test_whatever_a_file_is_called(
    picture: bytes, model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, out = tmp_path / "in", tmp_path / os.fsdecode(b"out \xe9")
    inputs.mkdir()
    for name in ODD:
        (inputs / name).write_bytes(picture)
    monkeypatch.chdir(inputs)
    words = ["--model", model_path, "--out", str(out), "--json", str(tmp_path / "r.json"), "--columns", "fex"]
    assert main(["analyze", *words, "--", *ODD]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == len(ODD)
    assert said.out.replace("\n", "").isprintable()
    results = json.loads((tmp_path / "r.json").read_bytes())
    assert [Path(result["input"]).name for result in results] == ODD
    assert len(list(out.iterdir())) == len(ODD)
    for result in results:
        session = Path(result["session"])
        assert read_manifest(session).input.path == str(Path(result["input"]).resolve())
        assert len(list((session / "people").iterdir())) == 1
    assert main(["analyze", *words, "--", *ODD]) == 0  # all of them are known again
    assert capsys.readouterr().out.count("already analysed") == len(ODD)


@linux
def test_a_video_whose_name_looks_like_an_address(
    model_path: str,
    demo_video: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = "http:camera.mp4"
    (tmp_path / name).write_bytes(demo_video.read_bytes())
    words = ["analyze", name, "--model", model_path, "--out", "out", "--end", "0.2", "--annotated"]
    monkeypatch.chdir(tmp_path)
    assert main(words) == 0
    assert (tmp_path / "out" / "http:camera" / "annotated.mp4").is_file()
    assert capsys.readouterr().out.rstrip().endswith("http:camera, annotated.mp4")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1:strict", "ascii", "utf-8:strict", "cp437"])
def test_a_console_that_cannot_print_a_name(encoding: str) -> None:
    words = [sys.executable, "-m", "mien", "models", "圖 \udce9 \n \x1b[31m"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"mien: No model is called '")
    assert done.stderr.count(b"\n") == 1
    assert done.stderr.decode(encoding.partition(":")[0]).rstrip("\n").isprintable()


@pytest.mark.parametrize("words", [["analyze", "", "--out", "out"], ["snapshot", "", "--out", "out.png"]], ids=str)
def test_an_empty_name_is_not_the_folder_one_is_in(
    words: list[str],
    picture: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.png").write_bytes(picture)
    assert main(words) == 2
    assert capsys.readouterr().err.startswith("mien: The name of what to read is empty.")
    assert os.listdir() == ["a.png"]


def test_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert path_of("~nobody-here/x") == Path("~nobody-here/x")
    assert path_of("~/x") == Path.home() / "x"
    Path("~").mkdir()
    assert path_of("~") == Path("~")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_said(
    tmp_path: Path,
    model_path: str,
    picture: bytes,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "gone.mp4").symlink_to("nothing")
    (tmp_path / "loop.png").symlink_to("loop.png")
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "sub").mkdir()
    wrong = {
        "gone.mp4": "is a link that leads to nothing",
        "loop.png": "is a link that leads to nothing",
        "pipe.mp4": "is no file",
        "*.nothing": "does not exist",
        "su*": "matches no file",
        "*.mp4": "matches no file",
        "~nobody.mp4": "does not exist",
    }
    reading, writing = os.pipe()  # as a shell's <(...) is, and what stands before a | at /dev/stdin
    wrong |= {f"/dev/fd/{reading}": "is no file", "/dev/null": "is no file", "/dev/zero": "is no file"}
    for name, why in wrong.items():
        path = str(tmp_path / name)
        assert main(["analyze", path, "--model", model_path, "--out", str(tmp_path / "out")]) == 2, name
        assert why in capsys.readouterr().err
        if "*" not in name:
            assert main(["snapshot", path, "--model", model_path, "--out", str(tmp_path / "s.png")]) == 2, name
            assert why in capsys.readouterr().err
    os.close(reading)
    os.close(writing)
    assert not (tmp_path / "out").exists()
    with pytest.raises(MienError, match="no videos or pictures"):
        expand_paths([str(tmp_path)])
    (tmp_path / "face.png").write_bytes(picture)
    caplog.clear()
    assert expand_paths([str(tmp_path)]) == [tmp_path / "face.png"]
    said = [f"{tmp_path / name} leads to no file and is left out." for name in ("gone.mp4", "loop.png", "pipe.mp4")]
    assert sorted(caplog.messages) == said


@linux
def test_a_file_at_the_standard_input_is_read_with_its_own_name(
    tmp_path: Path, model_path: str, picture: bytes
) -> None:
    (tmp_path / "face.png").write_bytes(picture)
    before = os.dup(0)
    try:
        with (tmp_path / "face.png").open("rb") as file:
            os.dup2(file.fileno(), 0)
        assert main(["analyze", "/dev/stdin", "--model", model_path, "--out", str(tmp_path / "o")]) == 0
    finally:
        os.dup2(before, 0)
        os.close(before)
    (made,) = (tmp_path / "o").iterdir()
    source = read_manifest(made).input
    assert (source.path, source.size) == (str(tmp_path / "face.png"), len(picture))
    assert source.sha256 == hashlib.sha256(picture).hexdigest()


@pytest.mark.skipif(sys.platform == "win32", reason="links are another matter there")
def test_a_link_in_a_sessions_place_is_not_followed(
    tmp_path: Path, model_path: str, picture: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.png").write_bytes(picture)
    (tmp_path / "elsewhere" / "people").mkdir(parents=True)
    (tmp_path / "elsewhere" / "session.json").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").symlink_to(tmp_path / "elsewhere")
    words = ["analyze", str(tmp_path / "a.png"), "--model", model_path, "--out", str(tmp_path / "out")]
    for more in ([], ["--replace"]):
        assert main([*words, *more]) == 2
        assert "is a link to somewhere else" in capsys.readouterr().err
    assert (tmp_path / "elsewhere" / "session.json").read_text() == "mine"
    (tmp_path / "out" / "a").unlink()
    (tmp_path / "out" / "a").mkdir()
    (tmp_path / "out" / "a" / "people").symlink_to(tmp_path / "elsewhere" / "people")
    assert main(words) == 2
    assert list((tmp_path / "elsewhere" / "people").iterdir()) == []
