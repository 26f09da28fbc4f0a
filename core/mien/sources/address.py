"""What the address of a source says, and what the name of a file does. Nothing is opened here."""

import re
from pathlib import Path
from urllib.parse import urlsplit

DEMO = "demo"
PICTURES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
"""Endings of files that are read as pictures; every other file is taken for a video."""
VIDEOS = frozenset(
    {
        ".3gp",
        ".asf",
        ".avi",
        ".flv",
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
"""Endings of the files that are looked for where a folder is to be analysed."""


def is_demo(address: str) -> bool:
    """`demo`, or `demo:6` with six faces."""
    return address == DEMO or address.startswith(f"{DEMO}:")


def is_camera(address: str) -> bool:
    """The number of a camera of this machine."""
    return address.isascii() and address.isdigit()


def is_network(address: str) -> bool:
    """The address of a network camera, such as rtsp://..."""
    return re.match(r"[a-z][a-z0-9+.-]+://", address, re.IGNORECASE) is not None


def is_live(address: str) -> bool:
    """A camera here or in the network: it may come back when it is lost."""
    return is_camera(address) or is_network(address)


def is_file(address: str) -> bool:
    """A file or a folder, whether it is there or not."""
    return not (is_demo(address) or is_live(address))


def is_picture(path: Path) -> bool:
    """Whether a file's name is that of a picture rather than of a video."""
    return path.suffix.lower() in PICTURES


def path_of(address: str) -> Path:
    """The path of a file or a folder; `~` is the person's home."""
    return Path(address).expanduser()


def without_password(address: str) -> str:
    """A network address as it may be shown and kept: without name, password and query.

    Where a password holds a slash, which a correct address does not, rather too much is taken away than too little.
    """
    scheme, _, rest = address.partition("://")
    rest = rest.split("?")[0].split("#")[0]
    if "@" in urlsplit(address).netloc or ":" in rest.partition("@")[0]:
        rest = rest.rpartition("@")[2]
    return f"{scheme}://{rest}"


def shown_name(address: str) -> str:
    """What captions and messages call it: a file's name, or an address without its password."""
    return without_password(address) if is_network(address) else Path(address).name
