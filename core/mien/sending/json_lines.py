"""JSON lines on the standard output, a line a frame."""

import os
import sys
from collections.abc import Sequence

from mien.errors import MienError
from mien.sending.base import SendOptions
from mien.sending.message import Message
from mien.utils.json_io import to_json


class JsonLinesSender:
    """Writes past Python's buffer: a line is there at once, and a reader that stops holds up no other thread."""

    where = "the standard output"
    dropped = 0

    def __init__(self, file: int) -> None:
        """Take a file's descriptor, which stays open."""
        self._file = file

    def send(self, message: Message) -> None:
        """Write a line."""
        left = to_json(message.to_dict()) + b"\n"
        while left:
            left = left[os.write(self._file, left) :]

    def close(self) -> None:
        """Nothing."""


def open_sender(classes: Sequence[str], options: SendOptions) -> JsonLinesSender:
    """Send to the standard output."""
    if sys.stdout is None:
        raise MienError("There is no standard output to write to.")
    sys.stdout.flush()
    return JsonLinesSender(sys.stdout.fileno())
