"""A HEIC file as an iPhone writes it: tiles in a grid, its turn, and EXIF data that say the turn once more."""

import io
import struct

import pillow_heif
from PIL import Image

FAST = {"preset": "ultrafast", "x265:pools": "none", "x265:frame-threads": "1"}
"""Options of the encoder, which else takes seconds on a busy machine."""
_TILE = 256  # px
_GRID, _EXIF = 5, 6  # items; 1 to 4 are the tiles


def _box(kind: bytes, *parts: bytes) -> bytes:
    inside = b"".join(parts)
    return struct.pack(">I", 8 + len(inside)) + kind + inside


def _full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)


def _tile(picture: Image.Image) -> tuple[bytes, bytes]:
    """A tile's decoder settings, as a box, and its coded picture."""
    file = io.BytesIO()
    pillow_heif.from_pillow(picture).save(file, quality=95, enc_params=FAST)
    data = file.getvalue()
    found = {}
    for kind in (b"hvcC", b"mdat"):
        place = data.index(kind) - 4
        found[kind] = data[place : place + int.from_bytes(data[place : place + 4], "big")]
    return found[b"hvcC"], found[b"mdat"][8:]


def grid_heic(picture: Image.Image, *, quarter_turns: int, exif_orientation: int) -> bytes:
    """Write a picture of up to 512 x 512 px in four tiles.

    Args:
        picture: RGB, as the sensor lies.
        quarter_turns: against the clock, by which it is shown.
        exif_orientation: 1 to 8, which readers of HEIC are to pass over.
    """
    canvas = Image.new("RGB", (2 * _TILE, 2 * _TILE))
    canvas.paste(picture)
    corners = [(x, y) for y in (0, _TILE) for x in (0, _TILE)]
    tiles = [_tile(canvas.crop((x, y, x + _TILE, y + _TILE))) for x, y in corners]
    tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0" + struct.pack("<I", exif_orientation) + b"\0\0\0\0"
    payloads = [coded for _, coded in tiles]
    payloads.append(struct.pack(">BBBBHH", 0, 0, 1, 1, *picture.size))
    payloads.append(struct.pack(">I", 6) + b"Exif\0\0" + tiff)
    kinds = [b"hvc1"] * 4 + [b"grid", b"Exif"]
    infos = [
        _full(b"infe", struct.pack(">HH", number, 0), kind, b"\0", version=2, flags=kind != b"grid")
        for number, kind in enumerate(kinds, 1)
    ]
    references = _full(
        b"iref",
        _box(b"dimg", struct.pack(">HH4H", _GRID, 4, 1, 2, 3, 4)),
        _box(b"cdsc", struct.pack(">HHH", _EXIF, 1, _GRID)),
    )
    properties = [settings for settings, _ in tiles]
    properties.append(_full(b"ispe", struct.pack(">II", _TILE, _TILE)))
    properties.append(_full(b"ispe", struct.pack(">II", *picture.size)))
    properties.append(_box(b"irot", bytes([quarter_turns])))
    essential = 0x80
    used = [struct.pack(">HBBB", number, 2, essential | number, 5) for number in range(1, 5)]
    used.append(struct.pack(">HBBB", _GRID, 2, 6, essential | 7))
    uses = _full(b"ipma", struct.pack(">I", len(used)), *used)

    def whole(begin: int) -> bytes:
        places, at = [], begin
        for number, payload in enumerate(payloads, 1):
            places.append(struct.pack(">HHHII", number, 0, 1, at, len(payload)))
            at += len(payload)
        meta = _full(
            b"meta",
            _full(b"hdlr", b"\0" * 4, b"pict", b"\0" * 13),
            _full(b"pitm", struct.pack(">H", _GRID)),
            _full(b"iloc", b"\x44\0", struct.pack(">H", len(places)), *places),
            _full(b"iinf", struct.pack(">H", len(infos)), *infos),
            references,
            _box(b"iprp", _box(b"ipco", *properties), uses),
        )
        return _box(b"ftyp", b"heic", b"\0\0\0\0", b"mif1heic") + meta

    head = whole(0)
    return whole(len(head) + 8) + _box(b"mdat", *payloads)
