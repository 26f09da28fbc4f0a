"""What stands in an output's place: it is replaced only where it is a file."""

import os
import stat
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from mien.cli.main import main
from mien.curation.sources_table import append_row
from mien.errors import MienError
from mien.training.event_log import EventLog
from mien.training.folder import EVENTS
from mien.utils.figures import save_figure
from mien.utils.files import write_atomic


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("mine")
    for name, target in (("to a file", other), ("to nothing", tmp_path / "none"), ("to null", Path("/dev/null"))):
        link = tmp_path / name
        link.symlink_to(target)
        with pytest.raises(MienError, match="is a link, which Mien does not write through"):
            write_atomic(link, b"x")
        assert link.is_symlink()
    assert other.read_text() == "mine"
    assert not (tmp_path / "none").exists()


def test_nor_by_figures_and_the_events_of_a_training(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    for name in ("a.png", "a.svg", EVENTS, "sources.csv"):
        (tmp_path / name).symlink_to(other)
    for work in (
        lambda: save_figure(Figure(), tmp_path / "a.png", dpi=100),
        lambda: save_figure(Figure(), tmp_path / "a.svg", dpi=100),
        lambda: EventLog(tmp_path, 0),
        lambda: append_row(tmp_path / "sources.csv", ["x"]),
    ):
        with pytest.raises(MienError, match="is a link"):
            work()
    assert other.read_text() == "mine"
    (tmp_path / "a.png").unlink()
    save_figure(Figure(), tmp_path / "a.png", dpi=100)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_events_that_are_none_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / EVENTS).write_text('[1]\n{"step": "x", "event": 1}\n{"event": "a"}\n{"step": 3, "event": "step"}\n{"st')
    log = EventLog(tmp_path, 5)
    log.close()
    assert log.kept == [{"step": 3, "event": "step"}]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_a_device_and_a_folder_are_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "pipe", tmp_path / "folder", Path("/dev/null")):
        before = path.lstat().st_mode
        with pytest.raises(MienError, match="is no file, and is left as it is"):
            write_atomic(path, b"x")
        assert path.lstat().st_mode == before
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "pipe"]


def test_a_link_in_the_place_of_the_temporary_file_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda _: "known")
    (tmp_path / "other").write_text("mine")
    (tmp_path / ".known.tmp").symlink_to(tmp_path / "other")
    with pytest.raises(FileExistsError):
        write_atomic(tmp_path / "a", b"x")
    assert (tmp_path / "other").read_text() == "mine"


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("ü" * 125 + ".json")  # 255 bytes
    write_atomic(path, b"x")
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("words", ["analyze a.mp4 --out o --json", "bench --json", "snapshot demo --out"])
def test_commands_look_before_they_begin(words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "link").symlink_to("/dev/stdout")
    for path in ("/dev/null", str(tmp_path / "link"), str(tmp_path)):
        with pytest.raises(SystemExit) as left:
            main([*words.split(), path])
        assert left.value.code == 2
        said = capsys.readouterr().err
        assert path in said
        assert said.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        "snapshot photo.png --out photo.png",
        "snapshot photo.png --out folder/../photo.png",
        "examine table.csv --split table.csv",
        "examine table.csv --json table.csv",
        "analyze photo.png --out sessions --json photo.png",
        "analyze folder --out sessions --json folder/film.mp4",
        "analyze folder --out sessions --json sessions/film/session.json",
        "bench --video photo.png --json photo.png",
        "examine folder --split folder/film.mp4",
        "evaluate folder --json folder/film.mp4",
    ],
)
def test_what_is_read_is_not_written_over(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for name in ("photo.png", "table.csv", "folder/film.mp4"):
        (tmp_path / name).write_bytes(b"\0\0\0\x18ftypmp42" + name.encode())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    try:
        code = main(words.split())
    except SystemExit as left:
        code = left.code
    said = capsys.readouterr().err
    assert code == 2
    assert "Choose another name to write" in said
    assert said.count("\n") == 1
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before
