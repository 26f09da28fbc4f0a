import json
import shutil
from pathlib import Path

import pytest

from mien.errors import MienError
from mien.session.export.registry import EXPORTERS
from mien.session.session import Session
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
