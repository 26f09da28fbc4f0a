"""The command line: `mien` opens the window; with a word after it, it works without one."""

import argparse
import importlib
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from mien import __version__
from mien.errors import MienError

# Each command's module has `add_arguments(parser)` and `run(arguments) -> int`; it is loaded when asked for,
# since PyTorch alone takes seconds.
COMMANDS = {
    "live": "open the window, or do the same without a display",
    "train": "train a recogniser on labelled faces",
    "evaluate": "measure a model on labelled faces",
    "reproduce": "run the rows of the paper's tables",
    "models": "list the models that are there",
    "bench": "measure this machine's speed",
}


def write_json(path: Path, values: Any) -> None:
    """Write figures for other programs."""
    from mien.weights import write_atomic

    try:
        write_atomic(path, (json.dumps(values, indent=2) + "\n").encode())
    except OSError as error:
        raise MienError(f"{path} cannot be written: {error.strerror}.") from error


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mien", description="Facial expression recognition on your own desktop.")
    parser.add_argument("--version", action="version", version=f"mien {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == chosen:
            importlib.import_module(f"mien.commands.{name}").add_arguments(command)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run a command. Returns 0, or 2 with one line on stderr for a person's mistake."""
    # Threads that wait must sleep: spinning ones slow every other process on the machine many times over.
    # PyTorch's threads read this when it is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words:
        words = ["live"]
    chosen = next((word for word in words if not word.startswith("-")), None)
    logging.basicConfig(level=logging.WARNING, format="mien: %(message)s", stream=sys.stderr)
    logging.getLogger("mien").setLevel(logging.INFO)
    logging.getLogger("lightning_fabric").setLevel(logging.ERROR)
    parsed = _parser(chosen).parse_args(words)
    if parsed.command is None:
        _parser(None).print_help()
        return 0
    try:
        result: int = importlib.import_module(f"mien.commands.{parsed.command}").run(parsed)
        return result
    except MienError as error:
        print(f"mien: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("mien: stopped.", file=sys.stderr)
        return 130
