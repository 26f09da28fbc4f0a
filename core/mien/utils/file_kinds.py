"""What a file is: its first bytes say so, and its name only where they say nothing."""

import re
from pathlib import Path
from typing import BinaryIO, Literal

from mien.utils.files import refuse_no_file

FileKind = Literal["picture", "video"]
PictureFormat = Literal["AVIF", "BMP", "GIF", "HEIC", "JPEG", "JPEG 2000", "PNG", "PNM", "TIFF", "WebP"]

PICTURES = frozenset(
    {
        ".apng",
        ".avif",
        ".bmp",
        ".dib",
        ".heic",
        ".heif",
        ".hif",
        ".j2k",
        ".jfif",
        ".jp2",
        ".jpe",
        ".jpeg",
        ".jpg",
        ".pbm",
        ".pgm",
        ".png",
        ".pnm",
        ".ppm",
        ".tif",
        ".tiff",
        ".webp",
    }
)
"""Usual endings of pictures. A file is one by its content: see `picture_format`."""
VIDEOS = frozenset(
    {
        ".3gp",
        ".asf",
        ".avi",
        ".flv",
        ".gif",
        ".m2ts",
        ".m4v",
        ".mkv",
        ".mov",
        ".mp4",
        ".mpeg",
        ".mpg",
        ".mts",
        ".ogv",
        ".ts",
        ".webm",
        ".wmv",
    }
)
"""Usual endings of videos."""

HEAD = 1024
"""So many bytes of a file tell what it is: five packets of a transport stream."""

_SOUND = frozenset({".m4a", ".m4b", ".mka", ".oga", ".ogg", ".opus", ".spx", ".weba", ".wma"})  # in videos' containers
_BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}  # bytes
_HEIC = {b"heic", b"heim", b"heis", b"heix", b"hevc", b"hevx"}
_AVIF = {b"avif", b"avis"}
_ANY_HEIF = {b"mif1", b"mif2", b"miaf", b"msf1"}  # the brands after it say which
_MOVIE_BOXES = {b"ftyp", b"moov", b"free", b"skip", b"wide", b"pnot"}
_NO_MOVIES = (b"M4A ", b"M4B ", b"M4P ", b"crx ")  # sound, and a camera's raw pictures
_TRANSPORT = ((0, 188), (4, 192))  # first sync byte, and bytes from one to the next
_SIGNATURES: tuple[tuple[bytes, PictureFormat], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
)
_VIDEO_SIGNATURES = (
    b"\x1a\x45\xdf\xa3",  # Matroska, WebM
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # ASF, WMV
    b"FLV\x01",
    b"\0\0\x01\xba",  # MPEG
    b"\0\0\x01\xb3",
)


def picture_format(head: bytes) -> PictureFormat | None:
    """The format of a picture, also of one that moves; None of anything else.

    Args:
        head: a file's first bytes; `HEAD` of them are enough.
    """
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    if re.match(rb"P[1-6]\s+[\d#]", head):
        return "PNM"
    if head[4:8] == b"ftyp":
        return _heif_format(head)
    return None


def _heif_format(head: bytes) -> PictureFormat | None:
    major = head[8:12]
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[place : place + 4] for place in range(16, end, 4)} if major in _ANY_HEIF else {major}
    if brands & _AVIF:
        return "AVIF"
    return "HEIC" if brands & _HEIC or major in _ANY_HEIF else None


def kind_of(path: Path) -> FileKind | None:
    """Whether a file is a picture or a video; None of one that is neither, or that holds sound alone.

    One that cannot be opened, or whose content says nothing, is what its name says. An animated GIF is a video; other
    pictures that move (WebP, PNG, AVIF) are pictures, of which the first is taken.
    """
    head, moving_gif = b"", False
    try:
        refuse_no_file(path)
        with path.open("rb") as file:
            head = file.read(HEAD)
            if picture_format(head) == "GIF":
                file.seek(0)
                moving_gif = gif_pictures(file, 2) > 1
    except OSError:
        pass
    if picture_format(head):
        return "video" if moving_gif else "picture"
    if _is_video(head) and path.suffix.lower() not in _SOUND:
        return "video"
    return kind_by_name(path.name)


def kind_by_name(name: str) -> FileKind | None:
    """What the ending of a file's name says, for files that are in an archive or nowhere."""
    ending = Path(name).suffix.lower()
    return "picture" if ending in PICTURES else "video" if ending in VIDEOS else None


def is_picture(path: Path) -> bool:
    """Whether a file is a picture rather than a video."""
    return kind_of(path) == "picture"


def _is_video(head: bytes) -> bool:
    if head.startswith(_VIDEO_SIGNATURES):
        return True
    if head[:4] == b"RIFF":
        return head[8:11] == b"AVI"
    if head[:4] == b"OggS":
        return b"theora" in head[:128]
    if head[4:8] == b"mdat" or (head[4:8] in _MOVIE_BOXES and head[0] < 0x20):  # a text may have such a word too
        return head[8:12] not in _NO_MOVIES
    return any(
        len(head) > start + 2 * step and all(head[start + n * step] == 0x47 for n in range(3))
        for start, step in _TRANSPORT
    )


def gif_pictures(file: BinaryIO, most: int) -> int:
    """Count the pictures of a GIF up to `most`, without decoding any."""
    header = file.read(13)
    if len(header) == 13:
        file.seek(_colour_table(header[10]), 1)
    count = 0
    while count < most:
        block = file.read(1)
        if block == b"\x2c":  # a picture
            count += 1
            described = file.read(9)
            file.seek(_colour_table(described[8]) + 1 if len(described) == 9 else 0, 1)
        elif block == b"\x21":  # an extension
            file.seek(1, 1)
        else:
            break
        while part := file.read(1)[0:1]:
            if part == b"\0":
                break
            file.seek(part[0], 1)
    return count


def _colour_table(flags: int) -> int:
    """Its bytes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
