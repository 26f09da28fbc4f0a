"""What every sender offers, and what it is told."""

from dataclasses import dataclass
from typing import Protocol

from mien.sending.message import Message

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class SendOptions:
    """The same for all senders; each takes what concerns it."""

    host: str = LOOPBACK
    """Where to send to, or to listen; the default never leaves this machine."""
    port: int | None = None
    """None takes the protocol's usual one."""
    origins: tuple[str, ...] = ()
    """Of web pages that may read besides the sender's own: `http://localhost:3000`."""


class Sender(Protocol):
    """Hands messages to other programs. One thread uses it; see `mien.sending.Sending`."""

    where: str
    """Where they can be read, for a person."""
    dropped: int
    """Messages that a receiver was too slow for, as far as the sender knows."""

    def send(self, message: Message) -> None:
        """Send one frame. It may wait for a receiver.

        Raises:
            OSError: nobody can receive any more.
        """

    def close(self) -> None:
        """Let go of files and sockets. Call it once."""
