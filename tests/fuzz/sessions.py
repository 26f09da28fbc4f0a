"""Damaged and hostile session folders. One travels as a zip, so that each input is one file."""

import io
import json
import random
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import matplotlib.figure  # noqa: F401  # it takes seconds, which are no input's
from tests.fuzz.changes import TEXTS, change_bytes, change_json

from mien.errors import MienError
from mien.session.export.base import ExportOptions
from mien.session.export.registry import EXPORTERS
from mien.session.journal import read_progress
from mien.session.library import list_sessions
from mien.session.recovery import is_unfinished_recording, recover
from mien.session.session import Session
from mien.session.summary import summarise
from mien.session.timeline import Timeline
from mien.utils.files import inside

_DATA = Path(__file__).parents[1] / "data" / "sessions"
_FOLDERS = (*4 * ["analysed"], "unfinished-recording", "unfinished-analysis")
_EDITS = {
    "names": {"1": "Ada", "2": "Bo"},
    "changes": [{"kind": "merge", "person": 2, "into": 1}, {"kind": "split", "person": 1, "into": 9, "frame": 5}],
    "markers": [{"time_s": 1.0, "note": "here"}],
    "baselines": {"1": {"start_s": 0.0, "end_s": 5.0}},
}


@cache
def _good(name: str) -> dict[str, bytes]:
    folder = _DATA / name
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def mutated(rng: random.Random) -> tuple[str, bytes]:
    """A folder in which one or two files were changed."""
    files = dict(_good(rng.choice(_FOLDERS)))
    files.setdefault("review.json", json.dumps(_EDITS).encode())
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice([name for name in files if not name.endswith((".mp4", ".jpg"))])
        if name.endswith(".json"):
            values = _EDITS if name == "review.json" else json.loads(_good_json(files[name]))
            if name == "review.json" and rng.random() < 0.5:
                values = {**_EDITS, "names": {"1": rng.choice(TEXTS), "2": rng.choice(TEXTS)}}
            files[name] = change_json(values, rng)
        else:
            files[name] = change_bytes(files[name], rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return "session.zip", out.getvalue()


def _good_json(data: bytes) -> bytes:
    try:
        json.loads(data)
    except (ValueError, RecursionError):  # changed before
        return b"{}"
    return data


def use(path: Path) -> None:
    """List it, open it as Review does, and export it: each file to tables, one in sixteen to a plot too."""
    folder = path.parent / "session"
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            file = inside(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.read(name))
    list_sessions([path.parent])
    read_progress(folder)
    with suppress(MienError):
        if is_unfinished_recording(folder):
            recover(folder)
        session = Session(folder)
        options = ExportOptions()
        span = options.span_of(session)
        for number in session.people()[:3]:
            summarise(session, number, span.start_s, span.end_s)
            Timeline(session, number).bins(span.start_s, span.end_s, 50)
        for place in (0, len(session.frame_times) - 1):
            session.predictions(place)
        session.keep(session.edits.named(1, "x"))
        for name, exporter in EXPORTERS.items():
            if name not in ("plot", "video") or path.stat().st_size % 16 == 0:
                with suppress(MienError):
                    exporter.export(session, path.parent / f"out{exporter.suffixes[0]}", options)
