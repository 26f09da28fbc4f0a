"""PNG files as their decoder takes them without a word: it prints what it does not like, past all logging.

And whether they are of high dynamic range, which it does not heed.
"""

import zlib
from collections.abc import Iterator

from mien.utils.tone import HDR

_SIGNATURE = 8  # bytes
# What OpenCV makes use of. Others, such as a colour profile, it reads only to complain of them.
_USED = {b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"acTL", b"fcTL", b"fdAT", b"IDAT"}
_NEEDED = {b"IHDR", b"PLTE", b"IDAT"}
_END = b"\0\0\0\0IEND\xaeB`\x82"
_PQ_PROFILE = b"ITUR_2100_PQ_FULL\0"  # a colour profile of this name means PQ, as W3C wrote before there was cICP
_PQ = HDR[0]


def used_chunks(data: bytes) -> bytes | None:
    """A PNG file with those chunks alone that are used, and with an end.

    Args:
        data: the whole file.

    Returns:
        None where a chunk is damaged or cut off without which there is no picture.
    """
    made = [data[:_SIGNATURE]]
    for kind, place, end in _chunks(data):
        if end + 4 > len(data):  # a decoder would first take all the memory that the chunk says it needs
            if kind in _NEEDED:
                return None
            break
        whole = zlib.crc32(memoryview(data)[place + 4 : end]) == int.from_bytes(data[end : end + 4], "big")
        if not whole and kind in _NEEDED:
            return None
        if whole and kind in _USED:
            made.append(data[place : end + 4])
    return b"".join([*made, _END])


def hdr_transfer(data: bytes) -> int:
    """The transfer characteristic of a picture in high dynamic range (`mien.utils.tone`); 0 of all others.

    Args:
        data: the whole file.
    """
    profile = 0
    for kind, place, end in _chunks(data):
        content = data[place + 8 : min(end, place + 8 + len(_PQ_PROFILE))]
        if kind == b"cICP":  # which counts more than a profile
            return content[1] if end - place == 12 and content[1] in HDR else 0
        if kind == b"iCCP" and content == _PQ_PROFILE:
            profile = _PQ
        if kind == b"IDAT":
            break
    return profile


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk's kind, where it begins, and where its content ends; that of the last may lie beyond the data's."""
    place = _SIGNATURE
    while place + 12 <= len(data):
        kind, end = data[place + 4 : place + 8], place + 8 + int.from_bytes(data[place : place + 4], "big")
        yield kind, place, end
        place = end + 4
