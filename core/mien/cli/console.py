"""What a command says on the terminal, which may know few letters, and which signals end it."""

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from mien.errors import MienError
from mien.utils.files import check_output
from mien.utils.text import printable

_ENDING = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]


def prepare() -> None:
    """Let what the terminal's encoding cannot show be shown as escapes, rather than end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print a line, whatever names are in it."""
    print(printable(text))


def complain(text: str) -> None:
    """Print a line about what went wrong."""
    print(printable(f"mien: {text}"), file=sys.stderr)


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; argparse prints the usage as well."""

    def error(self, message: str) -> NoReturn:
        """Print the line and leave."""
        complain(f"{message}. See `{self.prog} --help`.")
        sys.exit(2)


def output_file(text: str) -> Path:
    """A file to write, checked before the work begins."""
    path = Path(text)
    try:
        check_output(path)
    except MienError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error
    return path


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Within this, being told to end is what Ctrl+C is: files are closed, temporary ones removed, processes ended."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    try:
        before = [(number, signal.signal(number, stop)) for number in _ENDING]
    except ValueError:  # not on the main thread, which alone hears signals
        before = []
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
