"""Damaged and hostile lists of labelled pictures (CSV), and splits of them (JSON)."""

import random
from contextlib import suppress
from pathlib import Path

from tests.fuzz.changes import TEXTS, change_bytes, change_json

from mien.curation import split
from mien.curation.labelled_files import list_files
from mien.errors import MienError

_ROWS = "path,label\n" + "".join(f"some/{i}.png,{'happy' if i % 2 else 'sad'}\n" for i in range(20))
_SPLIT = {"train": {"a/1.png": "a", "b/2.png": "b"}, "judge": {"a/3.png": "a", "../b/4.png": "b"}, "by": "name"}
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1")


def mutated(rng: random.Random) -> tuple[str, bytes]:
    """A list or a split."""
    if rng.random() < 0.4:
        return "split.json", change_json(_SPLIT, rng)
    text = _ROWS.replace(",", rng.choice((",", ";", "\t", ",,", "|")))
    for _ in range(rng.choice((0, 1, 3))):
        place = rng.randrange(len(text))
        text = text[:place] + rng.choice((*TEXTS, '"', "\r", "'", "\\")) + text[place:]
    data = text.encode(rng.choice(_ENCODINGS), "replace")
    return "list.csv", change_bytes(data, rng) if rng.random() < 0.7 else data


def use(path: Path) -> None:
    """Read it as `mien examine` and `mien train` do."""
    with suppress(MienError):
        if path.suffix == ".json":
            split.read(path)
        else:
            list_files(path)
