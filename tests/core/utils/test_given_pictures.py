"""What programs hand over as a picture: read rightly, or refused in a line that says what to pass."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from mien.errors import MienError
from mien.faces.detector import FaceDetector
from mien.recognition.recognizer import Recognizer
from mien.types import Frame
from mien.utils import paths
from mien.utils.given_pictures import as_image
from mien.utils.images import read_picture

PHOTO = paths.assets() / "astronaut.png"


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    return read_picture(PHOTO)


def frozen(image: np.ndarray) -> np.ndarray:
    copy = image.copy()
    copy.flags.writeable = False
    return copy


SAME = {
    "as it is": lambda x: x,
    "read-only": frozen,
    "not contiguous": lambda x: np.repeat(x, 2, 1)[:, ::2],
    "columns first": np.asfortranarray,
    "int64": lambda x: x.astype(np.int64),
    "uint16 of 8 bits": lambda x: x.astype(np.uint16),
    "uint16": lambda x: x.astype(np.uint16) * 257,
    "0..1": lambda x: x.astype(np.float32) / 255,
    "0..1, 64 bits": lambda x: x / 255,
    "0..1, 16 bits": lambda x: (x / 255).astype(np.float16),
    "0..255": lambda x: x.astype(np.float32),
    "BGRA": lambda x: np.dstack([x, np.full(x.shape[:2], 9, np.uint8)]),
    "channels first": lambda x: x.transpose(2, 0, 1),
    "tensor": lambda x: torch.tensor(x),
    "tensor, channels first, 0..1": lambda x: torch.tensor(x).permute(2, 0, 1) / 255,
    "tensor with a gradient": lambda x: (torch.tensor(x).float() / 255).requires_grad_(),
    "tensor of bfloat16": lambda x: torch.tensor(x).to(torch.bfloat16),
    "PIL": lambda x: Image.fromarray(x[..., ::-1]),
    "PIL with alpha": lambda x: Image.fromarray(x[..., ::-1]).convert("RGBA"),
    "PIL, not read yet": lambda x: Image.open(PHOTO),
    "path": lambda x: PHOTO,
    "text": lambda x: str(PHOTO),
}


@pytest.mark.parametrize("name", SAME)
def test_it_is_the_same_picture(name: str, image: np.ndarray) -> None:
    made = as_image(SAME[name](image))
    assert made.dtype == np.uint8
    assert made.flags.c_contiguous
    assert np.abs(made.astype(int) - image).max() <= 1


GREY = {
    "(H, W)": lambda x: x,
    "(H, W, 1)": lambda x: x[..., None],
    "(1, H, W)": lambda x: x[None],
    "0..1": lambda x: x / 255,
    "PIL": Image.fromarray,
    "PIL, 16 bits": lambda x: Image.fromarray(x.astype(np.uint16) * 257),
    "PIL of fractions": lambda x: Image.fromarray(x.astype(np.float32)),
}


@pytest.mark.parametrize("name", GREY)
def test_grey_pictures(name: str, image: np.ndarray) -> None:
    grey = np.ascontiguousarray(image[..., 1])
    made = as_image(GREY[name](grey))
    assert np.abs(made.astype(int) - grey[..., None]).max() <= 1


def test_two_shades() -> None:
    lit = np.eye(8, dtype=bool)
    for given in (lit, Image.fromarray(lit)):
        assert np.array_equal(as_image(given)[..., 0], lit * 255)


def test_colours_are_those_that_are_said(image: np.ndarray) -> None:
    assert np.array_equal(as_image(image[..., ::-1], rgb=True), image)
    assert np.array_equal(as_image(torch.tensor(image[..., ::-1].copy()), rgb=True), image)
    for given in (PHOTO, Image.open(PHOTO)):  # these know it themselves
        assert np.array_equal(as_image(given, rgb=True), as_image(given))


def test_a_pil_image_is_turned_upright(image: np.ndarray, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    Image.fromarray(image[..., ::-1]).save(tmp_path / "a.png", exif=exif)
    assert np.array_equal(as_image(Image.open(tmp_path / "a.png")), np.rot90(image, 3))


@pytest.mark.parametrize("given", [None, 3, b"bytes", [[1, 2], [3, 4]], {1, 2}, {"a": 1}], ids=repr)
def test_what_is_no_picture(given: object) -> None:
    with pytest.raises(TypeError, match=r"is no picture\. Pass a uint8 array"):
        as_image(given)


BAD = {
    "empty": np.zeros((0, 0, 3), np.uint8),
    "no rows": np.zeros((0, 40, 3), np.uint8),
    "a line": np.zeros(40, np.uint8),
    "a batch": np.zeros((2, 40, 40, 3), np.uint8),
    "two channels": np.zeros((40, 40, 2), np.uint8),
    "seven channels": np.zeros((40, 40, 7), np.uint8),
    "negative": np.full((40, 40, 3), -1.0),
    "normalised": np.linspace(-1, 1, 4800).reshape(40, 40, 3),
    "not a number": np.full((40, 40, 3), np.nan),
    "infinite": np.full((40, 40, 3), np.inf),
    "fractions of 16 bits": np.full((40, 40, 3), 60_000.0),
    "12 bits": np.full((40, 40, 3), 4095, np.uint16),
    "10 bits": np.full((40, 40), 1000, np.int32),
    "complex": np.zeros((40, 40, 3), np.complex64),
    "objects": np.full((40, 40, 3), None),
    "texts": np.full((40, 40), "a"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_could_mean_anything_is_refused(name: str) -> None:
    with pytest.raises(MienError, match=r"[Pp]ass "):
        as_image(BAD[name])


def test_how_many_bits_is_said() -> None:
    with pytest.raises(MienError, match=r"up to 4095,.*\(array >> 4\)\.astype\(np\.uint8\)"):
        as_image(BAD["12 bits"])


@pytest.fixture(scope="module")
def recognizer(model_path: str) -> Recognizer:
    with Recognizer(model_path) as made:
        yield made


@pytest.mark.parametrize("name", ["read-only", "0..1", "uint16", "BGRA", "PIL", "tensor", "text"])
def test_a_recogniser_finds_the_same_face(name: str, image: np.ndarray, recognizer: Recognizer) -> None:
    given = SAME[name](image)
    (face,) = recognizer.detect(given)
    (wanted,) = recognizer.detect(image)
    assert face.box == wanted.box
    assert recognizer.recognize_picture(Frame(0, 0.0, given)).predictions[0].face.box == wanted.box
    recognizer.reset()
    found = recognizer.recognize(Frame(0, 0.0, given)).predictions
    assert np.allclose(found[0].face.box, wanted.box, atol=10)  # a stream's first frame is looked at less closely


def test_a_recogniser_refuses(image: np.ndarray, recognizer: Recognizer) -> None:
    for bad in (BAD["empty"], BAD["12 bits"]):
        with pytest.raises(MienError, match=r"[Pp]ass "):
            recognizer.detect(bad)
    with pytest.raises(TypeError, match=r"NoneType is no picture"):
        recognizer.recognize(Frame(0, 0.0, None))
    for work in (recognizer.recognize, recognizer.recognize_picture):
        with pytest.raises(TypeError, match=r"ndarray is no frame\. Pass mien\.Frame.*mien\.read\(picture\)"):
            work(image)


def test_a_closed_recogniser_says_so(image: np.ndarray, model_path: str) -> None:
    with Recognizer(model_path) as closed:
        frame = Frame(0, 0.0, image)
        tracked = closed.detect_and_track(frame)
    closed.close()  # again
    for work in (
        lambda: closed.detect(image),
        lambda: closed.recognize(frame),
        lambda: closed.recognize_picture(frame),
        lambda: closed.classify([tracked]),
        lambda: closed.classify_faces(image, tracked.faces),
    ):
        with pytest.raises(MienError, match="closed"):
            work()


def test_an_array_that_is_right_is_not_copied(image: np.ndarray) -> None:
    assert np.shares_memory(as_image(image), image)
    with FaceDetector() as detector:
        assert len(detector.detect(frozen(image))) == 1
