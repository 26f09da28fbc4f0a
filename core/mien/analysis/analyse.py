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

from mien.analysis.ahead import ahead
from mien.analysis.options import AnalysisOptions
from mien.errors import MienError
from mien.recognizer import Followed, Recognizer
from mien.session.columns import check_classes, journal_columns, rows
from mien.session.description import FILE, Description, input_of, read_description, versions
from mien.session.finish import finish
from mien.session.gallery import Gallery
from mien.session.journal import Journal, discard, read_progress
from mien.settings import Settings
from mien.sources.pictures import PictureSource, is_picture
from mien.types import Frame
from mien.video import VideoFile

CHUNK = 16  # frames
_AHEAD = 2  # chunks
_DURABLE_EVERY_S = 0.4


@dataclass(frozen=True)
class Progress:
    """How far an analysis is."""

    frames: int
    expected: int
    """0 where the file does not say."""
    faces: int
    rate: float
    """Frames a second, since it was begun or taken up again."""

    @property
    def left_s(self) -> float | None:
        """Seconds that it will still take, where that can be told."""
        return (self.expected - self.frames) / self.rate if self.expected and self.rate else None


class Stopped(Exception):
    """The analysis was asked to stop; what is done is kept, and it can be taken up again."""


@dataclass(frozen=True)
class _Chunk:
    frames: list[Followed]
    memory: dict[str, Any]
    """Of the recogniser's following, after these frames."""


def recognizer_for(options: AnalysisOptions, *, threads: int | None = None) -> Recognizer:
    """The recogniser of an analysis; it may serve several files, one after another."""
    settings = Settings(max_faces=options.max_faces, smoothing_s=options.smoothing_s, coverage=options.coverage)
    made = Recognizer(options.model, settings=settings, threads=threads, many=True)
    check_classes(made.classes)
    return made


def is_finished(session: Path, path: Path, options: AnalysisOptions) -> bool:
    """Whether a session of this file with these options is there already.

    Raises:
        MienError: there is one of another file or with other options.
    """
    if not (session / FILE).is_file():
        return False
    there = read_description(session)
    discard(session)  # left over where it was killed between the last two steps
    before = {"coverage": AnalysisOptions.coverage, **there.options}  # which older sessions do not state
    if before != options.as_dict() or there.input.path != str(path.resolve()):
        raise MienError(f"{session} holds another analysis. Choose another --out, or --replace it.")
    return there.input.size == path.stat().st_size


def analyse(
    path: Path,
    session: Path,
    recognizer: Recognizer,
    options: AnalysisOptions,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Description:
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
    source = PictureSource(path) if is_picture(path) else VideoFile(path)
    try:
        return _Analysis(source, path, session, recognizer, options).run(progress, should_stop)
    except OSError as error:
        raise MienError(f"{error.filename or session}: {error.strerror or error}.") from error
    finally:
        source.close()


class _Analysis:
    def __init__(
        self,
        source: VideoFile | PictureSource,
        path: Path,
        session: Path,
        recognizer: Recognizer,
        options: AnalysisOptions,
    ) -> None:
        self.source, self.path, self.session = source, path, session
        self.recognizer, self.options = recognizer, options
        self.frames = self.faces = self.rows = 0
        self.shape = (0, 0)
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self._before_s, self._before_frames, self._began = 0.0, 0, time.monotonic()
        stat, card = path.stat(), recognizer.card
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

    def run(self, progress: Callable[[Progress], None], should_stop: Callable[[], bool]) -> Description:
        kept = read_progress(self.session)
        if kept is not None and kept.get("identity") != self.identity:
            kept = None  # begun with another file, options or version
            discard(self.session)
        made = None
        self.recognizer.forget()
        with Journal(self.session, [column.name for column in journal_columns(self.recognizer.classes)]) as journal:
            gallery = Gallery(journal.folder, kept and kept["gallery"])
            if kept:
                self._take_up(kept)
            self._read_all(journal, gallery, progress, should_stop)
            if self.frames:
                made = self._described(gallery)
                finish(self.session, journal.rows_path, gallery, made, self.options.columns)
        discard(self.session)
        if made is None:
            with suppress(OSError):  # where other files are in it
                self.session.rmdir()
            raise MienError(f"{self.path} has no frame that can be read{self._span()}.")
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
            ahead(self._decoded(), _AHEAD, "mien-decoding") as decoded,
            ahead(self._followed(decoded), _AHEAD, "mien-following") as followed,
        ):
            for chunk in followed:
                self._read(chunk, journal, gallery)
                unsafe, stop = chunk, should_stop()
                if stop or time.monotonic() - durable > _DURABLE_EVERY_S:
                    self._commit(journal, gallery, chunk)
                    durable, unsafe = time.monotonic(), None
                    progress(self._progress(self._expected()))
                if stop:
                    raise Stopped
        if unsafe is not None:
            self._commit(journal, gallery, unsafe)

    def _span(self) -> str:
        return " in the time that was asked for" if self.options.start_s or self.options.end_s else ""

    def _expected(self) -> int:
        if not isinstance(self.source, VideoFile):
            return 1
        if self.options.start_s or self.options.end_s is not None:
            end = min(self.options.end_s or self.source.duration_s, self.source.duration_s or float("inf"))
            return round((end - self.options.start_s) * self.source.rate / self.options.every)
        return self.source.expected_frames // self.options.every

    def _take_up(self, kept: dict[str, Any]) -> None:
        self.recognizer.recall(kept["following"], kept["reading"])
        self.frames, self.faces, self.rows = kept["frames"], kept["faces"], kept["rows"]
        self.shape, self.started = tuple(kept["shape"]), kept["started"]
        self._before_s, self._before_frames = kept["seconds"], self.frames
        if isinstance(self.source, VideoFile):
            self.source.go_on_after(kept["last_frame"], kept["last_time_s"])

    def _decoded(self) -> Iterator[list[Frame]]:
        """The chosen frames in chunks."""
        chunk: list[Frame] = []
        for frame in self._chosen():
            chunk.append(frame)
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def _chosen(self) -> Iterator[Frame]:
        options = self.options
        if options.start_s and isinstance(self.source, VideoFile) and not self.frames:
            self.source.go_to(options.start_s)
        while (frame := self.source.read()) is not None:
            if options.end_s is not None and frame.time_s >= options.end_s:
                return
            if frame.time_s >= options.start_s and frame.index % options.every == 0:
                yield frame

    def _followed(self, chunks: Iterator[list[Frame]]) -> Iterator[_Chunk]:
        for chunk in chunks:
            if isinstance(self.source, PictureSource):
                frames = [
                    Followed(f, faces := self.recognizer.find(f.image), list(range(1, len(faces) + 1))) for f in chunk
                ]
            else:
                frames = [self.recognizer.follow(frame) for frame in chunk]
            yield _Chunk(frames, self.recognizer.follow_memory())

    def _read(self, chunk: _Chunk, journal: Journal, gallery: Gallery) -> None:
        for followed, read in zip(chunk.frames, self.recognizer.read_followed(chunk.frames), strict=True):
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
            reading=self.recognizer.read_memory(),
            gallery=gallery.memory(),
        )

    def _described(self, gallery: Gallery) -> Description:
        video = self.source if isinstance(self.source, VideoFile) else None
        persons = gallery.persons() if video else gallery.persons(least=1)
        return Description(
            input=input_of(
                self.path,
                size_px=self.shape,
                fps=video.rate if video else 0.0,
                duration_s=video.duration_s if video else 0.0,
                codec=video.codec if video else "",
            ),
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
                "runtime": self.recognizer.engine,
            },
            versions=versions(),
        )
