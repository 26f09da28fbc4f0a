"""Opens a file in a process of its own first, which can be ended.

A header may claim a hundred million frames in a few bytes. PyAV then takes gigabytes and minutes, and nothing in this
process could stop it, or survive a crash of it. What opens there in bounds does so here too.

This file is also the program of that process, so it imports no other part of Mien and nothing large.
"""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

MAX_PIXELS = 8192 * 4320
"""Of a frame. A file may claim any size, and a decoder takes memory for it before it has seen a picture."""
OPTIONS = {"max_pixels": str(MAX_PIXELS)}
"""Of FFmpeg, for the container and its decoders."""
PATIENCE_S = 8.0
"""Without progress; then a file is given up."""

_MOST_CPU_S, _MOST_BYTES = 5.0, 1 << 30
_LONGEST_S = 60.0  # on a slow disk
_POLL_S = 0.02
_PACKETS = 100  # until the first frame

_passed: set[tuple[str, int, int]] = set()


def passes(path: Path) -> bool:
    """Whether a file can be opened, or refused, in bounded time and memory; asked once for each file as it is."""
    from mien.utils import own_process  # not needed by the program that this file is, too

    try:
        stat = path.stat()
        own = (str(path.resolve()), stat.st_size, stat.st_mtime_ns)
        if own in _passed or not path.is_file():  # what is no file can be read only once
            return True
        command = own_process.command(__file__, str(path.absolute()))  # FFmpeg would take 12:30.mp4 for an address
        with open(os.devnull, "r+b") as nothing:
            process = subprocess.Popen(
                command, stdin=nothing, stdout=nothing, stderr=nothing, creationflags=own_process.WITHOUT_CONSOLE
            )
    except OSError:  # opening it will say why, or no process can be started here
        return True
    if _ends_well(process):
        _passed.add(own)
        return True
    return False


def _ends_well(process: "subprocess.Popen[bytes]") -> bool:
    waited_s = 0.0
    try:
        while waited_s < _LONGEST_S:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_POLL_S) == 0
            waited_s += _POLL_S
            with suppress(psutil.Error):
                if any(map(_takes_too_much, _watched(process.pid))):
                    return False
        return False
    finally:
        process.kill()
        process.wait()


def _watched(number: int) -> list[psutil.Process]:
    """A process and, on Windows, those that it started: Python in a virtual environment is a small program there."""
    own = psutil.Process(number)
    return [own, *(own.children() if sys.platform == "win32" else ())]


def _takes_too_much(watched: psutil.Process) -> bool:
    with suppress(psutil.Error):
        used = watched.cpu_times()
        return bool(watched.memory_info().rss > _MOST_BYTES or used.user + used.system > _MOST_CPU_S)
    return False


def _main(path: str) -> None:
    import av

    # An error here is one there too, where it is told.
    with suppress(Exception), av.open(path, options=OPTIONS, metadata_errors="replace", timeout=PATIENCE_S) as opened:
        for stream in opened.streams.video:
            if stream.codec_context is not None:
                stream.codec_context.options = OPTIONS
        for number, packet in enumerate(opened.demux(video=0)):
            if number == _PACKETS or packet.decode():
                return


if __name__ == "__main__":
    _main(sys.argv[1])
