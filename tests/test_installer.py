"""The script that comes with the program of `make installer`: per person, without a trace after it is removed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="a script of the shell")


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """What the archive holds, with a program that is quick to build."""
    folder = tmp_path / "mien-0.1.0-linux-x86_64"
    folder.mkdir()
    shutil.copy(ROOT / "requirements" / "installer" / "install.sh", folder)
    shutil.copy(ROOT / "assets" / "mien.desktop", folder)
    shutil.copy(ROOT / "assets" / "icon.svg", folder / "mien.svg")
    (folder / "mien").write_text("#!/bin/sh\necho runs $1")
    (folder / "mien").chmod(0o755)
    return folder


def _install(script: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    own = {"HOME": str(home), "PATH": os.environ["PATH"]}
    return subprocess.run(["sh", str(script), *words], env=own, capture_output=True, text=True, check=False)


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def test_it_is_installed_upgraded_and_removed(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "a home"
    models = home / ".local" / "share" / "mien" / "models"
    models.mkdir(parents=True)
    (models / "mine.json").touch()
    for _ in range(2):  # the second time over the first
        done = _install(unpacked / "install.sh", home)
        assert (done.returncode, done.stderr) == (0, "")
    link, own = home / ".local/bin/mien", home / ".local/lib/mien"
    assert subprocess.run([link, "help"], capture_output=True, text=True, check=True).stdout == "runs help\n"
    entry = (home / ".local/share/applications/mien.desktop").read_text().splitlines()
    assert [line for line in entry if line.startswith("Exec")] == [f'Exec="{own}/mien"']
    assert (home / ".local/share/icons/hicolor/scalable/apps/mien.svg").is_file()
    assert _install(own / "install.sh", home).returncode == 2  # it would remove what it copies
    assert _install(own / "install.sh", home, "--remove").returncode == 0
    assert _files(home) == [".local/share/mien/models/mine.json"]


def test_what_is_not_its_own_stays(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    other = home / ".local" / "bin" / "mien"
    other.parent.mkdir(parents=True)
    other.write_text("pip's")
    done = _install(unpacked / "install.sh", home)
    assert done.returncode == 0
    assert "is another Mien and stays" in done.stdout
    assert _install(unpacked / "install.sh", home, "--remove").returncode == 0
    assert other.read_text() == "pip's"
    program = home / ".local" / "lib" / "mien"
    program.mkdir(parents=True)
    (program / "thesis.txt").touch()
    assert _install(unpacked / "install.sh", home).returncode == 2
    assert (program / "thesis.txt").exists()
