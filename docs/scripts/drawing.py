"""Draws which package imports which: the window's rooms with their arrows, the library's layers under them.

The layers are the contracts in pyproject.toml, the arrows the imports in the code; an arrow that a longer way implies
is left out.
"""

import tomllib
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
_WIDTH, _BOX, _GAP, _ROW = 920, (108, 34), 14, 62
_LINE, _FILL, _TEXT, _GROUND = "#5b7083", "#e8eef3", "#1c2833", "#ffffff"
_LIBRARY_FILL = "#f6f1e3"


def _layers(package: str) -> list[list[str]]:
    """The rows of a package's contract, the highest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    found = next(c for c in settings["contracts"] if c["type"] == "layers" and c.get("containers") == [package])
    return [[name.strip() for name in row.replace(":", "|").split("|")] for row in found["layers"]]


def _arrows(package: str, names: list[str]) -> set[tuple[str, str]]:
    """Imports between a package's rooms, without those that follow from others."""
    graph = grimp.build_graph(package)
    direct: dict[str, set[str]] = {name: set() for name in names}
    for name in names:
        for other in names:
            if name != other and graph.find_shortest_chains(f"{package}.{name}", f"{package}.{other}"):
                direct[name].add(other)
    return {(a, b) for a in names for b in direct[a] if not any(b in direct[c] for c in direct[a] if c != b)}


def _box(name: str, x: float, y: float, fill: str) -> str:
    wide, tall = _BOX
    return (
        f'<rect x="{x - wide / 2:.0f}" y="{y:.0f}" width="{wide}" height="{tall}" rx="6" fill="{fill}" '
        f'stroke="{_LINE}"/><text x="{x:.0f}" y="{y + tall / 2 + 5:.0f}" text-anchor="middle">{escape(name)}</text>'
    )


def _places(rows: list[list[str]], top: float, step: float) -> dict[str, tuple[float, float]]:
    """The middle of each box's upper edge."""
    places = {}
    for i, row in enumerate(rows):
        wide = len(row) * _BOX[0] + (len(row) - 1) * _GAP
        for k, name in enumerate(row):
            places[name] = (_WIDTH / 2 - wide / 2 + k * (_BOX[0] + _GAP) + _BOX[0] / 2, top + i * step)
    return places


def architecture() -> str:
    """The drawing as SVG.

    Raises:
        ValueError: an arrow would point upward.
    """
    window, library = _layers("mien_app"), _layers("mien")
    rooms = _places(window, 40, _ROW)
    shelves = _places(library, 40 + len(window) * _ROW + 46, _BOX[1] + 10)
    parts = []
    for a, b in sorted(_arrows("mien_app", list(rooms))):
        (x1, y1), (x2, y2) = rooms[a], rooms[b]
        if y2 <= y1:
            raise ValueError(f"mien_app.{a} imports mien_app.{b}, which is not below it.")
        parts.append(
            f'<path d="M{x1:.0f} {y1 + _BOX[1]:.0f} L{x2:.0f} {y2 - 2:.0f}" stroke="{_LINE}" fill="none" '
            'marker-end="url(#tip)"/>'
        )
    parts += [_box(name, x, y, _FILL) for name, (x, y) in rooms.items()]
    parts += [_box(name, x, y, _LIBRARY_FILL) for name, (x, y) in shelves.items()]
    floor = max(y for _, y in shelves.values()) + _BOX[1]
    (middle, last), (_, first) = rooms[window[-1][0]], next(iter(shelves.values()))
    down = "".join(
        f'<path d="M{x} {y1:.0f} V{y2:.0f}" stroke="{_LINE}" fill="none" marker-end="url(#tip)"/>'
        for x, y1, y2 in ((middle, last + _BOX[1], first - 2), (60, first, floor))
    )
    titles = "".join(
        f'<text x="{x}" y="{y:.0f}" font-weight="bold"{turn}>{escape(text)}</text>'
        for x, y, text, turn in (
            (20, 24, "app/mien_app", ""),
            (20, first - 16, "core/mien: each row may import the rows below it", ""),
        )
    )
    height = floor + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" font-family="sans-serif" '
        f'font-size="13" fill="{_TEXT}"><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
        f'markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="{_LINE}"/></marker></defs>'
        f'<rect width="{_WIDTH}" height="{height:.0f}" fill="{_GROUND}"/>{titles}{down}{"".join(parts)}</svg>'
    )
