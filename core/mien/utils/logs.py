"""Where messages go: a line each on the terminal, and tracebacks of errors that nobody foresaw into a file."""

import logging
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler

from mien import language
from mien.utils import paths
from mien.utils.files import make_file, make_folder
from mien.utils.optional import lacking
from mien.utils.text import printable

_LARGEST = 1 << 20  # bytes, of this file and of the one before it


def unexpected(error: Exception | str) -> str:
    """One line for a person about an error that nobody foresaw, or about what a process said of it.

    Log its traceback as well. A library that the slim set does without is named with what to do.
    """
    if isinstance(error, Exception) and (line := lacking(error)):
        return line
    what = " ".join((error if isinstance(error, str) else f"{type(error).__name__}: {error}").split())
    return language.tr(
        "Something unexpected went wrong ({}). Try again; if it comes back, report it with Mien's log ({})."
    ).format(what, paths.log())


class _English(logging.Formatter):
    """Whatever the window's language is: a log that is sent is to be read."""

    def format(self, record: logging.LogRecord) -> str:
        with language.english():
            return super().format(record)


class _Lines(_English):
    def formatMessage(self, record: logging.LogRecord) -> str:
        return printable(f"mien: {record.message}")


class _Log(RotatingFileHandler):
    """Makes its folder when there is something to write. One that cannot be written stops nothing."""

    def _open(self) -> TextIOWrapper:
        make_folder(paths.log().parent)
        make_file(paths.log())
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """Go on without it."""


def set_up() -> None:
    """Set the process's logging up, unless somebody did."""
    logging.getLogger("mien").setLevel(logging.INFO)
    logging.getLogger("lightning_fabric").setLevel(logging.ERROR)
    root = logging.getLogger()
    if root.handlers:
        return
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setFormatter(_Lines())
    terminal.addFilter(lambda record: record.exc_info is None)  # what a person is to know of it is said elsewhere
    root.addHandler(terminal)
    file = _Log(paths.log(), maxBytes=_LARGEST, backupCount=1, delay=True, encoding="utf-8", errors="backslashreplace")
    file.setLevel(logging.ERROR)
    file.setFormatter(_English("%(asctime)s %(process)d %(threadName)s %(name)s: %(message)s"))
    root.addHandler(file)
