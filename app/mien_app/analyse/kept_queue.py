"""The files of the queue that are not done, as a text that is kept between starts."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.videos import Videos
from mien.errors import MienError
from mien.utils.dataclass_io import from_dict
from mien.utils.json_io import parse_json, to_json

_WHERE = "the list of files that were left to analyse"


def to_text(left: Iterable[tuple[Job, AnalysisOptions, Videos]]) -> str:
    """Write them down; empty where there are none."""
    values = [
        {"path": str(job.path), "session": str(job.session), "options": asdict(options), "videos": asdict(videos)}
        for job, options, videos in left
    ]
    return to_json(values).decode() if values else ""


def from_text(text: str) -> list[tuple[Job, AnalysisOptions, Videos]]:
    """Read them again; what cannot be read is left out. Files may be gone: a drive is not connected, say."""
    if not text:
        return []
    try:
        values = parse_json(text.encode("utf-8", "surrogateescape"), _WHERE)
    except MienError:
        return []
    made = []
    for value in values if isinstance(values, list) else []:
        try:
            job = Job(Path(value["path"]).absolute(), Path(value["session"]).absolute())
            options = from_dict(AnalysisOptions, value["options"], _WHERE)
            videos = from_dict(Videos, value.get("videos", {}), _WHERE)
        except (MienError, KeyError, TypeError):
            continue
        made.append((job, options, videos))
    return made
