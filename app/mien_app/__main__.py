"""`mien`: the window, and every command of the library."""

import sys

from mien.cli.main import Command
from mien.cli.main import main as run_command

LIVE = {"live": Command("mien_app.startup.command", "open the window, or do the same without a display")}


def main() -> int:
    """The program's entry point; without a word after it, it opens the window."""
    return run_command(sys.argv[1:] or ["live"], extra=LIVE)


if __name__ == "__main__":
    sys.exit(main())
