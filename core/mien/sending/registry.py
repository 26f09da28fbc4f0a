"""The senders by the name of their protocol. A new one is a file beside this one and a line in `PROTOCOLS`.

The file has a function `open_sender(classes, options)` that returns a `Sender`. It is imported when it is first needed.
"""

import importlib
import importlib.util
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from mien import language
from mien.errors import MienError
from mien.sending.base import Sender, SendOptions
from mien.utils import optional


@dataclass(frozen=True)
class Protocol:
    """One way to hand predictions to other programs."""

    name: str
    """On the command line and in the window."""
    module: str
    library: str = ""
    """What it imports besides Mien's own dependencies; `pip install ".[NAME]"` in Mien's folder brings it."""
    port: int | None = None
    """Its usual one; None where it takes no address."""
    warning: str = ""
    """Who else can read, however it is set; empty where nobody can who was not asked."""

    @property
    def present(self) -> bool:
        """Whether its library is there."""
        return not self.library or importlib.util.find_spec(self.library) is not None


_LSL = (
    "LSL listens on every network address of this machine: whoever reaches it there can read the predictions. "
    "Let a firewall close the ports from 16572 on to others."
)

PROTOCOLS: dict[str, Protocol] = {
    protocol.name: protocol
    for protocol in (
        Protocol("json", "mien.sending.json_lines"),
        Protocol("osc", "mien.sending.osc", "pythonosc", port=9000),
        Protocol("web", "mien.sending.web", "websockets", port=8765),
        Protocol("lsl", "mien.sending.lsl", "pylsl", warning=_LSL),
    )
}


def names() -> tuple[str, ...]:
    """What may be asked for, whether its library is there or not."""
    return tuple(PROTOCOLS)


def warning(name: str, options: SendOptions) -> str:
    """What a person should know before it starts, in a sentence: who else can read. Empty where nobody can."""
    protocol = PROTOCOLS[name]
    if protocol.warning or protocol.port is None or _is_loopback(options.host):
        return protocol.warning
    return f"The predictions leave this machine ({options.host}): whoever can listen there reads them."


def open_sender(name: str, classes: Sequence[str], options: SendOptions | None = None) -> Sender:
    """Open a sender.

    Args:
        name: one of `names()`.
        classes: the C names that the probabilities of all messages stand for.
        options: where to send to; this machine where not given.

    Raises:
        MienError: there is no such protocol, its library is missing, it takes no address, or cannot be opened.
    """
    if name not in PROTOCOLS:
        raise MienError(language.tr("Nothing is sent as '{}'. Choose one of {}.").format(name, ", ".join(names())))
    protocol, options = PROTOCOLS[name], options or SendOptions()
    if not protocol.present:
        raise MienError(
            language.tr("'{}' needs a library that is not installed. {}").format(name, optional.install_extra(name))
        )
    if protocol.port is None and options != SendOptions():
        raise MienError(language.tr("'{}' takes no address.").format(name))
    if options.port is None:
        options = replace(options, port=protocol.port)
    return cast(Sender, importlib.import_module(protocol.module).open_sender(classes, options))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
