"""Plays the sound of a session's video in step with its playhead."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError
from mien.utils import optional
from mien.utils.at_exit import at_exit
from mien.utils.logs import unexpected
from mien.video.sound import RATE, SoundFile, SoundPiece, has_sound

log = logging.getLogger(__name__)

TOLERANCE_S = 0.04
"""How far sound and picture may drift apart; then the sound jumps to where the playhead is."""
_AHEAD, _BEHIND = RATE, RATE // 2  # samples that are kept ready, and kept
_POLL_S = 0.02
_portaudio = threading.Lock()
"""PortAudio is called by one thread at a time."""

Fill = Callable[[int, float], NDArray[np.float32]]
"""Asked for so many samples, the first of which is heard in so many seconds; gives (N, 2), -1..1. From any thread."""


class Output(Protocol):
    """Where sound goes: asks for it until it is closed."""

    def close(self) -> None:
        """Be silent at once."""


class Loudspeaker:
    """The system's usual output, through PortAudio."""

    def __init__(self, fill: Fill) -> None:
        """Begin to ask for sound.

        Raises:
            MienError: the system has no output, or does not take this sound.
        """
        import sounddevice  # an extra

        def give(samples: NDArray[np.float32], count: int, time: Any, status: object) -> None:
            samples[:] = fill(count, max(time.outputBufferDacTime - time.currentTime, 0.0))

        try:
            with _portaudio:
                self._stream = sounddevice.OutputStream(samplerate=RATE, channels=2, dtype="float32", callback=give)
                try:
                    self._stream.start()
                except sounddevice.PortAudioError:
                    self._stream.close()  # nobody else can: there is no loudspeaker then
                    raise
        except sounddevice.PortAudioError as error:
            raise MienError(language.tr("The sound cannot be played ({}). The picture can.").format(error)) from error

    def close(self) -> None:
        """Be silent at once."""
        with _portaudio:
            self._stream.abort()
            self._stream.close()


def why_silent(video: Path | None) -> str:
    """Why the sound of a video cannot be played, in a sentence; empty where it can. Takes a moment, on any thread.

    Raises:
        MienError: the video cannot be read.
    """
    if video is None or not has_sound(video):
        return language.tr("This video has no sound.")
    try:
        with _portaudio:
            import sounddevice

            sounddevice.query_devices(kind="output")
    except ImportError:
        return language.tr("Sound needs a library that is not installed. {}").format(optional.install_extra("sound"))
    except OSError:  # sounddevice brings it along on Windows and macOS
        return language.tr("Sound needs PortAudio: sudo apt install libportaudio2")
    except (ValueError, sounddevice.PortAudioError):
        return language.tr("This computer has no output for sound.")
    return ""


class SoundPlayer:
    """Plays from now until it is stopped. The playhead leads: the sound is cut to it, also after seeking."""

    def __init__(
        self,
        video: Path,
        clock: Callable[[], float],
        failed: Callable[[str], None],
        output: Callable[[Fill], Output] = Loudspeaker,
    ) -> None:
        """Start the thread that decodes.

        Args:
            video: a file with sound.
            clock: the video's time at the playhead, s; asked on other threads.
            failed: takes one line for a person, on that thread; nothing is played after it.
            output: plays what it asks for.
        """
        self._video, self._clock, self._failed, self._output = video, clock, failed, output
        self._stopped = threading.Event()
        self._change = threading.Lock()
        self._pieces: deque[SoundPiece] = deque()
        self._next: int | None = None  # the sample that the output is given next
        self._thread = threading.Thread(target=self._run, name="mien-sound", daemon=True)
        at_exit(self._end)  # first: Ctrl+C may come while it is started
        self._thread.start()

    def stop(self) -> None:
        """Be silent from now on, without waiting."""
        self._stopped.set()

    @property
    def ended(self) -> bool:
        """Whether its thread is over."""
        return not self._thread.is_alive()

    def wait(self) -> None:
        """Wait for the thread to end."""
        self._thread.join()

    def _end(self) -> None:
        self.stop()
        self.wait()

    def fill(self, count: int, heard_in_s: float) -> NDArray[np.float32]:
        """What is to be heard then: (count, 2), silence where there is no sound."""
        made = np.zeros((count, 2), np.float32)
        if self._stopped.is_set():
            return made
        wanted = round((self._clock() + heard_in_s) * RATE)
        if self._next is None or abs(wanted - self._next) > TOLERANCE_S * RATE:
            self._next = wanted
        with self._change:
            for piece in self._pieces:
                first, end = max(piece.start, self._next), min(piece.end, self._next + count)
                if first < end:
                    made[first - self._next : end - self._next] = piece.samples[first - piece.start : end - piece.start]
        self._next += count
        return made

    def _run(self) -> None:
        try:
            with SoundFile(self._video) as file:
                output = self._output(self.fill)
                try:
                    self._decode(file)
                finally:
                    output.close()
        except MienError as error:
            self._failed(str(error))
        except Exception as error:  # becomes a message; the window goes on
            log.exception("cannot play the sound of %s", self._video)
            self._failed(unexpected(error))

    def _decode(self, file: SoundFile) -> None:
        """Keep the sound around the playhead ready."""
        first = end = self._seek(file)
        while not self._stopped.is_set():
            now = round(self._clock() * RATE)
            if not first <= now <= end + _AHEAD:  # the person has moved it
                first = end = self._seek(file)
            elif end > now + _AHEAD or (piece := file.read()) is None:
                self._stopped.wait(_POLL_S)
            else:
                end = max(end, piece.end)
                with self._change:
                    self._pieces.append(piece)
                    while self._pieces and self._pieces[0].end < now - _BEHIND:
                        first = self._pieces.popleft().end

    def _seek(self, file: SoundFile) -> int:
        """Go to the playhead, in samples."""
        now = self._clock()
        file.go_to(now)
        with self._change:
            self._pieces.clear()
        return round(now * RATE)
