"""What the address of a source says. Nothing is opened here."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from mien.errors import MienError

DEMO = "demo"
NETWORK_SCHEMES = ("http", "https", "rtmp", "rtmps", "rtp", "rtsp", "rtsps", "tcp", "udp")
"""How the address of a network camera begins."""


# Also misspelt: with a space before it, without the colon, with backslashes.
_SCHEME = re.compile(rf"\s*([a-z][a-z0-9+.-]+:[/\\]{{1,2}}|({'|'.join(NETWORK_SCHEMES)})[/\\]{{2}})", re.IGNORECASE)
_CAMERA = re.compile(r"([0-9]{1,5})(?::([0-9]{1,5})x([0-9]{1,5}))?(?::([0-9]{1,5}))?")  # all that OpenCV can take
_NAME_AND_PASSWORD = re.compile(r"[^/\\:\s]{2,}:[^/\\\s]*@")  # at the beginning; no C:/me@home/film.mp4


@dataclass(frozen=True)
class Address:
    """What names a source. As text, in a message or in a log it is without name, password and query."""

    text: str = field(repr=False)
    """All of it, for whoever opens it. It may hold a password: show and keep `str(address)` instead."""

    @classmethod
    def of(cls, address: "str | Address") -> "Address":
        """The address that a text is."""
        return address if isinstance(address, Address) else cls(address)

    def __str__(self) -> str:
        return without_password(self.text)

    def __repr__(self) -> str:
        return f"Address({str(self)!r})"

    @property
    def secret(self) -> bool:
        """Whether it may hold a password, and is not to be written to the disk."""
        return str(self) != self.text


AnyAddress = str | Address


@dataclass(frozen=True)
class CameraAddress:
    """What a camera of this machine is asked for: `0`, `0:1280x720`, `0:60` or `0:1280x720:60`."""

    number: int
    width: int = 0
    """px; 0 where the camera may choose, as for the other two."""
    height: int = 0
    """px."""
    fps: int = 0
    """Frames a second."""

    @classmethod
    def of(cls, address: AnyAddress) -> "CameraAddress | None":
        """Read an address; None where it is of no camera of this machine."""
        match = _CAMERA.fullmatch(_text(address))
        return None if match is None else cls(*(int(part or 0) for part in match.groups()))

    def __str__(self) -> str:
        size = f":{self.width}x{self.height}" if self.width else ""
        return f"{self.number}{size}" + (f":{self.fps}" if self.fps else "")


def _text(address: AnyAddress) -> str:
    return Address.of(address).text


def is_demo(address: AnyAddress) -> bool:
    """`demo`, or `demo:6` with six faces."""
    text = _text(address)
    return text == DEMO or text.startswith(f"{DEMO}:")


def is_camera(address: AnyAddress) -> bool:
    """The number of a camera of this machine, see `CameraAddress`."""
    return CameraAddress.of(address) is not None


def is_network(address: AnyAddress) -> bool:
    """An address with a scheme, such as rtsp://..., whether there are cameras of this scheme or not."""
    return re.match(r"[a-z][a-z0-9+.-]+://", _text(address), re.IGNORECASE) is not None


def is_live(address: AnyAddress) -> bool:
    """A camera here or in the network: it may come back when it is lost."""
    scheme, divided, _ = _text(address).partition("://")
    return is_camera(address) or bool(divided and scheme.lower() in NETWORK_SCHEMES)


def is_file(address: AnyAddress) -> bool:
    """A file or a folder, whether it is there or not."""
    return not (is_demo(address) or is_camera(address) or is_network(address))


def path_of(address: AnyAddress) -> Path:
    """The path of a file or a folder; `~` is the person's home, unless a file is called so.

    Raises:
        MienError: the address is empty, which would be the folder that one is in: a script's variable without a value.
    """
    if not _text(address):
        raise MienError("The name of what to read is empty. Write . for the folder you are in.")
    path = Path(_text(address))
    if os.path.lexists(path):
        return path
    try:
        return path.expanduser()
    except RuntimeError:  # there is no such person
        return path


def without_password(address: str) -> str:
    """An address as it may be shown and kept: without name, password and query.

    Where a password holds a slash, which a correct address does not, rather too much is taken away than too little. So
    it is where a camera wants name and password in its path (`/user=me_password=secret`), and where an address is
    misspelt (`rtsp:/me:secret@camera`). The names of files stay as they are.
    """
    scheme = match.group() if (match := _SCHEME.match(address)) else ""
    rest = address[len(scheme) :]
    if not scheme:
        return rest.rpartition("@")[2] if _NAME_AND_PASSWORD.match(rest) else rest
    host, slash, path = rest.partition("/")
    rest = re.split(r"[?#;]", host.rpartition("@")[2] + slash + path)[0]
    if "@" in path and ":" in host:
        rest = rest.rpartition("@")[2]
    parts = rest.split("/")
    named = next((i for i, part in enumerate(parts) if "=" in part or "%3d" in part.lower()), len(parts))
    return scheme + "/".join(parts[:named])


def shown_name(address: AnyAddress) -> str:
    """What captions and messages call it: a file's name, or an address without its password."""
    shown = str(Address.of(address))
    return shown if is_network(address) else Path(shown).name
