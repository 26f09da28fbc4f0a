"""The command line. The window adds its own command in `mien_app`; all others are listed here."""

import argparse
import difflib
import importlib
import logging
import os
import sys
from dataclasses import dataclass

from mien import __version__
from mien.cli import console
from mien.cli.signals import ended_by_signals
from mien.errors import MienError
from mien.utils import logs, optional, own_folders

log = logging.getLogger(__name__)


# A command's module has `EXAMPLE`, `add_arguments(parser)` and `run(arguments) -> int`. It is imported when the command
# is asked for, since PyTorch alone takes seconds.
@dataclass(frozen=True)
class Command:
    """One word of the command line, and other spellings of it."""

    module: str
    summary: str
    aliases: tuple[str, ...] = ()


_BEFORE_COMMANDS = ("-h", "--help", "-V", "--version")

COMMANDS = {
    "analyze": Command("mien.cli.analyze", "analyse videos and pictures into tables", ("analyse",)),
    "export": Command("mien.cli.export", "write sessions as files for other programs"),
    "examine": Command("mien.cli.examine", "look at a labelled folder before training on it"),
    "train": Command("mien.cli.train", "train a model on labelled faces"),
    "evaluate": Command("mien.cli.evaluate", "measure a model on labelled faces"),
    "reproduce": Command("mien.cli.reproduce", "train the rows of the paper's tables"),
    "models": Command("mien.cli.models", "list, show, keep, export, import or remove models"),
    "snapshot": Command("mien.cli.snapshot", "draw what the network makes of each face of a picture"),
    "bench": Command("mien.cli.bench", "measure this machine's speed"),
    "completion": Command("mien.cli.completion", "print what a shell needs to complete Mien's commands"),
}


def make_parser(commands: dict[str, Command], *filled: str) -> console.Parser:
    """The parser of the command line.

    Args:
        commands: all commands by their names.
        filled: the names of those that get their options, whose modules are imported.
    """
    ending = "`mien help COMMAND` shows a command's options."
    parser = console.Parser(
        prog="mien", description="Facial expression recognition on your own desktop.", epilog=ending
    )
    parser.add_argument("-V", "--version", action="version", version=f"mien {__version__}")
    parser.set_defaults(commands=commands)
    group = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in commands.items():
        summary = command.summary
        description = summary[0].upper() + summary[1:] + "."
        added = group.add_parser(name, help=summary, description=description, aliases=command.aliases)
        if name in filled:
            module = importlib.import_module(command.module)
            added.epilog = f"Example: {module.EXAMPLE}"
            module.add_arguments(added)
    return parser


def main(
    arguments: list[str] | None = None, extra: dict[str, Command] | None = None, *, for_window: bool = False
) -> int:
    """Run a command.

    Args:
        arguments: the words after the program's name; those of the process where not given.
        extra: commands besides COMMANDS, listed first.
        for_window: a window shows what is said: no options of the command line.

    Returns:
        0; 1, where a file of several failed, or something that nobody foresaw went wrong; 2, with one line on stderr,
        for a person's mistake or a file that cannot be read or written; 130 where the person or the system stopped it.
    """
    # Waiting threads must sleep: spinning ones slow every other process on the machine many times over. PyTorch looks
    # at this when it is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.umask(0o077)  # what the libraries under Mien write is for the person alone too
    words = list(sys.argv[1:] if arguments is None else arguments)
    console.prepare()
    logs.set_up()
    try:
        with ended_by_signals():
            parsed = _parsed(words, {**(extra or {}), **COMMANDS})
            own_folders.check()
            result: int = importlib.import_module(parsed.commands[parsed.command].module).run(parsed)
            if sys.stdout is not None:
                sys.stdout.flush()  # a full disk is noticed here
            return result
    except MienError as error:
        console.complain(str(error) if for_window else error.on_command_line)
        return 2
    except BrokenPipeError:
        # Python flushes once more at its end, and must find somebody who listens.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        console.complain("stopped, since nobody reads what is printed.")
        return 2
    except OSError as error:
        what = error.filename or "A file"
        console.complain(
            f"{what} cannot be read or written: {error.strerror or error}. Check the path, its permissions and the "
            "room on the disk."
        )
        return 2
    except KeyboardInterrupt:
        console.complain("stopped.")
        return 130
    except Exception as error:  # nobody foresaw it
        if line := optional.lacking(error):
            console.complain(line)
            return 2
        log.exception("a command failed")
        console.complain(logs.unexpected(error))
        return 1


def _parsed(words: list[str], commands: dict[str, Command]) -> argparse.Namespace:
    """The arguments, `command` among them by its first spelling; leaves where they are wrong or ask for help."""
    if words[:1] == ["help"]:
        words = [*words[1:2], "--help"]
    names = {spelling: name for name, command in commands.items() for spelling in (name, *command.aliases)}
    word = next((word for word in words if not word.startswith("-")), None)
    parser = make_parser(commands, *([names[word]] if word in names else []))
    if word is not None and word == words[0] and word not in names:
        near = difflib.get_close_matches(word, [*names, "help"], n=1)
        parser.error(f"{word!r} is not a command" + (f", but {near[0]!r} is" if near else ""))
    if words and words[0].startswith("-") and not any(own.startswith(words[0]) for own in _BEFORE_COMMANDS):
        parser.error(f"{words[0]} belongs behind a command, as in `mien live --source demo`")
    parsed: argparse.Namespace
    parsed, unknown = parser.parse_known_args(words)
    parsed.command = names[parsed.command]
    if unknown:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}", parsed.command)
    return parsed
