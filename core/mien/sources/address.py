"""What the address of a source says."""

from pathlib import Path
from urllib.parse import urlsplit

DEMO = "demo"


def is_demo(address: str) -> bool:
    """`demo`, or `demo:6` with six faces."""
    return address == DEMO or address.startswith(f"{DEMO}:")


def is_network(address: str) -> bool:
    """An address with a scheme, such as rtsp://..."""
    return "://" in address


def is_live(address: str) -> bool:
    """Whether an address is that of a camera, which may come back when it is lost."""
    return address.isdigit() or is_network(address)


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
    """What stands in captions and messages: a file's name, or an address without its password."""
    return without_password(address) if is_network(address) else Path(address).name
