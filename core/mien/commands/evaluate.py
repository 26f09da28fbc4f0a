"""`mien evaluate DATA --model NAME`."""

import argparse
from pathlib import Path
from typing import get_args


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mien.cards import DEFAULT_MODEL
    from mien.data.votes import Rule

    parser.add_argument("data", type=Path, help="FERPlus, RAF-DB, or a folder of class sub-folders")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="name of a model, or path of its card")
    parser.add_argument("--split", choices=("train", "valid", "test"), default="valid")
    rules = [rule for rule in get_args(Rule) if rule != "votes"]
    parser.add_argument("--rule", choices=rules, default="majority", help="how FERPlus's votes become labels")
    parser.add_argument("--size", type=int, help="shrink each face to this side in px, and back, first")
    parser.add_argument(
        "--through-detector",
        action="store_true",
        help="paste each face into a frame, find, align and recognise it as the live window does",
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--plots", type=Path, help="write a confusion matrix and accuracy over size into this folder")


def run(arguments: argparse.Namespace) -> int:
    """Evaluate, print a short table, write what was asked for."""
    from dataclasses import asdict

    from mien import weights
    from mien.cli import write_json
    from mien.data.load import load_split
    from mien.errors import MienError
    from mien.evaluation import SIZES, align_classes, evaluate
    from mien.nn.device import best_device

    model, card = weights.load(arguments.model)
    shape = card.network
    if arguments.size is not None and not 4 <= arguments.size <= shape.crop_size:
        raise MienError(f"--size must be from 4 to {shape.crop_size} px, the size this model takes.")
    faces = load_split(
        arguments.data, arguments.split, rule=arguments.rule, size=shape.crop_size, channels=shape.channels
    )
    faces = align_classes(faces, shape.classes)
    model = model.to(best_device())
    values: dict[str, object] = {"model": card.name, "sha256": card.sha256, "rule": arguments.rule}
    if arguments.through_detector:
        from mien.through_detector import evaluate_through_detector

        result = evaluate_through_detector(model, card, faces)
        values["through_detector"] = asdict(result)
        print(f"{faces.source}: {result.found} of {result.n} faces found in their frames")
        print(f"accuracy on those: {result.accuracy:.2%} through the detector, {result.accuracy_direct:.2%} directly")
    else:
        scores = evaluate(model, faces, temperature=card.temperature, size=arguments.size)
        values |= scores.as_dict()
        print(f"{card.name} on {scores.source}, n = {scores.n}, {scores.size} px")
        print(f"accuracy {scores.accuracy:.2%}  macro-F1 {scores.macro_f1:.4f}  ECE {scores.ece:.4f}")
        for name, recall in scores.recall.items():
            print(f"  recall {name:<10} {'-' if recall is None else f'{recall:.1%}'}")
        if arguments.plots:
            from mien import plots

            arguments.plots.mkdir(parents=True, exist_ok=True)
            plots.confusion_matrix(scores, arguments.plots / "confusion.png")
            rows = [evaluate(model, faces, size=s) for s in SIZES if s <= shape.crop_size]
            plots.accuracy_over_size(rows, arguments.plots / "accuracy_over_size.png")
    if arguments.json:
        write_json(arguments.json, values)
    return 0
