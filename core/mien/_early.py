"""Ctrl+C while Mien is imported, before a command can close what it has opened: the program ends without a word.

The package's first import. It changes nothing where Mien is a library.
"""

import _signal  # type: ignore[import-not-found]  # has no stubs; not `signal`, which takes some hundredths of a second
import os
import sys

STOPPED = 130  # as shells have it


def _is_program() -> bool:
    """Whether this process was started as `mien`, `python -m mien` or `python -m mien_app`."""
    words = sys.orig_argv
    module = words[words.index("-m") + 1] if "-m" in words[:-1] else ""
    named = os.path.splitext(os.path.basename(sys.argv[0]))[0] == "mien"
    return (named or module in ("mien", "mien_app")) and "__mp_main__" not in sys.modules


def _end(number: int, frame: object) -> None:
    os._exit(STOPPED)


if _is_program() and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _end)
