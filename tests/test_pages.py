"""What the pages name is there. `make docs` checks the site itself, with what is made from the code."""

import argparse
import importlib
import re
import shlex
import textwrap
from pathlib import Path

import pytest

from mien.cli.main import COMMANDS
from mien.sources import registry
from mien_app.__main__ import LIVE

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
MADE = re.compile(r"pictures/|reference/python/|python/|(contributing|changelog)\.md|architecture\.svg")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"`((?:app|core|docs|examples|tests|weights)/[\w./-]*)`")
HISTORY = ("CHANGELOG.md",)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_named_files_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [page.parent / link for link in LINK.findall(text) if not MADE.search(link)]
    named = [ROOT / name for name in NAMED.findall(text) if page.name not in HISTORY and not MADE.search(name)]
    assert [str(path) for path in [*links, *named] if not path.exists()] == []


def _anchor(heading: str) -> str:
    """As GitHub and mkdocs make it."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", words).strip().lower())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_into_pages_lead_to_a_heading(page: Path) -> None:
    for link, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#([^)]*)\)", page.read_text(encoding="utf-8")):
        if not MADE.search(link):
            text = ((page.parent / link) if link else page).read_text(encoding="utf-8")
            headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
            assert anchor in [_anchor(heading) for heading in headings], f"{link}#{anchor}"


def test_commands_that_pages_show_can_be_run_as_written() -> None:
    """Those that stand on lines of their own; what they name need not be there."""
    for page in PAGES:
        for line in re.findall(r"^(?:\.venv/bin/)?mien (?=[a-z])(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE):
            name, *words = shlex.split(line, comments=True)
            parser = argparse.ArgumentParser(f"{page.name}: mien {name}")
            importlib.import_module({**LIVE, **COMMANDS}[name].module).add_arguments(parser)
            parser.parse_args(words)  # ends the test where it cannot


def test_words_of_the_window_are_in_the_window() -> None:
    """In tutorials and how-to pages, what is bold and does not end a phrase is a word of the window."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    for page in [*(ROOT / "docs" / "tutorials").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")]:
        bold = re.findall(r"\*\*([^*]+)\*\*", " ".join(page.read_text(encoding="utf-8").split()))
        words = [word for word in bold if word.endswith("...") or not word.endswith((".", ":", "?"))]
        assert [word for word in words if f'"{word}"' not in code] == [], page.name


def test_the_source_that_is_shown_for_adding_one_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = [textwrap.dedent(block) for block in re.findall(r"```(?:python|text)\n(.*?) *```", text, re.DOTALL)]
    given = {"_Kind": registry._Kind}
    exec(next(block for block in blocks if "class NoiseSource" in block), given)  # our own page
    line = next(block for block in blocks if "NoiseSource()" in block)
    monkeypatch.setattr(registry, "_KINDS", (*eval(f"({line})", given), *registry._KINDS))
    frame = registry.open_source("noise").read()
    assert frame is not None
    assert frame.image.shape == (480, 640, 3)
    assert registry.open_source("demo").name == "Demo"


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if page not in navigation] == []


def test_the_notices_stand_where_a_person_begins() -> None:
    for name in ("README.md", "docs/index.md", "docs/limits.md", "docs/models.md", "docs/tutorials/study.md"):
        text = " ".join((ROOT / name).read_text(encoding="utf-8").split())
        assert "xpression is not a feeling" in text, name
        assert re.search(r"AI Act, (> )?Art\. 5\(1\)\(f\)", text), name
