"""Turns one file into a session folder.

Three threads, each at most two chunks of frames ahead of the next: one decodes, one detects and tracks faces, one
classifies them and writes. After a chunk the rows are made durable, together with all that is needed to go on from
there. A chunk is always the same frames, so that a resumed analysis classifies the same batches and writes the same
bytes.
"""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mien.analysis.frame_selection import FrameSelection
from mien.analysis.options import AnalysisOptions
from mien.analysis.sparse_frames import nobody_followed
from mien.errors import MienError
from mien.faces.alignment import quarter_turns, turned_deg
from mien.recognition.recognizer import Recognizer, TrackedFrame
from mien.session.columns import journal_columns, rows
from mien.session.finalize import finish
from mien.session.gallery import Gallery
from mien.session.journal import Journal, discard, read_progress
from mien.session.manifest import READING, Manifest, versions
from mien.session.schemes.registry import COLUMN_SCHEMES
from mien.types import Frame
from mien.utils.files import cannot_write, check_input, reading
from mien.utils.prefetch import prefetch

log = logging.getLogger(__name__)

_AHEAD = 2  # chunks
_TOLD_EVERY_S = 0.4


@dataclass(frozen=True)
class AnalysisProgress:
    """How far an analysis is."""

    frames: int
    expected: int
    """At least as many as `frames`; 0 where the file does not say."""
    faces: int
    rate: float
    """Frames per second since it was begun or resumed."""
    notice: str = ""
    """What a person should know of the file: that it has more pages than are read. Empty of most."""
    turned_deg: int = 0
    """By how many degrees, clockwise, most faces lie turned: 90, 180 or 270; 0 where they are upright."""
    left_out: int = 0
    """Faces that were found but not classified, since there were more in a frame than the options allow."""

    @property
    def left_s(self) -> float | None:
        """Seconds that it will still take; None where that is unknown."""
        return (self.expected - self.frames) / self.rate if self.expected and self.rate else None


class Stopped(Exception):
    """The analysis was asked to stop; what is done is kept, and it can be resumed."""


@dataclass(frozen=True)
class _Chunk:
    frames: list[TrackedFrame]
    tracking_state: dict[str, Any]
    """Of the recogniser, after these frames."""


