"""`mien completion SHELL`."""

import argparse
from pathlib import Path

from mien.cli.console import output_file, output_folder
from mien.utils import optional

EXAMPLE = "mien completion bash > mien.bash"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the shell that is to complete them")


def run(arguments: argparse.Namespace) -> int:
    """Print the script, made from all commands and their options."""
    from mien.cli.main import make_parser
    from mien.errors import MienError

    try:
        import shtab
    except ImportError as error:
        raise MienError(f"The package shtab makes the script. {optional.install_extra('completion')}") from error
    # The options of a training name its losses, which take PyTorch.
    filled = [name for name in arguments.commands if name != "train" or not optional.lacking_to_train()]
    parser = make_parser(arguments.commands, *filled)
    _complete_paths(parser)
    print(shtab.complete(parser, arguments.shell))
    return 0


def _complete_paths(parser: argparse.ArgumentParser) -> None:
    """Let what takes a path be completed with the names of files."""
    import shtab

    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                _complete_paths(command)
        elif action.type in (Path, output_file, output_folder) or action.metavar == "INPUT":
            action.complete = shtab.FILE  # type: ignore[attr-defined]
