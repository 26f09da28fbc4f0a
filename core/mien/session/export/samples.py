"""Evenly sampled columns without a head, gzipped, and a JSON file that says what they are, as BIDS has recordings."""

import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien.session.export.base import Exporter, ExportOptions
from mien.session.session import Session
from mien.types import SAME_TIME_S
from mien.utils.csv import plain_number
from mien.utils.files import whole_file
from mien.utils.json_io import to_json

_SUFFIX, _BESIDE = ".tsv.gz", ".json"
_NOTHING = "n/a"


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name[: -len(_SUFFIX)] + _BESIDE)


def _write(session: Session, path: Path, options: ExportOptions) -> int:
    """At each moment the values of the frame that a player shows, as long as it lasts: none is made up between two."""
    span = options.span_of(session)
    moments = span.start_s + np.arange(np.ceil(round(span.length_s * options.rate, 6))) / options.rate
    shown = np.searchsorted(session.frame_times, moments + SAME_TIME_S, side="right") - 1
    shown = np.where(moments < session.frame_ends[shown], shown, -1)
    meant: dict[str, dict[str, str]] = {}
    parts = []
    for person in session.people():
        name = session.person_name(person)
        for column in session.classes:
            meaning = {"Description": f"the probability of {column} of {name}", "Units": "1"}
            meant[f"person{person}_{column}"] = meaning
        meant[f"person{person}_reliability"] = {
            "Description": f"how likely {name}'s most probable class is to be right",
            "Units": "1",
        }
        parts.append(_values(session, person, shown))
    table = np.concatenate(parts, 1) if parts else np.empty((len(moments), 0))
    lines = ["\t".join(map(_cell, row)) for row in table.tolist()] if parts else []  # without columns there are none
    about = {
        "SamplingFrequency": options.rate,
        "StartTime": round(span.start_s, 6),
        "Columns": list(meant),
        "SoftwareName": "Mien",
        **meant,
    }
    with whole_file(path) as samples, whole_file(_sidecar(path)) as meanings:  # neither without room for both
        samples.write(gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0))
        samples.flush()
        meanings.write(to_json(about, indent=2) + b"\n")
    return len(lines) if not np.isnan(table).all() else 0


def _values(session: Session, person: int, shown: NDArray[np.int64]) -> NDArray[np.float64]:
    """(N, C + 1) probabilities and reliability in N frames, by their places; NaN where the person is not in view.

    Where no frame is shown, its place is -1.
    """
    rows = session.rows
    own = session.rows_of(person)
    places = np.minimum(np.searchsorted(rows.frame[own], shown), len(own) - 1)
    values = np.concatenate([rows.probabilities[own], rows.reliability[own][:, None]], 1)[places].astype(np.float64)
    values[rows.frame[own][places] != shown] = np.nan
    return values


def _cell(value: float) -> str:
    return _NOTHING if np.isnan(value) else plain_number(round(value, 5))


SAMPLES = Exporter(
    "samples",
    (_SUFFIX,),
    _write,
    "each person's probabilities at an even rate, with a .json beside it",
    beside=lambda path: (_sidecar(path),),
)
