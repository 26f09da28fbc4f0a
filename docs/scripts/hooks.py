"""What the site's build does besides turning pages into HTML (`hooks` in mkdocs.yml).

It fills in what is quoted from the code, writes the pages of the library's reference, draws the architecture and takes
over the files that stand at the root. It refuses a page that names a file which is not there, or that would load
anything from another server.
"""

import ast
import re
import sys
from pathlib import Path

from drawing import architecture
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from tables import MADE, ROOT

_LIBRARY = ROOT / "core" / "mien"
_MARK = re.compile(r"<!-- made: ([\w ]+) -->")
_FOREIGN = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=["']?(https?:)?//[^>]*>""")
_NAMED_PATH = re.compile(r"`((?:app|core|docs|examples|tests|weights)/[\w./-]*)`")
_AT_THE_ROOT = {"contributing.md": "CONTRIBUTING.md", "changelog.md": "CHANGELOG.md"}


def _packages() -> list[str]:
    """The library's packages that others may import, and its modules that stand alone."""
    packages = [path.parent.name for path in _LIBRARY.glob("*/__init__.py")]
    modules = [path.stem for path in _LIBRARY.glob("*.py") if not path.stem.startswith("_")]
    return sorted({*packages, *modules} - {"cli", "recognizer"})  # the latter is a former name


def _reference(name: str) -> str:
    """The page of one package: its own docstring, then every module's."""
    folder = _LIBRARY / name
    paths = sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    modules = []
    for path in paths:
        parts = path.relative_to(_LIBRARY.parent).with_suffix("").parts
        if parts[-1] != "__init__" and not parts[-1].startswith("_"):
            modules.append(".".join(parts))
    return "\n\n".join([f"# mien.{name}", *(f"::: {module}" for module in modules)])


def _public_names() -> str:
    """The page of the names that `import mien` gives, with the pages of the packages that they come from."""
    lines = ["# The library", "::: mien\n    options:\n      members: false\n      show_root_heading: false"]
    rows = ["| name | described in |", "| --- | --- |"]
    tree = ast.parse((_LIBRARY / "__init__.py").read_text(encoding="utf-8"))
    public = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}  # with __all__
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("mien."):
            page = node.module.split(".")[1]
            names = [alias.name for alias in node.names if alias.name in public]
            rows += [f"| `mien.{name}` | [mien.{page}]({page}.md) |" for name in names]
    return "\n\n".join([*lines, "\n".join(rows)])


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The reference's pages join the navigation."""
    if str(ROOT / "core") not in sys.path:
        sys.path[:0] = [str(ROOT / "core"), str(ROOT / "app")]
    for section in config.nav:
        for entry in section.get("Reference", []) if isinstance(section, dict) else []:
            if isinstance(entry, dict) and "Python" in entry:
                entry["Python"] = [{"The library": "reference/python/index.md"}]
                entry["Python"] += [{f"mien.{name}": f"reference/python/{name}.md"} for name in _packages()]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Pages and the drawing that no file in docs/ holds."""
    files.append(File.generated(config, "reference/python/index.md", content=_public_names()))
    for name in _packages():
        files.append(File.generated(config, f"reference/python/{name}.md", content=_reference(name)))
    for uri, name in _AT_THE_ROOT.items():
        text = (ROOT / name).read_text(encoding="utf-8").replace("](docs/", "](")
        files.append(File.generated(config, uri, content=text))
    files.append(File.generated(config, "architecture.svg", content=architecture()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put in what is made from the code; a file of the repository that the page names must be there."""
    for name in () if page.file.src_uri == "changelog.md" else _NAMED_PATH.findall(markdown):
        if not (ROOT / name).exists():
            raise PluginError(f"{page.file.src_uri} names {name}, which is not there.")

    def made(mark: re.Match[str]) -> str:
        if mark[1] not in MADE:
            raise PluginError(f"{page.file.src_uri}: nothing makes '{mark[1]}'. There are: {', '.join(MADE)}.")
        return MADE[mark[1]]()

    return _MARK.sub(made, markdown)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """No page loads a script, a style, a font or a picture from another server."""
    if foreign := _FOREIGN.search(output):
        raise PluginError(f"{page.file.src_uri} loads from elsewhere: {foreign[0][:120]}")
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """The theme's own scripts name a server for diagrams and for search without one: Mien's pages need neither."""
    for script in (Path(config.site_dir) / "assets" / "javascripts").glob("bundle*.js"):
        script.write_text(script.read_text(encoding="utf-8").replace("https://unpkg.com/", "/none/"), encoding="utf-8")