def analyse(
    path: Path,
    session: Path,
    recognizer: Recognizer,
    options: AnalysisOptions,
    *,
    progress: Callable[[AnalysisProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Analyse a file, or resume where that was interrupted.

    Args:
        path: a video or a picture.
        session: the folder to make.
        recognizer: from `recognizer_for` with the same options.
        options: which frames, and how they are written.
        progress: called a few times a second.
        should_stop: asked after each chunk.

    Returns:
        The manifest of the session.

    Raises:
        MienError: the file cannot be read, or the folder cannot be written.
        Stopped: `should_stop` returned True.
    """
    check_input(path)
    try:
        with FrameSelection(path, options) as selection:
            analysis = _Analysis(selection, session, recognizer, options)
            try:
                return analysis.run(progress, should_stop)
            except Exception as error:
                if not analysis.resumed or isinstance(error, MienError | OSError | Stopped):
                    raise
                log.warning(
                    "%s: what was kept of its analysis is damaged (%s). It begins again.", path, type(error).__name__
                )
        discard(session)
    except OSError as error:
        raise cannot_write(session, error) from error
    return analyse(path, session, recognizer, options, progress=progress, should_stop=should_stop)


class _Analysis:
    def __init__(
        self, selection: FrameSelection, session: Path, recognizer: Recognizer, options: AnalysisOptions
    ) -> None:
        self.selection, self.session = selection, session
        self.recognizer, self.options = recognizer, options
        self.frames = self.faces = self.rows = self.left_out = self.most_faces = 0
        self._counts_left_out = True
        self.resumed, self.turned = False, [0, 0, 0, 0]  # where another ended; faces, by their quarter turns
        self.shape = (0, 0)
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self._before_s, self._before_frames, self._began = 0.0, 0, time.monotonic()
        card = recognizer.card
        self._head = [column.name for column in journal_columns(recognizer.classes, **options.measured)]
        with reading(selection.path):
            stat = selection.path.stat()
        self.identity: dict[str, Any] = {
            "input": [stat.st_size, stat.st_mtime_ns],
            "options": options.as_dict(),
            "versions": versions(),
            "columns": self._head,
            # What the hash of the weights does not cover.
            "certainty": hashlib.sha256(
                repr((card.temperature, card.calibration, card.conformal)).encode()
            ).hexdigest(),
        }
        """What must not have changed for an interrupted analysis to be resumed."""
        if selection.video is not None and selection.video.has_no_order:  # an older version gave its frames other times
            self.identity["reading"] = READING

    @property
    def seconds(self) -> float:
        """Spent so far, with the time before an interruption."""
        return self._before_s + time.monotonic() - self._began

    def _progress(self, expected: int) -> AnalysisProgress:
        rate = (self.frames - self._before_frames) / max(time.monotonic() - self._began, 1e-3)
        expected = expected and max(expected, self.frames)  # a video whose rate varies may have more
        return AnalysisProgress(
            self.frames, expected, self.faces, rate, self.selection.notice, turned_deg(self.turned), self.left_out
        )

    def run(self, progress: Callable[[AnalysisProgress], None], should_stop: Callable[[], bool]) -> Manifest:
        kept = read_progress(self.session)
        if kept is not None and kept.get("identity") != self.identity:
            kept = None  # begun with another file, options or version
            discard(self.session)
        manifest, self.resumed = None, kept is not None
        self.recognizer.reset()
        with Journal(self.session, self._head) as journal:
            gallery = Gallery(journal.folder, kept and kept["gallery"])
            if kept:
                self._resume(kept)
            self._analyse_all(journal, gallery, progress, should_stop)
            if self.frames:
                manifest = self._manifest(gallery)
                finish(self.session, journal.rows_path, gallery, manifest, COLUMN_SCHEMES[self.options.columns])
        discard(self.session)
        if manifest is None:
            with suppress(OSError):  # other files are in it
                self.session.rmdir()
            raise MienError(self.selection.nothing_read)
        ended = self._progress(self.frames)
        progress(replace(ended, notice=f"{ended.notice} {nobody_followed(manifest)}".strip()))
        return manifest

    def _analyse_all(
        self,
        journal: Journal,
        gallery: Gallery,
        progress: Callable[[AnalysisProgress], None],
        should_stop: Callable[[], bool],
    ) -> None:
        told, unsafe = time.monotonic(), None
        with (
            prefetch(self.selection.chunks(), _AHEAD, "mien-decoding") as decoded,
            prefetch(self._tracked(decoded), _AHEAD, "mien-tracking") as tracked,
        ):
            for chunk in tracked:
                self._classify(chunk, journal, gallery)
                unsafe, stop = chunk, should_stop()
                if stop or journal.due:
                    self._commit(journal, gallery, chunk)
                    unsafe = None
                if stop or time.monotonic() - told > _TOLD_EVERY_S:
                    progress(self._progress(self.selection.expected))
                    told = time.monotonic()
                if stop:
                    raise Stopped
        if unsafe is not None:
            self._commit(journal, gallery, unsafe)

    def _resume(self, kept: dict[str, Any]) -> None:
        self.recognizer.load_state(kept["following"], kept["reading"])
        self.frames, self.faces, self.rows = kept["frames"], kept["faces"], kept["rows"]
        # An older version did not count them: so the session does not say, and is not blurred as if there were none.
        self._counts_left_out = "left_out" in kept
        self.left_out, self.most_faces = kept.get("left_out", 0), kept.get("most_faces", 0)
        self.turned = kept.get("turned", [0, 0, 0, 0])
        self.shape, self.started = tuple(kept["shape"]), kept["started"]
        self._before_s, self._before_frames = kept["seconds"], self.frames
        if not 0 <= kept["last_frame"] < 1 << 31:  # a video that is sought by time would take any number
            raise ValueError("no video is so long")
        try:
            self.selection.go_on_after(kept["last_frame"], kept["last_time_s"])
        except MienError as error:  # it is the same file, so the number is wrong
            raise LookupError(str(error)) from error

    def _tracked(self, chunks: Iterator[list[Frame]]) -> Iterator[_Chunk]:
        for chunk in chunks:
            frames = [self.recognizer.detect_and_track(frame) for frame in chunk]
            yield _Chunk(frames, self.recognizer.tracking_state())

    def _classify(self, chunk: _Chunk, journal: Journal, gallery: Gallery) -> None:
        for tracked, recognition in zip(chunk.frames, self.recognizer.classify(chunk.frames), strict=True):
            made = rows(tracked.frame, recognition, self.recognizer.classes, **self.options.measured)
            journal.append(made)
            for prediction in recognition.predictions:
                self.turned[quarter_turns(prediction.face)] += 1
                gallery.watch(tracked.frame.image, prediction, prediction.time_s)
            self.frames += 1
            self.rows += len(made)
            self.faces += len(recognition.predictions)
            self.left_out += recognition.left_out
            self.most_faces = max(self.most_faces, len(recognition.predictions) + recognition.left_out)
        self.shape = chunk.frames[-1].frame.image.shape[:2]

    def _commit(self, journal: Journal, gallery: Gallery, chunk: _Chunk) -> None:
        last = chunk.frames[-1].frame
        journal.commit(
            identity=self.identity,
            path=str(self.selection.path.resolve()),  # this and the model, for a list of what is not finished
            model=self.options.model,
            started=self.started,
            frames=self.frames,
            faces=self.faces,
            rows=self.rows,
            **self._limit_counts(),
            turned=self.turned,
            seconds=self.seconds,
            shape=self.shape,
            last_frame=last.index,
            last_time_s=last.time_s,
            length_s=last.time_s - self.selection.first_s,
            following=chunk.tracking_state,
            reading=self.recognizer.smoothing_state(),
            gallery=gallery.state_dict(),
        )

    def _limit_counts(self) -> dict[str, int]:
        return {"left_out": self.left_out, "most_faces": self.most_faces} if self._counts_left_out else {}

    def _manifest(self, gallery: Gallery) -> Manifest:
        video = self.selection.video
        persons = gallery.persons() if video else gallery.persons(least=1)
        return Manifest(
            input=self.selection.input(self.shape),
            model=self.recognizer.card.name,
            model_sha256=self.recognizer.card.sha256,
            classes=self.recognizer.classes,
            persons=persons,
            options=self.options.as_dict(),
            counts={
                "frames": self.frames,
                "rows": self.rows,
                "faces": self.faces,
                **self._limit_counts(),
                "turned_deg": turned_deg(self.turned),
                "tracks": len(gallery.tracks),
                "persons": len(persons),
                "damaged_parts": video.damaged if video else 0,
            },
            timings={
                "started": self.started,
                "seconds": round(self.seconds, 1),
                "frames_per_s": round(self.frames / max(self.seconds, 1e-3), 1),
                "runtime": self.recognizer.runs_on,
            },
            versions=versions(),
        )
