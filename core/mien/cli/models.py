"""`mien models`."""

import argparse
from pathlib import Path

from mien.cli.console import output_file, say

EXAMPLE = "mien models light --export light.mien"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("name", nargs="?", help="the model; by itself, show its card")
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--prepare",
        action="store_true",
        help="translate the models for this machine now, rather than when each is first used",
    )
    one.add_argument(
        "--graph",
        action="store_true",
        help="write NAME.graph beside the model's card, with which it runs where PyTorch is not installed",
    )
    one.add_argument(
        "--export", type=output_file, metavar="FILE", help="write the model as one file that others can import"
    )
    one.add_argument("--import", type=Path, metavar="FILE", dest="take", help="keep a model from an exported file")
    one.add_argument(
        "--keep",
        type=Path,
        metavar="CARD",
        help="keep a model trained here (CARD is the .json file in its --out folder)",
    )
    one.add_argument("--remove", action="store_true", help="delete the model, which must be one of your own")


def run(arguments: argparse.Namespace) -> int:
    """List the models, show one's card, or keep, export, import or remove one."""
    from dataclasses import asdict

    from mien.errors import MienError
    from mien.models import cards, store
    from mien.utils.json_io import to_json

    name = arguments.name
    if arguments.take:
        say(f"Kept: {store.take(arguments.take, name or '')}")
    elif arguments.keep:
        say(f"Kept: {store.keep(str(arguments.keep), name or cards.read_card(str(arguments.keep)).name)}")
    elif arguments.prepare:
        return int(not _prepare([name] if name else cards.available()))
    elif name is None:
        if arguments.export or arguments.remove or arguments.graph:
            raise MienError("Name the model, as in `mien models NAME --export FILE` or `mien models NAME --remove`.")
        _list()
    elif arguments.graph:
        from mien.runtimes.graph_file import place_for

        place_for(name)  # before PyTorch is loaded
        from mien.runtimes.translation import write_graph

        say(f"Written: {write_graph(name)}")
    elif arguments.export:
        say(f"Written: {store.export(name, arguments.export)}")
    elif arguments.remove:
        store.remove(name)
        say(f"'{name}' is removed.")
    else:
        print(to_json(asdict(cards.read_card(name)), indent=2).decode())
    return 0


def _prepare(names: list[str]) -> bool:
    """Whether all of them can be used."""
    from mien.errors import MienError
    from mien.runtimes import open_runtime

    good = True
    for name in names:
        try:
            runtime = open_runtime(name)
        except MienError as error:  # one bad file must not keep the others from being prepared
            say(f"{name} cannot be used: {error}")
            good = False
            continue
        say(f"{name} is ready: {runtime.name}, {runtime.device}")
    return good


def _list() -> None:
    from mien.errors import MienError
    from mien.models import cards

    for name in cards.available():
        try:
            card = cards.read_card(name)
        except MienError as error:
            say(f"{name:<12} cannot be used: {error}")
            continue
        figure = "not measured"
        if "accuracy" in card.metrics:
            figure = f"{card.metrics['accuracy']:.1%} of {card.metrics['n']} ({card.metrics['source']})"
        default = "  (default)" if name == cards.DEFAULT_MODEL else ""
        say(f"{name:<12} {card.description}")
        say(f"{'':<12} accuracy {figure}{default}")
