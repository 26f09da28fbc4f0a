"""What goes with the package: licences, the citation, the desktop's entry."""

import configparser
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from mien import __version__

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NOTICE = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")


def test_everything_shipped_and_needed_has_its_licence() -> None:
    shipped = [path.name for path in (ROOT / "assets").iterdir()]
    shipped += [path.name for path in (ROOT / "weights").rglob("*.safetensors")]
    assert [name for name in shipped if f"`{name}`" not in NOTICE] == []
    wanted = PROJECT["project"]["dependencies"]
    for extra, more in PROJECT["project"]["optional-dependencies"].items():
        wanted = wanted if extra in ("dev", "docs") else [*wanted, *more]
    names = [re.split(r"[<>=!]", one)[0] for one in wanted]
    assert [name for name in names if not re.search(rf"[| *]{re.escape(name)}[,| *]", NOTICE)] == []


def test_licences_are_in_the_wheel_and_in_the_source() -> None:
    listed = [path for pattern in PROJECT["project"]["license-files"] for path in ROOT.glob(pattern)]
    assert {path.name for path in listed} == {"LICENSE", "THIRD-PARTY.md", "Apache-2.0.txt"}
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert [path.name for path in listed if path.relative_to(ROOT).parts[0] not in included] == []


def test_the_citation_is_of_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == __version__
    assert all({"type", "title", "authors", "year"} <= set(paper) for paper in citation["references"])


@pytest.mark.skipif(sys.platform != "linux", reason="of Linux")
def test_the_desktop_entry_is_put_where_the_page_says(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "install.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"```\n(mkdir .*?)```", page, re.DOTALL)
    subprocess.run(["sh", "-ec", lines], cwd=ROOT, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}, check=True)
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(tmp_path / ".local/share/applications/mien.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Exec"] == f'"{ROOT}/.venv/bin/mien"'
    assert entry["Type"] == "Application"
    assert (tmp_path / f".local/share/icons/hicolor/scalable/apps/{entry['Icon']}.svg").is_file()
