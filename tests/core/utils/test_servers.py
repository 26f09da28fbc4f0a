import json
import shutil
from pathlib import Path

import pytest

from mien.curation.labelled_files import list_files
from mien.data.readers.folder import load_divided
from mien.errors import MienError
from mien.session.export.registry import EXPORTERS
from mien.session.session import Session
from mien.training import config as configs
from mien.utils import paths, servers


@pytest.mark.parametrize(
    ("path", "server"),
    [
        (r"\\nas\films\a.mp4", "nas"),
        (r"\\NAS.Example.ORG\films", "nas.example.org"),
        ("//nas/films/a.mp4", "nas"),
        (r"\/nas\films", "nas"),
        (r"/\nas/films", "nas"),
        (r"\\\nas\films", "nas"),
        (r" \\nas\films", "nas"),
        (r"\\192.0.2.1\films", "192.0.2.1"),
        (r"\\nas@SSL@443\DavWWWRoot\a.mp4", "nas"),
        (r"\\nas@8080\a.mp4", "nas"),
        (r"\\?\UNC\nas\films\a.mp4", "nas"),
        (r"\\?\unc\nas\films", "nas"),
        ("//?/UNC/nas/films", "nas"),
        (r"\\.\UNC\nas\films", "nas"),
        (r"\??\UNC\nas\films", "nas"),
        (r"\\?\UNC\\nas\films", "nas"),
        (r"\\?\GLOBALROOT\Device\Mup\nas\films", "?"),
        (r"\\.\pipe\a", "?"),
        (r"\\.\PhysicalDrive0", "?"),
        (r"\\?\UNC", "?"),
        (r"\\?\UNC\?\UNC\nas\a", "?"),
        (r"\\", "?"),
        ("//@x/a", "?"),
        (r"C:\films\a.mp4", ""),
        ("C:/films/a.mp4", ""),
        (r"\\?\C:\films\a.mp4", ""),
        (r"\\.\d:\films", ""),
        (r"\films\a.mp4", ""),
        ("/home/me/a.mp4", ""),
        (r"films\\nas\a.mp4", ""),
        ("", ""),
    ],
)
def test_the_computer_that_a_path_of_windows_leads_to(path: str, server: str) -> None:
    assert servers.server_of(path) == server


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "_WINDOWS", True)
    monkeypatch.setattr(servers, "_opened", set())
    monkeypatch.setattr(paths, "user_settings", lambda: tmp_path / "settings" / "settings.ini")


@pytest.mark.usefixtures("windows")
def test_only_a_computer_that_a_person_has_opened_files_of_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not servers.may_be_asked(r"\\nas\films\a.mp4")
    assert servers.may_be_asked(r"C:\films\a.mp4")
    servers.remember(Path("//nas/films/mine.mp4"))
    assert servers.may_be_asked(r"\\NAS\films\a.mp4")
    assert not servers.may_be_asked(r"\\nas.example.org\films\a.mp4")
    monkeypatch.setattr(servers, "_opened", set())  # as in the next process
    assert servers.may_be_asked(r"\\nas\films\a.mp4")
    servers.remember(Path("//?/GLOBALROOT/x"))
    assert not servers.may_be_asked(r"\\?\GLOBALROOT\x")


@pytest.mark.usefixtures("windows")
def test_a_stranger_s_session_leads_to_no_computer(
    session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "session"
    shutil.copytree(session, folder)
    manifest = json.loads((folder / "session.json").read_text())
    manifest["input"]["path"] = "//nas/films/a.mp4"  # absolute here as well
    (folder / "session.json").write_text(json.dumps(manifest))
    asked: list[str] = []
    is_file = Path.is_file

    def seen(path: Path) -> bool:
        asked.append(str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", seen)
    opened = Session(folder)
    assert opened.elsewhere
    assert opened.video is None
    with pytest.raises(MienError, match="another computer"):
        EXPORTERS["video"].export(opened, tmp_path / "a.mp4")
    assert asked
    assert not any("nas" in path for path in asked)
    servers.remember(Path("//nas/films/mine.mp4"))
    assert not opened.elsewhere
    assert opened.video is None  # for it is not there
    assert any("nas" in path for path in asked)


@pytest.mark.usefixtures("windows")
def test_neither_do_a_stranger_s_config_and_tables(tmp_path: Path) -> None:
    config, table, split = tmp_path / "c.toml", tmp_path / "t.csv", tmp_path / "s.json"
    lines = [f"{key} = '//nas/a'" for key in ("base", "start", "resizer_start", "image_stream", "landmark_stream")]
    lines += ["unlabelled = '//nas/a.zip'\nunlabelled_share = 0.5", "teachers = ['light', '//nas/a.json']"]
    lines += ["stages = ['//nas/a.toml']", r"start = '\\?\UNC\nas\a.json'", r"base = '\\.\pipe\a'"]
    for line in lines:
        config.write_text(line)
        with pytest.raises(MienError, match="another computer"):
            configs.load(str(config))
    assert (
        configs.load("light", start="//nas/a.json").start == "//nas/a.json"
    )  # that a person gives it says it is known
    for name in (r"\\nas\b.png", "//nas/b.png", r"\\?\GLOBALROOT\b.png"):
        table.write_text(f"path,label\na.png,x\n{name},y\n")
        with pytest.raises(MienError, match="another computer"):
            list_files(table)
        split.write_text(json.dumps({"train": {"a.png": "x"}, "judge": {name: "y"}, "by": "name"}))
        with pytest.raises(MienError, match="another computer"):
            load_divided(table, split, size=24, channels=1)
    with pytest.raises(MienError, match=r"^//nas/first\.png is on"):
        servers.check(["//nas/first.png", "//nas/second.png", "//other/third.png"])
    servers.remember(Path("//nas/films/mine.mp4"))
    config.write_text("start = '//nas/a.json'")
    table.write_text("path,label\na.png,x\n//nas/b.png,y\n")
    assert configs.load(str(config)).start == "//nas/a.json"
    assert len(list_files(table).files) == 2
