"""Sends a source's predictions to other programs, without a window, until it is stopped."""

import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from mien.errors import MienError
from mien.live.pipeline import LivePipeline
from mien.live.state import LiveResult, State
from mien.models import cards
from mien.sending import Sending, SendOptions, open_sender, warning
from mien.sources import AnyAddress
from mien.utils.counts import counted
from mien.utils.files import make_folder, writing
from mien.utils.text import printable
from mien_app.startup.live_table import LiveTable

if TYPE_CHECKING:
    from mien.recognition.recognizer import Recognizer

_POLL_S = 0.1


def run_send(
    source: AnyAddress,
    model: str,
    protocol: str,
    *,
    frames: int | None,
    out: Path,
    max_faces: int,
    rotate: int = 0,
    pose: bool = False,
    options: SendOptions,
) -> int:
    """Recognise a source at its own speed, as the window does; send each result, and write it to faces.csv.

    Args:
        source: of `mien.sources.open_source`. A camera that is lost is waited for.
        model: name or path.
        protocol: one of `mien.sending.names()`.
        frames: how many at most; None ends with the source alone.
        out: folder of faces.csv.
        max_faces: the largest of a frame are classified.
        rotate: turn each picture clockwise by so many degrees (see `mien.types.ROTATIONS`).
        pose: also measure and send head pose, eyes and mouth.
        options: where to send to.

    Raises:
        MienError: the source cannot be opened or has no frame, the model is missing, nothing can be sent, or `out`
            cannot be written.
    """
    classes = cards.read_card(model).network.classes
    with writing(out):
        make_folder(out)
    with ExitStack() as opened:
        table = opened.enter_context(LiveTable(out / "faces.csv", pose=pose))
        if text := warning(protocol, options):
            _tell(text)
        sending = opened.enter_context(Sending(open_sender(protocol, classes, options), classes))
        _tell(f"Sending to {sending.where}. Ctrl+C ends it.")
        run = _Run(sending, table, classes, frames)
        pipeline = LivePipeline(source, lambda: _recognizer(model, max_faces, pose), on_result=run.take, rotate=rotate)
        opened.callback(pipeline.join)
        opened.callback(pipeline.stop)
        _wait(run, pipeline, sending)
    _tell(f"{counted(run.count, 'frame')} sent, {sending.dropped} dropped. Table: {out / 'faces.csv'}")
    return 0


class _Run:
    """What becomes of each result; it runs on the recognition thread."""

    def __init__(self, sending: Sending, table: LiveTable, classes: tuple[str, ...], frames: int | None) -> None:
        self._sending, self._table, self._classes, self._frames = sending, table, classes, frames
        self.count = 0
        self.done = threading.Event()

    def take(self, result: LiveResult) -> None:
        if self.done.is_set():
            return
        self._sending.put(result.recognition, result.captured.clock_s)
        self._table.write(result.captured.frame, result.recognition, self._classes)
        self.count += 1
        if self.count == self._frames:
            self.done.set()


def _recognizer(model: str, max_faces: int, pose: bool) -> "Recognizer":
    from mien.recognition.recognizer import Recognizer
    from mien.recognition.settings import RecognizerSettings

    return Recognizer(model, settings=RecognizerSettings(max_faces=max_faces, pose=pose))


def _wait(run: _Run, pipeline: LivePipeline, sending: Sending) -> None:
    """Until all frames were taken, the source has ended, or something failed."""
    said = ""
    while not run.done.wait(_POLL_S):
        status = pipeline.status
        if status.state is State.FAILED:
            raise MienError(status.message)
        if sending.error:
            raise MienError(sending.error)
        if status.state is State.WAITING and status.message != said:
            _tell(status.message)
        said = status.message
        if status.state is State.ENDED and pipeline.idle:
            return


def _tell(text: str) -> None:
    """Print a line where it is in nobody's way: the standard output may be what is sent."""
    print(printable(text), file=sys.stderr, flush=True)
