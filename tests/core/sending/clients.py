"""A client of each protocol, with the library that people use."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout

from mien.expressions import EXPRESSIONS
from mien.sending.base import Sender
from mien.sending.registry import open_sender

Read = Callable[[int], list[dict[str, object]]]
"""Reads that many frames, in the order in which they arrive: frame, people, happiness of the first."""


@contextmanager
def json_client() -> Iterator[tuple[Sender, Read]]:
    """Reads lines from a pipe in place of the standard output."""
    ours, theirs = os.pipe()
    with os.fdopen(theirs, "w") as output, os.fdopen(ours) as file:
        with redirect_stdout(output):
            sender = open_sender("json", EXPRESSIONS)
        yield sender, lambda count: [of_json(json.loads(file.readline())) for _ in range(count)]


def of_json(values: dict[str, object]) -> dict[str, object]:
    faces = values["faces"]
    return {
        "frame": values["frame"],
        "people": [face["person"] for face in faces],
        "happiness": faces[0]["probabilities"]["happiness"] if faces else None,
    }


CLIENTS = {"json": json_client}
