"""`mien models`."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("name", nargs="?", help="show this model's card")
    parser.add_argument(
        "--prepare", action="store_true", help="do now what a model's first start on this machine takes seconds for"
    )


def run(arguments: argparse.Namespace) -> int:
    """List the models, or show one's card."""
    import json
    from dataclasses import asdict

    from mien import cards
    from mien.errors import MienError

    if arguments.prepare:
        from mien.runtimes import open_runtime

        for name in [arguments.name] if arguments.name else cards.available():
            try:
                runtime = open_runtime(name)
            except MienError as error:  # one bad file of a person's own costs nothing else
                print(f"{name} cannot be used: {error}")
                continue
            print(f"{name} is ready: {runtime.runtime}, {runtime.device}")
        return 0
    if arguments.name:
        print(json.dumps(asdict(cards.read_card(arguments.name)), indent=2))
        return 0
    for name in cards.available():
        try:
            card = cards.read_card(name)
        except MienError as error:
            print(f"{name:<12} cannot be used: {error}")
            continue
        accuracy = card.metrics.get("accuracy")
        figure = f"{accuracy:.1%} of {card.metrics['n']} ({card.metrics['source']})" if accuracy else "not measured"
        default = "  (default)" if name == cards.DEFAULT_MODEL else ""
        print(f"{name:<12} {card.description}\n{'':<12} accuracy {figure}{default}")
    return 0
