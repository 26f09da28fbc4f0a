"""`mien models`."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("name", nargs="?", help="show this model's card")


def run(arguments: argparse.Namespace) -> int:
    """List the models, or show one's card."""
    import json
    from dataclasses import asdict

    from mien import cards

    if arguments.name:
        print(json.dumps(asdict(cards.read_card(arguments.name)), indent=2))
        return 0
    for name in cards.available():
        card = cards.read_card(name)
        accuracy = card.metrics.get("accuracy")
        figure = f"{accuracy:.1%} of {card.metrics['n']} ({card.metrics['source']})" if accuracy else "not measured"
        default = "  (default)" if name == cards.DEFAULT_MODEL else ""
        print(f"{name:<12} {card.description}\n{'':<12} accuracy {figure}{default}")
    return 0
