"""All of Mien under other locales, and without a home that can be written."""

import locale
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.test_nothing_leaves import TRAINING

from mien.cli.main import main
from mien.utils import own_folders, paths

# Everything in one process, as the longest way through Mien. Qt sets the locale too, but later.
EVERYTHING = """
import locale, sys
locale.setlocale(locale.LC_ALL, "")
from mien_app.__main__ import LIVE
from mien.cli.main import main
model, picture, data = sys.argv[1:]
for words in (
    ["analyze", picture, "--model", model, "--out", "sessions"],
    ["snapshot", "demo", "--model", model, "--out", "faces.png"],
    ["live", "--headless", "--model", model, "--frames", "2", "--out", "live"],
    ["train", data, "--config", "config.toml", "--out", "run"],
):
    if code := main(words, extra=LIVE):
        sys.exit(f"{words[0]} left with {code}")
"""

SLOW = pytest.mark.slow
PICTURE = str(paths.assets() / "astronaut.png")


def everything(
    folder: Path, model: str, data: Path, environment: dict[str, str], *, new_cache: bool = False
) -> "subprocess.CompletedProcess[str]":
    (folder / "config.toml").write_text(TRAINING)
    apart = ("LC_", "LANG", "XDG_", *([paths.CACHE] if new_cache else []))
    known = {name: value for name, value in os.environ.items() if not name.startswith(apart)}
    words = [sys.executable, "-c", EVERYTHING, model, PICTURE, str(data)]
    return subprocess.run(
        words, cwd=folder, env={**known, **environment}, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def as_it_should_be(model_path: str, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The table of the picture."""
    out = tmp_path_factory.mktemp("plain")
    assert main(["analyze", PICTURE, "--model", model_path, "--out", str(out)]) == 0
    return (out / "astronaut" / "faces.csv").read_bytes()


def is_here(name: str) -> bool:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


@SLOW
@pytest.mark.parametrize("name", ["C", "de_DE.UTF-8", "tr_TR.UTF-8", "az_AZ.UTF-8", "ar_EG.UTF-8", "ja_JP.UTF-8"])
def test_a_locale(name: str, as_it_should_be: bytes, model_path: str, class_folder: Path, tmp_path: Path) -> None:
    if not is_here(name):
        pytest.skip(f"the locale {name} is not installed")
    done = everything(tmp_path, model_path, class_folder, {"LC_ALL": name, "LANG": name})
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "sessions" / "astronaut" / "faces.csv").read_bytes() == as_it_should_be
    assert (tmp_path / "live" / "window.png").is_file()


@SLOW
@pytest.mark.skipif(os.name != "posix", reason="other systems do not ask HOME")
@pytest.mark.parametrize("home", [None, "", "/dev/null/below", "read-only"])
def test_a_home(home: str | None, as_it_should_be: bytes, model_path: str, class_folder: Path, tmp_path: Path) -> None:
    given = {} if home is None else {"HOME": home}
    if home == "read-only":
        (tmp_path / "home").mkdir(mode=0o500)
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere")
        given = {"HOME": str(tmp_path / "home")}
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        if home is None:
            patch.delenv("HOME", raising=False)
        done = everything(tmp_path, model_path, class_folder, {"TMPDIR": str(temporary), **given}, new_cache=True)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "sessions" / "astronaut" / "faces.csv").read_bytes() == as_it_should_be
    said = [line for line in done.stderr.splitlines() if "are not kept" in line]
    assert len(said) == (4 if home else 0)  # each command says it
    assert list(temporary.iterdir()) == []


def test_a_cache_that_cannot_even_be_looked_for_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "cache", lambda: Path("x" * 5000))
    own_folders.check()
