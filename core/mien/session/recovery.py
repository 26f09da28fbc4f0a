"""From a recording's journal to a session, at its end or after a crash."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from mien import language
from mien.errors import MienError
from mien.session.edits import Edits, Marker, TimeSpan, write_edits
from mien.session.finalize import finish
from mien.session.folder import MANIFEST, RECORDED_VIDEO, UNFINISHED, UNFINISHED_ROWS, check_files
from mien.session.gallery import Gallery
from mien.session.journal import Journal, discard, read_progress
from mien.session.manifest import Manifest, Person, input_of, read_manifest, versions
from mien.session.schemes.mien import MIEN
from mien.utils.files import writing
from mien.utils.lock import locked
from mien.video.reader import VideoFile

log = logging.getLogger(__name__)

_DAMAGED = (ArithmeticError, AttributeError, LookupError, NotImplementedError, TypeError, ValueError)


def still_recorded(folder: Path) -> str:
    """What a person is told of a folder that is being recorded into."""
    return f"{folder} is still being recorded. Stop the recording, then open it again."


def is_unfinished_recording(folder: Path) -> bool:
    """Whether a folder holds a recording that a crash ended."""
    kept = read_progress(folder)
    return kept is not None and bool(kept.get("recording"))


def recover(folder: Path) -> Manifest:
    """Make a session of a recording that a crash ended.

    Raises:
        MienError: there is none, it has its video alone, it is still being recorded, or the folder cannot be written.
    """
    kept = read_progress(folder)
    if kept is None or not kept.get("recording"):
        raise MienError(
            language.tr("{} holds no unfinished recording. Open a folder that has one, or a finished session.").format(
                folder
            )
        )
    try:
        with writing(folder), locked(folder, still_recorded(folder)):
            check_files(folder)
            if (folder / MANIFEST).is_file():  # the journal alone was left; a person may have set people right since
                discard(folder)
                return read_manifest(folder)
            if not kept["counts"]["rows"]:
                raise leave_video(folder)
            Journal(folder, []).close()  # cuts off rows after the last commit; Windows removes no file that is open
            return finish_recording(folder, kept)
    except _DAMAGED as error:  # somebody else's, or a damaged one
        log.error("%s cannot be finished.", folder, exc_info=error)
        raise MienError(
            language.tr(
                "{} holds an unfinished recording that is damaged ({}). Its video may still be good: analyse that."
            ).format(folder, type(error).__name__)
        ) from error


def leave_video(folder: Path) -> MienError:
    """Leave nothing but the video of a recording that ended before its first prediction: without one it is no session.

    Args:
        folder: the recording's, whose journal is closed.

    Returns:
        What a person should read.
    """
    discard(folder)
    text = language.tr("The recording ended before anything was classified, so it is no session. Analyse its video: {}")
    return MienError(text.format(folder / RECORDED_VIDEO))


def finish_recording(folder: Path, kept: dict[str, Any]) -> Manifest:
    """Make a session of a recording that has ended.

    Args:
        folder: the session's, with its journal.
        kept: what the journal's last commit kept.
    """
    path = folder / RECORDED_VIDEO
    with VideoFile(path) as video:
        first, codec = video.read(), video.codec
        shape = first.image.shape if first is not None else (0, 0)
    gallery = Gallery(folder / UNFINISHED, kept["gallery"])
    persons = gallery.persons()
    seconds = kept["seconds"]
    made = Manifest(
        input=input_of(
            path,
            size_px=(shape[0], shape[1]),
            fps=(kept["counts"]["frames"] - 1) / seconds if seconds else 0.0,  # `seconds` ends where the last begins
            duration_s=seconds,
            codec=codec,
        ),
        model=kept["model"],
        model_sha256=kept["model_sha256"],
        classes=tuple(kept["classes"]),
        persons=persons,
        options={"source": kept["source"]},
        counts={**kept["counts"], "tracks": len(gallery.tracks), "persons": len(persons)},
        timings={"started": kept["started"], "seconds": round(seconds, 1), "runtime": kept["engine"]},
        recorded=True,
        versions=versions(),
    )
    spans = {int(track): TimeSpan(*span) for track, span in kept.get("neutrals", {}).items()}
    edits = _with_markers(_with_baselines(persons, spans), kept.get("markers", []))
    if edits != Edits():
        write_edits(folder, edits)
    finish(folder, folder / UNFINISHED / UNFINISHED_ROWS, gallery, made, MIEN)
    discard(folder)
    return made


def _with_markers(edits: Edits, markers: list[tuple[float, str]]) -> Edits:
    """Of several at one moment, each gets its own, a microsecond later."""
    taken: dict[float, str] = {}
    for time_s, note in markers:
        while time_s in taken:
            time_s = round(time_s + 1e-6, 6)
        taken[time_s] = note
    return replace(edits, markers=tuple(Marker(time_s, note) for time_s, note in sorted(taken.items())))


def _with_baselines(persons: tuple[Person, ...], spans: dict[int, TimeSpan]) -> Edits:
    """The tracks' baselines as their persons'; of several tracks of one person, the last one's counts."""
    edits = Edits()
    for track, span in sorted(spans.items()):
        for person in persons:
            if track in person.tracks and span.start_s < span.end_s:
                edits = edits.with_baseline(person.number, span.start_s, span.end_s)
    return edits
