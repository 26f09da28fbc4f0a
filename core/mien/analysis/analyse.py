"""One file becomes a session folder.

Three threads, each at most two chunks of frames ahead of the next: decoding; finding and following faces; reading
expressions and writing. After a chunk the rows are made durable together with all that is needed to go on behind
it. Chunks are always the same frames, so a resumed analysis reads the same batches and writes the same bytes.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mien.analysis.frame_selection import FrameSelection
from mien.analysis.options import AnalysisOptions
from mien.analysis.progress import Progress, Stopped
from mien.errors import MienError
from mien.recognition.recognizer import Recognizer, TrackedFrame
from mien.session.columns import journal_columns, rows
from mien.session.finalize import finish
from mien.session.gallery import Gallery
from mien.session.journal import Journal, discard, read_progress
from mien.session.manifest import Manifest, versions
from mien.session.schemes.registry import COLUMN_SCHEMES
from mien.types import Frame
from mien.utils.prefetch import prefetch

_AHEAD = 2  # chunks
_DURABLE_EVERY_S = 0.4


@dataclass(frozen=True)
class _Chunk:
    frames: list[TrackedFrame]
    memory: dict[str, Any]
    """Of the recogniser's following, after these frames."""


def analyse(
    path: Path,
    session: Path,
    recognizer: Recognizer,
    options: AnalysisOptions,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Analyse a file, or go on where that was interrupted.

    Args:
        path: a video or a picture.
        session: the folder to make.
        recognizer: of `recognizer_for` with the same options.
        options: what to read, and how it is written.
        progress: called a few times a second.
        should_stop: asked after each chunk.

    Returns:
        What session.json says.

    Raises:
        MienError: the file cannot be read, or the folder cannot be written.
        Stopped: `should_stop` said so.
    """
    try:
        with FrameSelection(path, options) as chosen:
            return _Analysis(chosen, session, recognizer, options).run(progress, should_stop)
    except OSError as error:
        raise MienError(f"{error.filename or session}: {error.strerror or error}.") from error


class _Analysis:
    def __init__(self, chosen: FrameSelection, session: Path, recognizer: Recognizer, options: AnalysisOptions) -> None:
        self.chosen, self.session = chosen, session
        self.recognizer, self.options = recognizer, options
        self.frames = self.faces = self.rows = 0
        self.shape = (0, 0)
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self._before_s, self._before_frames, self._began = 0.0, 0, time.monotonic()
        stat, card = chosen.path.stat(), recognizer.card
        self.identity = {
            "input": [stat.st_size, stat.st_mtime_ns],
            "options": options.as_dict(),
            "versions": versions(),
            "columns": [column.name for column in journal_columns(recognizer.classes)],
            "certainty": hashlib.sha256(
                repr((card.temperature, card.calibration, card.conformal)).encode()
            ).hexdigest(),  # not of the weights' hash
        }
        """What must be as it was for an interrupted analysis to be taken up again."""

    @property
    def seconds(self) -> float:
        """Spent so far, also before an interruption."""
        return self._before_s + time.monotonic() - self._began

    def _progress(self, expected: int) -> Progress:
        rate = (self.frames - self._before_frames) / max(time.monotonic() - self._began, 1e-3)
        return Progress(self.frames, expected, self.faces, rate)

    def run(self, progress: Callable[[Progress], None], should_stop: Callable[[], bool]) -> Manifest:
        kept = read_progress(self.session)
        if kept is not None and kept.get("identity") != self.identity:
            kept = None  # begun with another file, options or version
            discard(self.session)
        made = None
        self.recognizer.reset()
        with Journal(self.session, [column.name for column in journal_columns(self.recognizer.classes)]) as journal:
            gallery = Gallery(journal.folder, kept and kept["gallery"])
            if kept:
                self._take_up(kept)
            self._read_all(journal, gallery, progress, should_stop)
            if self.frames:
                made = self._described(gallery)
                finish(self.session, journal.rows_path, gallery, made, COLUMN_SCHEMES[self.options.columns])
        discard(self.session)
        if made is None:
            with suppress(OSError):  # where other files are in it
                self.session.rmdir()
            raise MienError(f"{self.chosen.path} has no frame that can be read{self.chosen.span}.")
        progress(self._progress(self.frames))
        return made

    def _read_all(
        self,
        journal: Journal,
        gallery: Gallery,
        progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> None:
        durable, unsafe = time.monotonic(), None
        with (
            prefetch(self.chosen.chunks(), _AHEAD, "mien-decoding") as decoded,
            prefetch(self._followed(decoded), _AHEAD, "mien-following") as followed,
        ):
            for chunk in followed:
                self._read(chunk, journal, gallery)
                unsafe, stop = chunk, should_stop()
                if stop or time.monotonic() - durable > _DURABLE_EVERY_S:
                    self._commit(journal, gallery, chunk)
                    durable, unsafe = time.monotonic(), None
                    progress(self._progress(self.chosen.expected))
                if stop:
                    raise Stopped
        if unsafe is not None:
            self._commit(journal, gallery, unsafe)

    def _take_up(self, kept: dict[str, Any]) -> None:
        self.recognizer.load_state(kept["following"], kept["reading"])
        self.frames, self.faces, self.rows = kept["frames"], kept["faces"], kept["rows"]
        self.shape, self.started = tuple(kept["shape"]), kept["started"]
        self._before_s, self._before_frames = kept["seconds"], self.frames
        self.chosen.go_on_after(kept["last_frame"], kept["last_time_s"])

    def _followed(self, chunks: Iterator[list[Frame]]) -> Iterator[_Chunk]:
        for chunk in chunks:
            if self.chosen.video is None:
                frames = [
                    TrackedFrame(f, faces := self.recognizer.detect(f.image), list(range(1, len(faces) + 1)))
                    for f in chunk
                ]
            else:
                frames = [self.recognizer.detect_and_track(frame) for frame in chunk]
            yield _Chunk(frames, self.recognizer.tracking_state())

    def _read(self, chunk: _Chunk, journal: Journal, gallery: Gallery) -> None:
        for followed, read in zip(chunk.frames, self.recognizer.classify(chunk.frames), strict=True):
            made = rows(followed.frame, read, self.recognizer.classes)
            journal.append(made)
            for prediction in read.predictions:
                gallery.watch(followed.frame.image, prediction, prediction.time_s)
            self.frames += 1
            self.rows += len(made)
            self.faces += len(read.predictions)
        self.shape = chunk.frames[-1].frame.image.shape[:2]

    def _commit(self, journal: Journal, gallery: Gallery, chunk: _Chunk) -> None:
        last = chunk.frames[-1].frame
        journal.commit(
            identity=self.identity,
            started=self.started,
            frames=self.frames,
            faces=self.faces,
            rows=self.rows,
            seconds=self.seconds,
            shape=self.shape,
            last_frame=last.index,
            last_time_s=last.time_s,
            following=chunk.memory,
            reading=self.recognizer.smoothing_state(),
            gallery=gallery.state_dict(),
        )

    def _described(self, gallery: Gallery) -> Manifest:
        video = self.chosen.video
        persons = gallery.persons() if video else gallery.persons(least=1)
        return Manifest(
            input=self.chosen.described(self.shape),
            model=self.recognizer.card.name,
            model_sha256=self.recognizer.card.sha256,
            classes=self.recognizer.classes,
            persons=persons,
            options=self.options.as_dict(),
            counts={
                "frames": self.frames,
                "rows": self.rows,
                "faces": self.faces,
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
