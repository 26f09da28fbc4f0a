"""What a command says on the terminal, which may know few letters."""

import argparse
import re
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from mien.errors import MienError
from mien.utils.files import check_output
from mien.utils.text import printable

CHOOSE_ANOTHER = "Choose another name to write to"


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
    """Says what is wrong in one line; argparse prints the usage as well. No file is both read and written."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and refuse an output that another argument names too: a photo or a table would be lost."""
        parsed, rest = super().parse_known_args(args, namespace)
        for output in (action for action in self._actions if action.type is output_file):
            path = getattr(parsed, output.dest)
            for other in self._actions:
                value = getattr(parsed, other.dest, None)
                values = value if isinstance(value, list) else [value]
                if path and other is not output and any(_same_file(path, one) for one in values):
                    self.error(f"argument {output.option_strings[0]}: {path} is what is read. {CHOOSE_ANOTHER}")
        return parsed, rest

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leave, once what was printed has arrived: a pipe that nobody reads and a full disk are noticed here."""
        if sys.stdout is not None:
            sys.stdout.flush()
        super().exit(status, message)

    def error(self, message: str, *command: str) -> NoReturn:
        """Print the line and leave. The command is the one whose help helps, where it is not this parser's."""
        complain(f"{message}. See `{' '.join([self.prog, *command])} --help`.")
        sys.exit(2)


def _same_file(path: Path, value: object) -> bool:
    """Whether an output is a file that another argument names, or a picture or video in a folder that it names."""
    from mien.utils.file_kinds import kind_of

    try:
        if not isinstance(value, (str, Path)) or not path.is_file():
            return False
        if Path(value).is_dir():
            return path.resolve().is_relative_to(Path(value).resolve()) and kind_of(path) is not None
        return path.samefile(value)
    except (OSError, ValueError):  # one of them is no file, an address for instance
        return False


def output_file(text: str) -> Path:
    """A file to write, checked before the work begins."""
    path = Path(text)
    try:
        check_output(path)
    except MienError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error
    return path


def output_folder(text: str) -> Path:
    """A folder to write into, which need not exist; checked before the work begins."""
    path = Path(text)
    if path.exists() and not path.is_dir():
        raise argparse.ArgumentTypeError(f"{path} is a file. Choose another name for the folder")
    return path


def blurred(text: str) -> str:
    """Whose faces are blurred: all, or others:1."""
    if not re.fullmatch("(all|others:[0-9]{1,9})?", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} does not say whom to blur: write all, or others:1 for all but person 1"
        )
    return text
