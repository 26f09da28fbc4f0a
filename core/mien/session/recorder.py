"""Records a live source: its video and its rows, as they come.

Nobody waits for the disk: what does not fit into a bounded queue is dropped, and counted. A crash loses about half a
second, and `recover` makes a session of what is there.
"""

import logging
import os
import queue
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import psutil

from mien.errors import MienError
from mien.models.cards import Card
from mien.session.columns import check_classes, journal_columns, rows
from mien.session.edits import Edits, TimeSpan, write_edits
from mien.session.finalize import finish
from mien.session.gallery import Gallery
from mien.session.journal import FOLDER, Journal, discard, read_progress
from mien.session.manifest import Manifest, Person, input_of, versions
from mien.session.schemes.mien import MIEN
from mien.session.session import VIDEO
from mien.types import Frame, Recognition
from mien.utils.files import cannot_write, writing
from mien.video.reader import VideoFile
from mien.video.writer import VideoWriter

log = logging.getLogger(__name__)

_WAITING = 24  # frames; of 1920x1080 px they take 150 MB
_DURABLE_EVERY_S = 0.4
_POLL_S = 0.1
_RATE = 30.0  # of cameras that do not say

_running: set[Path] = set()
"""Folders that this process records into."""


class Recorder:
    """One recording. `add_frame` and `add_recognition` may be called from any threads; writing has one of its own."""

    def __init__(self, folder: Path, card: Card, *, source: str, runs_on: str) -> None:
        """Begin.

        Args:
            folder: the session's; made here.
            card: of the model that reads.
            source: the camera's name.
            runs_on: runtime and device.

        Raises:
            MienError: the folder is there already, or cannot be made.
        """
        self.folder, self.source, self.runs_on = folder, source, runs_on
        self.card, self.classes = card, card.network.classes
        check_classes(self.classes)
        try:
            folder.mkdir(parents=True)
            self._journal = Journal(folder, [column.name for column in journal_columns(self.classes)])
        except FileExistsError:
            raise MienError(f"{folder} is there already.") from None
        except OSError as error:
            raise cannot_write(folder, error) from error
        self._gallery = Gallery(self._journal.folder)
        self._started = datetime.now(UTC).isoformat(timespec="seconds")
        self._queue: queue.Queue[Frame | tuple[Frame, Recognition]] = queue.Queue(_WAITING)
        self._stop = threading.Event()
        self._video: VideoWriter | None = None
        self._began_s, self._shape = 0.0, (0, 0)
        self._places: dict[int, tuple[int, float]] = {}  # of the source's frames that were written
        self._neutrals: dict[int, TimeSpan] = {}  # of tracks, in the source's time
        self.frames = self.readings = self.faces = self.rows = self.dropped = 0
        self.seconds = 0.0
        """How long the video is."""
        self.error = ""
        """Why it ended by itself, for a person."""
        self._process = [os.getpid(), psutil.Process().create_time()]
        _running.add(folder.resolve())
        self._thread = threading.Thread(target=self._work, name="mien-recorder", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it still writes."""
        return self._thread.is_alive()

    @property
    def size(self) -> int:
        """Bytes of video so far."""
        try:
            return (self.folder / VIDEO).stat().st_size
        except OSError:
            return 0

    def add_frame(self, frame: Frame) -> None:
        """Record a frame of the source, unless the disk is too slow for it."""
        self._add(frame)

    def add_recognition(self, frame: Frame, recognition: Recognition) -> None:
        """Record what was read of a frame that was given before."""
        self._add((frame, recognition))

    def keep_neutral(self, track: int, stretch: TimeSpan | None) -> None:
        """Say when a track's face was at rest, in the source's time; None takes it back.

        The session has it as a person's own neutral, as far as it was recorded.
        """
        others = {number: own for number, own in self._neutrals.items() if number != track}
        self._neutrals = others if stretch is None else {**others, track: stretch}  # anew, for the other thread

    def _add(self, item: Frame | tuple[Frame, Recognition]) -> None:
        if self._stop.is_set():
            return
        try:
            self._queue.put_nowait(item)
        except queue.Full:
            self.dropped += 1

    def stop(self) -> None:
        """Write what is waiting, and finish. Does not wait for that."""
        self._stop.set()

    def join(self, timeout_s: float | None = None) -> None:
        """Wait until it is finished."""
        self._thread.join(timeout_s)

    def _work(self) -> None:
        kept = f"What was written is in {self.folder}: open that folder on the Review page."
        try:
            try:
                self._write_all()
            finally:
                self._stop.set()
                if self._video is not None:
                    self._video.close()
            self._commit()
            self._journal.close()
            _finish(self.folder, self._state())
        except (OSError, MienError, av.FFmpegError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.error = f"The recording ended after {self.seconds:.0f} s: {reason}. {kept}"
            self._journal.close()
        except Exception as error:  # a thread that fails becomes a message; the window goes on
            log.exception("the recorder failed")
            self.error = f"The recording ended after {self.seconds:.0f} s: {type(error).__name__}: {error}. {kept}"
        finally:
            _running.discard(self.folder.resolve())

    def _write_all(self) -> None:
        durable = time.monotonic()
        while True:
            try:
                item = self._queue.get(timeout=_POLL_S)
            except queue.Empty:
                if self._stop.is_set():
                    return
            else:
                if isinstance(item, Frame):
                    self._write_frame(item)
                else:
                    self._write_reading(*item)
            if time.monotonic() - durable > _DURABLE_EVERY_S:
                self._commit()
                durable = time.monotonic()

    def _write_frame(self, frame: Frame) -> None:
        if self._video is None:
            self._shape = frame.image.shape[0], frame.image.shape[1]
            self._began_s = frame.time_s
            self._video = VideoWriter(self.folder / VIDEO, self._shape[1], self._shape[0], _RATE, safe=True)
        if frame.image.shape[:2] != self._shape:
            raise MienError("the camera's picture has changed its size")
        self.seconds = max(frame.time_s - self._began_s, 0.0)
        self._video.write(frame.image, self.seconds)
        self._places[frame.index] = (self.frames, self.seconds)
        self.frames += 1
        if len(self._places) > 10 * _WAITING:
            del self._places[next(iter(self._places))]

    def _write_reading(self, frame: Frame, recognition: Recognition) -> None:
        if frame.index not in self._places:
            return  # the frame itself was dropped, or came before the recording
        index, time_s = self._places[frame.index]
        made = rows(Frame(index, time_s, frame.image), recognition, self.classes)
        self._journal.append(made)
        for prediction in recognition.predictions:
            self._gallery.watch(frame.image, prediction, time_s)
        self.readings, self.rows = self.readings + 1, self.rows + len(made)
        self.faces += len(recognition.predictions)

    def _commit(self) -> None:
        self._journal.commit(**self._state())

    def _state(self) -> dict[str, Any]:
        return {
            "recording": True,
            "process": self._process,
            "source": self.source,
            "engine": self.runs_on,
            "model": self.card.name,
            "model_sha256": self.card.sha256,
            "classes": self.classes,
            "started": self._started,
            "seconds": self.seconds,
            "counts": {
                "frames": self.frames,
                "read": self.readings,
                "dropped": self.dropped,
                "rows": self.rows,
                "faces": self.faces,
            },
            "gallery": self._gallery.state_dict(),
            "neutrals": {
                str(track): [round(max(moment - self._began_s, 0.0), 6) for moment in (own.start_s, own.end_s)]
                for track, own in self._neutrals.items()
            },
        }


def is_unfinished_recording(folder: Path) -> bool:
    """Whether a folder holds a recording that a crash ended."""
    kept = read_progress(folder)
    return kept is not None and bool(kept.get("recording"))


def _is_written(folder: Path, kept: dict[str, Any]) -> bool:
    """Whether a recording still goes on, here or in another process."""
    process, began = kept.get("process", (0, 0.0))
    if process == os.getpid():
        return folder.resolve() in _running
    try:
        return bool(psutil.Process(process).create_time() == began)
    except psutil.Error:
        return False


def recover(folder: Path) -> Manifest:
    """Make a session of a recording that a crash ended.

    Raises:
        MienError: there is none, it has not ended yet, or the folder cannot be written.
    """
    kept = read_progress(folder)
    if kept is None or not kept.get("recording"):
        raise MienError(f"{folder} holds no unfinished recording.")
    if _is_written(folder, kept):
        raise MienError(f"{folder} is still being recorded. Stop the recording, then open it again.")
    with writing(folder), Journal(folder, []):  # cuts off the rows that are not sure
        return _finish(folder, kept)


def _finish(folder: Path, kept: dict[str, Any]) -> Manifest:
    path = folder / VIDEO
    with VideoFile(path) as video:
        first = video.read()
        shape = first.image.shape if first is not None else (0, 0)
    gallery = Gallery(folder / FOLDER, kept["gallery"])
    persons = gallery.persons()
    seconds = kept["seconds"]
    made = Manifest(
        input=input_of(
            path,
            size_px=(shape[0], shape[1]),
            fps=kept["counts"]["frames"] / seconds if seconds else 0.0,
            duration_s=seconds,
            codec="h264",
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
    edits = _with_neutrals(persons, {int(track): TimeSpan(*own) for track, own in kept.get("neutrals", {}).items()})
    if edits.neutrals:
        write_edits(folder, edits)
    finish(folder, folder / FOLDER / "rows.csv", gallery, made, MIEN)
    discard(folder)
    return made


def _with_neutrals(persons: tuple[Person, ...], stretches: dict[int, TimeSpan]) -> Edits:
    """What was said of tracks, said of the persons that they are; of several tracks of one person, the last holds."""
    edits = Edits()
    for track, own in sorted(stretches.items()):
        for person in persons:
            if track in person.tracks and own.start_s < own.end_s:
                edits = edits.rested(person.number, own.start_s, own.end_s)
    return edits
