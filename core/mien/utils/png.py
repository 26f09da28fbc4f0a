"""PNG files as their decoder takes them without a word: it prints what it does not like, past all logging."""

import zlib

_SIGNATURE = 8  # bytes
# What OpenCV makes use of. Others, such as a colour profile, it reads only to complain of them.
_USED = {b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"acTL", b"fcTL", b"fdAT", b"IDAT"}
_NEEDED = {b"IHDR", b"PLTE", b"IDAT"}
_END = b"\0\0\0\0IEND\xaeB`\x82"


def used_chunks(data: bytes) -> bytes | None:
    """A PNG file with those chunks alone that are used, and with an end.

    Args:
        data: the whole file.

    Returns:
        None where a chunk is damaged or cut off without which there is no picture.
    """
    made, place = [data[:_SIGNATURE]], _SIGNATURE
    while place + 12 <= len(data):
        kind, end = data[place + 4 : place + 8], place + 8 + int.from_bytes(data[place : place + 4], "big")
        if end + 4 > len(data):  # a decoder would first take all the memory that the chunk says it needs
            if kind in _NEEDED:
                return None
            break
        whole = zlib.crc32(memoryview(data)[place + 4 : end]) == int.from_bytes(data[end : end + 4], "big")
        if not whole and kind in _NEEDED:
            return None
        if whole and kind in _USED:
            made.append(data[place : end + 4])
        place = end + 4
    return b"".join([*made, _END])
