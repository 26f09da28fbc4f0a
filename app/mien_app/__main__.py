"""`mien`: opens the window, or runs one of the library's commands."""

import os
import sys
from io import TextIOWrapper

from mien.cli.main import Command
from mien.cli.main import main as run_command
from mien.utils import own_process

LIVE = {"live": Command("mien_app.startup.command", "open the window, or do the same without a display")}


def main() -> int:
    """Run the program; without arguments it opens the window."""
    if own_process.answer():
        return 0
    told = os.environ.get(own_process.LANGUAGE, "")
    if told:
        _speak(told)
    return run_command(sys.argv[1:] or ["live"], extra=LIVE, for_window=bool(told))


def _speak(language: str) -> None:
    """Say what goes wrong in the language of the window that started this process, and in its encoding."""
    from mien_app.services import languages

    languages.speak(language)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
