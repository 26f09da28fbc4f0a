"""What decoders do not like about a picture is not printed past Mien's own lines."""

import io

import numpy as np
import pytest
from PIL import Image

from mien.utils.images import decode_picture
from mien.utils.png import used_chunks

PHOTO = Image.fromarray(np.random.default_rng(0).integers(0, 255, (24, 32, 3), np.uint8))


def saved(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    PHOTO.save(file, kind, **options)
    return file.getvalue()


def damaged(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_pngs_are_read_or_refused_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    good = saved("PNG")
    profile = saved("PNG", icc_profile=b"\0\0\x0c\x48Lino" + bytes(200))
    assert np.array_equal(decode_picture(profile), decode_picture(good))
    for data in (damaged(good, -30), damaged(good, good.index(b"IHDR") + 12), good[: len(good) // 2]):
        assert decode_picture(data) is None
    said = capfd.readouterr()
    assert said.out + said.err == ""


def test_a_png_keeps_what_is_used_of_it() -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    assert decode_picture(saved("PNG", exif=exif.tobytes())).shape == (32, 24, 3)
    moving = saved("PNG", save_all=True, append_images=[PHOTO.rotate(90)])
    assert np.array_equal(decode_picture(moving), np.asarray(PHOTO)[..., ::-1])
    palette = io.BytesIO()
    PHOTO.convert("P").save(palette, "PNG")
    wanted = np.asarray(PHOTO.convert("P").convert("RGB"))[..., ::-1]
    assert np.array_equal(decode_picture(palette.getvalue()), wanted)


@pytest.mark.parametrize("kind", [b"IHDR", b"PLTE", b"IDAT", b"tRNS"])
def test_a_png_whose_chunk_claims_gigabytes_never_reaches_the_decoder(kind: bytes) -> None:
    file = io.BytesIO()
    PHOTO.convert("P").save(file, "PNG", transparency=0)
    data = file.getvalue()
    place = data.index(kind) - 4
    claims = data[:place] + 0xFF00_0300.to_bytes(4, "big") + data[place + 4 :]
    assert decode_picture(claims) is None
    assert used_chunks(claims) == (data[:place] + data[-12:] if kind == b"tRNS" else None)


def test_a_png_without_its_end_is_read() -> None:
    good = saved("PNG")
    assert np.array_equal(decode_picture(good[:-4]), decode_picture(good))
