"""The files of a training's folder that more than one module names, and its lock."""

import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from mien import language
from mien.utils.lock import locked

CHECKPOINT = "last.pt"
EVENTS = "events.jsonl"
RESULT = "result.json"
"""The comparison with the model that the training started from."""


def alone(folder: Path, options: str = "") -> AbstractContextManager[None]:
    """Within this, no other training writes into a folder.

    Args:
        folder: of the training.
        options: what a person may do instead, see `MienError`.

    Raises:
        Busy: another one writes into it.
        MienError: it cannot be written.
    """
    if int(os.environ.get("RANK", 0)):  # of several processes of one training, the first writes
        return nullcontext()
    busy = language.tr("{} is in use by another training. Wait until it has ended.").format(folder)
    return locked(folder, busy, options)
