"""Records a live source: its video and its rows, as they come.

Nobody waits for the disk: what does not fit into a bounded queue is dropped and counted. A crash loses about half a
second, after thousands of tracks a few; `mien.session.recovery` makes a session of what is there.
"""

import logging
import queue
import threading
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av

from mien import language
from mien.errors import MienError
from mien.models.cards import Card
from mien.session.columns import journal_columns, rows
from mien.session.edits import TimeSpan
from mien.session.folder import RECORDED_VIDEO
from mien.session.gallery import Gallery
from mien.session.journal import Journal, discard
from mien.session.recovery import finish_recording, leave_video, still_recorded
from mien.session.schemes.mien import MIEN
from mien.types import Frame, Recognition
from mien.utils.at_exit import at_exit
from mien.utils.files import cannot_write, make_folder, reason_of
from mien.utils.lock import locked
from mien.video.writer import VideoWriter

log = logging.getLogger(__name__)

_WAITING = 24  # frames; of 1920x1080 px they take 150 MB
_MOST_MARKERS = 10_000  # all are kept with each commit
_POLL_S = 0.1
_RATE = 30.0  # of cameras that do not say


class Recorder:
    """One recording. `add_frame` and `add_recognition` may be called from any thread; a thread of its own writes."""

    def __init__(self, folder: Path, card: Card, *, source: str, runs_on: str, pose: bool = False) -> None:
        """Begin.

        Args:
            folder: the session's, which is made here.
            card: of the model that makes the predictions.
            source: the camera's name.
            runs_on: runtime and device.
            pose: also record what is measured of head pose, eyes and mouth.

        Raises:
            MienError: the folder is there already, or cannot be made.
        """
        self.folder, self.source, self.runs_on = folder, source, runs_on
        self.card, self.classes, self._pose = card, card.network.classes, pose
        MIEN.check_classes(self.classes)
        try:
            make_folder(folder, exist_ok=False)
            self._journal = Journal(folder, [column.name for column in journal_columns(self.classes, pose=pose)])
        except FileExistsError:
            raise MienError(
                language.tr("{} is there already. Choose another name for the recording.").format(folder)
            ) from None
        except OSError as error:
            raise cannot_write(folder, error) from error
        self._gallery = Gallery(self._journal.folder)
        self._started = datetime.now(UTC).isoformat(timespec="seconds")
        self._queue: queue.Queue[Frame | tuple[Frame, Recognition]] = queue.Queue(_WAITING)
        self._stop = threading.Event()
        self._video: VideoWriter | None = None
        self._began_s, self._shape = 0.0, (0, 0)
        self._places: dict[int, tuple[int, float]] = {}  # index and time in the video of the latest written frames
        self._baselines: dict[int, TimeSpan] = {}  # of tracks, in the source's time
        self._markers: list[tuple[float, str]] = []  # in the source's time
        self.frames = self.classified = self.faces = self.rows = self.dropped = 0
        self._left_out = self._most_faces = self._low_score = 0  # faces that stay visible where others are blurred
        self.seconds = 0.0
        """Length of the video so far."""
        self.error = ""
        """Why it ended by itself, as a person should read it."""
        self._held = ExitStack()
        self._held.enter_context(locked(folder, still_recorded(folder)))  # until it ends, or the process does
        self._thread = threading.Thread(target=self._work, name="mien-recorder", daemon=True)
        at_exit(self._end)  # first: Ctrl+C may come while it is started
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it is still writing."""
        return self._thread.is_alive()

    @property
    def size(self) -> int:
        """Bytes of video so far."""
        try:
            return (self.folder / RECORDED_VIDEO).stat().st_size
        except OSError:
            return 0

    def add_frame(self, frame: Frame) -> None:
        """Record a frame of the source; it is dropped if the disk is too slow."""
        self._add(frame)

    def add_recognition(self, frame: Frame, recognition: Recognition) -> None:
        """Record the predictions for a frame that was added before."""
        self._add((frame, recognition))

    def keep_baseline(self, track: int, span: TimeSpan | None) -> None:
        """Keep when a track's face was at rest, in the source's time; None takes it back.

        It becomes the person's baseline in the session, as far as it was recorded.
        """
        others = {number: own for number, own in self._baselines.items() if number != track}
        self._baselines = others if span is None else {**others, track: span}  # a new dict: the other thread reads it

    def keep_marker(self, time_s: float, note: str) -> None:
        """Keep what happened at a moment of the source's time; it becomes a marker of the session."""
        if len(self._markers) < _MOST_MARKERS:
            self._markers = [*self._markers, (time_s, note)]  # a new list: the other thread reads it

    def _add(self, item: Frame | tuple[Frame, Recognition]) -> None:
        if self._stop.is_set():
            return
        try:
            self._queue.put_nowait(item)
        except queue.Full:
            self.dropped += 1

    def stop(self) -> None:
        """Write what is waiting, then finish; this does not wait for either."""
        self._stop.set()

    def join(self, timeout_s: float | None = None) -> None:
        """Wait until it is finished."""
        self._thread.join(timeout_s)

    def _end(self) -> None:
        self.stop()
        self.join()

    def _work(self) -> None:
        try:
            try:
                self._write_all()
            finally:
                self._stop.set()
                if self._video is not None:
                    self._video.close()
            if self._video is None:
                self.error = language.tr("Nothing was recorded: no picture came.")
                self._leave_nothing()
                return
            if not self.rows:
                self._journal.close()
                self.error = str(leave_video(self.folder))
                return
            self._commit()
            self._journal.close()
            finish_recording(self.folder, self._state())
        except (OSError, MienError, av.FFmpegError) as error:
            self.error = self._ended(reason_of(error))
        except Exception as error:  # a thread that fails becomes a message; the window goes on
            log.exception("the recorder failed")
            self.error = self._ended(f"{type(error).__name__}: {error}")
        finally:
            self._journal.close()
            self._held.close()

    def _leave_nothing(self) -> None:
        """A folder without a video would be no session, and never become one."""
        self._journal.close()
        discard(self.folder)
        self._held.close()
        with suppress(OSError):  # something else lies there
            self.folder.rmdir()

    def _ended(self, why: str) -> str:
        text = language.tr(
            "The recording ended after {} s: {}. What was written is in {}: open that folder on the Review page."
        )
        return text.format(round(self.seconds), why, self.folder)

    def _write_all(self) -> None:
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
                    self._write_recognition(*item)
            if self._journal.due:
                self._commit()

    def _write_frame(self, frame: Frame) -> None:
        if self._video is None:
            self._shape = frame.image.shape[0], frame.image.shape[1]
            self._began_s = frame.time_s
            self._video = VideoWriter(self.folder / RECORDED_VIDEO, self._shape[1], self._shape[0], _RATE, safe=True)
        if frame.image.shape[:2] != self._shape:
            raise MienError(language.tr("the size of the camera's picture has changed"))
        self.seconds = max(frame.time_s - self._began_s, 0.0)
        self._video.write(frame.image, self.seconds)
        self._places[frame.index] = (self.frames, self.seconds)
        self.frames += 1
        if len(self._places) > 10 * _WAITING:
            del self._places[next(iter(self._places))]

    def _write_recognition(self, frame: Frame, recognition: Recognition) -> None:
        if frame.index not in self._places:
            return  # its frame was dropped, came before the recording, or has its rows (a paused one may come again)
        index, time_s = self._places.pop(frame.index)
        made = rows(Frame(index, time_s, frame.image), recognition, self.classes, pose=self._pose)
        self._journal.append(made)
        for prediction in recognition.predictions:
            self._gallery.watch(frame.image, prediction, time_s)
        self.classified, self.rows = self.classified + 1, self.rows + len(made)
        self.faces += len(recognition.predictions)
        self._left_out += recognition.left_out
        self._low_score += recognition.low_score
        self._most_faces = max(self._most_faces, len(recognition.predictions) + recognition.left_out)

    def _commit(self) -> None:
        self._journal.commit(**self._state())

    def _state(self) -> dict[str, Any]:
        return {
            "recording": True,
            "source": self.source,
            "engine": self.runs_on,
            "model": self.card.name,
            "model_sha256": self.card.sha256,
            "classes": self.classes,
            "started": self._started,
            "seconds": self.seconds,
            "counts": {
                "frames": self.frames,
                "read": self.classified,
                "dropped": self.dropped,
                "rows": self.rows,
                "faces": self.faces,
                "left_out": self._left_out,
                "most_faces": self._most_faces,
                "low_score": self._low_score,
            },
            "gallery": self._gallery.state_dict(),
            "markers": [
                [round(time_s - self._began_s, 6), note] for time_s, note in self._markers if time_s >= self._began_s
            ],
            "neutrals": {
                str(track): [round(max(moment - self._began_s, 0.0), 6) for moment in (own.start_s, own.end_s)]
                for track, own in self._baselines.items()
            },
        }
