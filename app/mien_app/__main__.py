"""`mien`: opens the window, or runs one of the library's commands."""

import sys

from mien.cli.main import Command
from mien.cli.main import main as run_command
from mien.utils import own_process

LIVE = {"live": Command("mien_app.startup.command", "open the window, or do the same without a display")}


def main() -> int:
    """Run the program; without arguments it opens the window."""
    if own_process.answer():
        return 0
    return run_command(sys.argv[1:] or ["live"], extra=LIVE)


if __name__ == "__main__":
    sys.exit(main())
