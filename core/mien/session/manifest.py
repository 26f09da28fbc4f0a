"""session.json: what a session was made of, with which model and options, and what came out."""

import contextlib
import hashlib
import importlib.metadata
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mien import __version__, language
from mien.errors import MienError
from mien.nn.config import check_classes
from mien.session.folder import MANIFEST
from mien.types import ROTATIONS
from mien.utils.dataclass_io import check_ranges, from_dict, within
from mien.utils.files import cannot_read
from mien.utils.json_io import read_json, to_json

FORMAT = 1
READING = 1
"""Of the times and pictures that videos are read as: more where the same file would give others."""
_LIBRARIES = ("openvino", "torch", "av", "opencv-contrib-python", "opencv-python-headless", "numpy")


@dataclass(frozen=True)
class Input:
    """The file that was analysed, or the video that was recorded."""

    path: str = field(metadata=within(0, 10_000))
    sha256: str
    size: int = field(metadata=within(0, 1 << 62))
    """Bytes."""
    width: int = field(metadata=within(0, 1_000_000))
    height: int = field(metadata=within(0, 1_000_000))
    """Of a frame, upright, px."""
    fps: float = field(metadata=within(0, 1e6))
    """On average; 0 for a picture."""
    duration_s: float = field(metadata=within(0, 1e9))
    codec: str = ""
    square_pixels: bool = False
    """Whether boxes count square pixels also where the file's are not; older versions counted the file's."""
    reading: int = field(default=0, metadata=within(0, 1_000_000))
    """`READING` when it was analysed; 0 of versions that did not write it down."""

    def __post_init__(self) -> None:
        check_ranges(self, "input")

    def is_still(self, path: Path) -> bool:
        """Whether a file has the bytes that were analysed.

        Raises:
            OSError: it cannot be read.
        """
        return path.stat().st_size == self.size and _digest(path) == self.sha256


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def input_of(
    path: Path, *, size_px: tuple[int, int], fps: float = 0.0, duration_s: float = 0.0, codec: str = ""
) -> Input:
    """Describe a file, with its hash.

    Args:
        path: the file.
        size_px: height and width of a frame.
        fps: on average; 0 for a picture.
        duration_s: of a video.
        codec: of a video.
    """
    height, width = size_px
    return Input(
        path=str(path.resolve()),
        sha256=_digest(path),
        size=path.stat().st_size,
        width=width,
        height=height,
        fps=round(fps, 3),
        duration_s=round(duration_s, 3),
        codec=codec,
        square_pixels=True,
        reading=READING,
    )


@dataclass(frozen=True)
class Person:
    """One person of a session."""

    number: int = field(metadata=within(1, (1 << 31) - 1))
    tracks: tuple[int, ...] = field(metadata=within(0, (1 << 31) - 1))
    faces: int = field(metadata=within(0, 1 << 40))
    """Rows."""
    first_s: float = field(metadata=within(-1e9, 1e9))
    last_s: float = field(metadata=within(-1e9, 1e9))

    def __post_init__(self) -> None:
        check_ranges(self, "person")


@dataclass(frozen=True)
class Manifest:
    """A finished session."""

    input: Input
    model: str
    model_sha256: str
    classes: tuple[str, ...]
    persons: tuple[Person, ...]
    options: dict[str, Any]
    counts: dict[str, int]
    timings: dict[str, Any]
    recorded: bool = False
    """Whether Mien recorded the video, which is in the session's folder."""
    versions: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def __post_init__(self) -> None:
        check_classes(self.classes)

    @property
    def rotate(self) -> int:
        """By how many degrees, clockwise, each picture was turned; boxes are those of the turned picture."""
        chosen = self.options.get("rotate", 0)
        return chosen if chosen in ROTATIONS else 0

    def to_json(self) -> bytes:
        """The file's contents."""
        return to_json(asdict(self), indent=2) + b"\n"


def versions() -> dict[str, str]:
    """The versions of Mien and of the libraries that its results depend on."""
    found = {"mien": __version__}
    for name in _LIBRARIES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):  # the slim set does without some
            found[name] = importlib.metadata.version(name)
    return found


def read_manifest(folder: Path) -> Manifest:
    """Read a session's manifest.

    Raises:
        MienError: the folder holds no finished session, or a newer Mien's.
    """
    try:
        values = read_json(folder / MANIFEST)
    except (FileNotFoundError, NotADirectoryError):
        if held := next(iter(sorted(folder.glob(f"*/{MANIFEST}"))), None):
            raise MienError(
                language.tr("{} is no finished session, but holds some. Choose one of them, such as {}.").format(
                    folder, held.parent
                )
            ) from None
        raise MienError(
            language.tr(
                "{} is no finished session: it has no {}. Choose another folder, or analyse the file again."
            ).format(folder, MANIFEST)
        ) from None
    except OSError as error:
        raise cannot_read(folder / MANIFEST, error) from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise MienError(
            language.tr("{} does not have format {}. If a newer Mien made it, update Mien.").format(
                folder / MANIFEST, FORMAT
            )
        )
    return from_dict(Manifest, values, MANIFEST)
