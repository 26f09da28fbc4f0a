"""The columns of OpenFace 2 (Baltrusaitis et al. 2018), which counts frames from 1 and says whether there is a face."""

from collections.abc import Iterable

from mien.session.columns import FRAME, TRACK, Value
from mien.session.schemes.base import Columns, ColumnScheme

_NAMES = {"time_s": "timestamp", "person": "face_id", "score": "confidence"}


def _apply(columns: Columns, source: str) -> Iterable[tuple[str, list[Value]]]:
    for name, values in columns.items():
        if name == FRAME.name:
            values = [int(index or 0) + 1 for index in values]
        yield _NAMES.get(name, name), values
    yield "success", [int(track is not None) for track in columns[TRACK.name]]


OPENFACE = ColumnScheme("openface", "OpenFace", _apply)
