"""The header of a TIFF file: the size of its first page, and how many there are."""

from dataclasses import dataclass
from typing import Literal

_WIDTH, _HEIGHT, _BITS, _SAMPLES, _FORMAT, _SUBFILE = 256, 257, 258, 277, 339, 254
_SIZES = {1: 1, 3: 2, 4: 4, 16: 8}  # bytes of the types that these numbers have
_MOST_PAGES, _MOST_TAGS = 10_000, 4096


@dataclass(frozen=True)
class TiffHeader:
    """Of the first page."""

    width: int
    """px"""
    height: int
    """px"""
    pixel_bytes: int
    pages: int
    """In the file, up to 10,000; a smaller copy of a page is none."""


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order: Literal["little", "big"] = "little" if data[:2] == b"II" else "big"
        self.big = self.number(2, 2) == 43
        """Whether it is a BigTIFF."""

    def number(self, place: int, size: int) -> int:
        """A whole number.

        Raises:
            ValueError: the file is cut off.
        """
        cut = self._data[place : place + size]
        if len(cut) < size:
            raise ValueError("cut off")
        return int.from_bytes(cut, self._order)

    def first(self) -> int:
        """Where the first directory is."""
        return self.number(8, 8) if self.big else self.number(4, 4)

    def directory(self, place: int) -> tuple[dict[int, int], int]:
        """The first value of each tag of a directory, and where the next directory is."""
        wide, entry, field = (8, 20, 8) if self.big else (2, 12, 4)
        count = self.number(place, wide)
        if count > _MOST_TAGS:
            raise ValueError("damaged")
        values = {}
        for at in range(place + wide, place + wide + count * entry, entry):
            size = _SIZES.get(self.number(at + 2, 2))
            if size is None:
                continue
            held = at + 4 + field
            if size * self.number(at + 4, field) > field:  # then the values are elsewhere
                held = self.number(held, field)
            values[self.number(at, 2)] = self.number(held, size)
        return values, self.number(place + wide + count * entry, field)


def tiff_header(data: bytes) -> TiffHeader:
    """Read the header of a TIFF or BigTIFF.

    Raises:
        ValueError: it is cut off or damaged.
    """
    reader = _Reader(data)
    tags, following = reader.directory(reader.first())
    pages, seen = 1, set[int]()
    while following and following not in seen and len(seen) < _MOST_PAGES:
        seen.add(following)
        try:
            other, following = reader.directory(following)
        except ValueError:  # the pages after it are lost, not the first one
            break
        pages += not other.get(_SUBFILE, 0) & 1
    width, height = tags.get(_WIDTH, 0), tags.get(_HEIGHT, 0)
    if not (width and height):
        raise ValueError("without a size")
    return TiffHeader(width, height, -(-tags.get(_SAMPLES, 1) * tags.get(_BITS, 1) // 8), min(pages, _MOST_PAGES))
