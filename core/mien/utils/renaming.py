"""Gives files that are whole the names that they are to have."""

import os
import time
from pathlib import Path

_WINDOWS = os.name == "nt"
_PATIENCE_S, _POLL_S = 1.0, 0.05


def put_in_place(whole: Path, path: Path) -> None:
    """Give a file its name, in the place of the one that has it.

    Windows refuses that while another program has either of them open, such as a virus scanner for a moment.

    Raises:
        OSError: it cannot have it.
    """
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            whole.replace(path)
            return
        except PermissionError:
            if not _WINDOWS or time.monotonic() > deadline:
                raise
        time.sleep(_POLL_S)
