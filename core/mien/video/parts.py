"""Where in a transport stream the video's codec changes: files of different cameras that were joined.

FFmpeg decodes a stream with one codec from its beginning to its end, so each part is opened by itself.
"""

import io
from pathlib import Path

_PACKET = 188  # bytes
_SYNC = 0x47
_WINDOW = 5000 * _PACKET  # looked at in one go; a stream says what is in it several times a second
_WINDOWS = 40  # in a file; between two that differ it is searched by halves
# Stream types of video in ISO/IEC 13818-1: MPEG-1, MPEG-2, MPEG-4, H.264, HEVC, VVC, AVS, VC-1.
_VIDEO = frozenset({0x01, 0x02, 0x10, 0x1B, 0x24, 0x33, 0x42, 0xEA})

Program = tuple[tuple[int, int], ...]
"""Stream type and number of each video in it."""


class Part(io.RawIOBase):
    """The bytes of a file from one place up to another, as a file."""

    def __init__(self, path: Path, start: int, end: int) -> None:
        self._file = path.open("rb")
        self._start, self._end = start, end
        self._file.seek(start)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most so many."""
        left = self._end - self._file.tell()
        return self._file.read(left if size < 0 else min(size, left))

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place; the part begins at 0."""
        base = (self._start, self._file.tell(), self._end)[whence]
        return self._file.seek(max(base + offset, self._start)) - self._start

    def tell(self) -> int:
        """The place of the next byte."""
        return self._file.tell() - self._start

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def parts(path: Path) -> list[tuple[int, int]]:
    """The first byte of each part, and the one after its last; one part for a file that does not change."""
    size = path.stat().st_size
    step = max(size // _WINDOWS // _PACKET * _PACKET, _WINDOW)
    begins, before = [0], None
    with path.open("rb") as file:
        for start in range(0, size, step):
            for place, program in _programs(file, start):
                if before is not None and program != before[1]:
                    begins.append(_change(file, before, place))
                before = place, program
    return list(zip(begins, [*begins[1:], size], strict=True))


def _change(file: io.BufferedReader, before: tuple[int, Program], after: int) -> int:
    """Where between two places the program changes from the one before."""
    low, program = before
    while after - low > _WINDOW:
        middle = (low + after) // 2 // _PACKET * _PACKET
        there = next(iter(_programs(file, middle)), None)
        if there is None or there[0] >= after:
            break
        low, after = (there[0], after) if there[1] == program else (low, there[0])
    return next((place for place, there in _programs(file, low) if there != program and place <= after), after)


def _programs(file: io.BufferedReader, start: int) -> list[tuple[int, Program]]:
    """Each table in a window that says which streams follow: its place in the file, and the videos that it names."""
    file.seek(start)
    data = file.read(_WINDOW)
    found: list[tuple[int, Program]] = []
    table, begins = None, 0  # number of the packets that name the streams; where the list of programs before it begins
    for at in range(0, len(data) - _PACKET + 1, _PACKET):
        if data[at] != _SYNC or not data[at + 1] & 0x40:  # no table begins here
            continue
        number = (data[at + 1] & 0x1F) << 8 | data[at + 2]
        if number != 0 and number != table:
            continue
        skipped = 5 + (data[at + 4] + 1 if data[at + 3] & 0x20 else 0)
        if skipped >= _PACKET:
            continue
        section = data[at + skipped + data[at + skipped - 1] : at + _PACKET]
        if number == 0 and len(section) > 11:
            table, begins = (section[10] & 0x1F) << 8 | section[11], at
        elif number == table and len(section) > 12 and section[0] == 2:
            found.append((start + begins, _videos(section)))
    return found


def _videos(section: bytes) -> Program:
    end = 3 + ((section[1] & 0x0F) << 8 | section[2]) - 4
    at = 12 + ((section[10] & 0x0F) << 8 | section[11])
    videos = []
    while at + 5 <= min(end, len(section)):
        if section[at] in _VIDEO:
            videos.append((section[at], (section[at + 1] & 0x1F) << 8 | section[at + 2]))
        at += 5 + ((section[at + 3] & 0x0F) << 8 | section[at + 4])
    return tuple(videos)
