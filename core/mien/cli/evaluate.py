"""`mien evaluate DATA --model NAME`."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from mien.cli import numbers
from mien.cli.console import output_file, say
from mien.utils.counts import counted

if TYPE_CHECKING:
    from torch import Tensor

    from mien.data.faceset import FaceSet
    from mien.evaluation.metrics import Scores
    from mien.models.cards import Card
    from mien.nn.network import ExpressionNetwork
    from mien.probabilities.cross_validation import CrossValidation

EXAMPLE = "mien evaluate ferplus/ --size 16"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mien.data.readers.votes import Rule
    from mien.models.cards import DEFAULT_MODEL
    from mien.probabilities.conformal import LEVELS

    parser.add_argument("data", type=Path, help="FERPlus, RAF-DB, or a folder of class sub-folders")
    parser.add_argument("--model", default=DEFAULT_MODEL, help=f"name or path ({DEFAULT_MODEL})")
    parser.add_argument(
        "--split", choices=("train", "valid", "test"), default="valid", help="which part of the data (valid)"
    )
    rules = [rule for rule in get_args(Rule) if rule != "votes"]
    parser.add_argument(
        "--rule", choices=rules, default="majority", help="how FERPlus's votes become labels (majority)"
    )
    parser.add_argument(
        "--size", type=numbers.whole(4), metavar="PX", help="first shrink each face to this side and enlarge it again"
    )
    parser.add_argument(
        "--through-detector",
        action="store_true",
        help="paste each face into a frame, then detect, align and classify it there as the live window does",
    )
    parser.add_argument(
        "--coverage",
        type=numbers.number(LEVELS[0], LEVELS[-1]),
        default=0.9,
        metavar="SHARE",
        help="how often prediction sets should hold the label, 0.8 to 0.99 (0.9)",
    )
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help="fit calibration, prediction sets and the measure of unlike faces on the validation split, and write them "
        "into the model's files",
    )
    parser.add_argument("--json", type=output_file, metavar="FILE", help="write the figures to this file")
    parser.add_argument("--plots", type=Path, metavar="DIR", help="draw the figures into this folder")


def run(arguments: argparse.Namespace) -> int:
    """Evaluate, print a short table, and write what was asked for."""
    from dataclasses import asdict

    from mien.data.load import load_split
    from mien.errors import MienError
    from mien.evaluation.metrics import align_classes
    from mien.models import weights
    from mien.nn.network import best_device
    from mien.utils.json_io import write_json

    model, card = weights.load(arguments.model)
    shape = card.network
    if arguments.size is not None and not 4 <= arguments.size <= shape.crop_size:
        raise MienError(f"--size must be from 4 to {shape.crop_size} px, the size this model takes.")
    faces = load_split(
        arguments.data, arguments.split, rule=arguments.rule, size=shape.crop_size, channels=shape.channels
    )
    faces = align_classes(faces, shape.classes)
    if arguments.calibrate and (arguments.split != "valid" or arguments.size or arguments.through_detector):
        raise MienError(
            "--calibrate takes the validation split as it is: leave out --split, --size and --through-detector."
        )
    model = model.to(best_device())
    values: dict[str, object] = {"model": card.name, "sha256": card.sha256, "rule": arguments.rule}
    if arguments.through_detector:
        from mien.evaluation.end_to_end import evaluate_through_detector

        result = evaluate_through_detector(model, card, faces)
        values["through_detector"] = asdict(result)
        say(f"{faces.source}: {result.found} of {counted(result.n, 'face')} detected in the frames")
        print(f"accuracy on those: {result.accuracy:.2%} through the detector, {result.accuracy_direct:.2%} directly")
    else:
        values |= _figures(model, card, faces, arguments)
    if arguments.json:
        write_json(arguments.json, values)
    return 0


def _figures(
    model: "ExpressionNetwork", card: "Card", faces: "FaceSet", arguments: argparse.Namespace
) -> dict[str, Any]:
    from mien.evaluation.metrics import predict_stages, score_logits
    from mien.probabilities.cross_validation import cross_validate
    from mien.probabilities.unsure_reasons import UNLIKE
    from mien.training.describe import with_calibration
    from mien.training.unlikeness import learn_unlikeness

    learned = learn_unlikeness(model, faces) if arguments.calibrate else None
    if learned is None:
        predicted = predict_stages(model, faces.images, size=arguments.size)
        logits, scores_unlike = predicted.logits, predicted.unlikeness
        unlike = None if scores_unlike is None else float((scores_unlike > UNLIKE).float().mean())
    else:
        logits, unlike = learned.logits, learned.figures["kinds"]["as they are"]["unlike"]
        card = replace(card, network=model.config, metrics={**card.metrics, "unlike": learned.figures})
    if arguments.calibrate:
        card = with_calibration(card, logits, faces)
    scores = score_logits(logits, faces, card.temperature, card.calibration, size=arguments.size)
    before = score_logits(logits, faces, 1.0, None, size=arguments.size).ece
    say(f"{card.name} on {scores.source}, n = {scores.n}, {scores.size} px")
    print(f"accuracy {scores.accuracy:.2%}  macro-F1 {scores.macro_f1:.4f}")
    print(f"ECE {scores.ece:.4f}, without calibration {before:.4f}")
    for name, recall in scores.recall.items():
        say(f"  recall {name:<10} {'-' if recall is None else f'{recall:.1%}'}")
    halves = cross_validate(logits.numpy(), faces.targets.numpy(), faces.classes, arguments.coverage)
    if halves is not None:
        _print_halves(halves)
    if unlike is not None:
        print(f"{unlike:.1%} of the faces are unlike those the model learned from")
    if learned is not None:
        _print_unlike(learned.figures)
    if arguments.plots:
        _plot(model, card, faces, logits, scores, arguments.plots)
    if arguments.calibrate:
        _write(model, card, arguments.model)
    half_splits = halves and halves.as_dict()
    return {**scores.as_dict(), "ece_uncalibrated": before, "unlike": unlike, "half_splits": half_splits}


def _print_halves(halves: "CrossValidation") -> None:
    print(f"fitted on one half and measured on the other, both ways, {halves.draws} draws:")
    print(
        f"ECE {halves.ece:.4f} ({halves.ece_of_a_half:.4f} on a half, where true probabilities show "
        f"{halves.ece_of_a_half_if_perfect:.4f})  NLL {halves.nll:.4f}"
    )
    print(f"accuracy of the 80% most reliable faces {halves.accuracy_most_reliable:.2%}")
    print(
        f"sets at {halves.wanted:.0%} hold the label for {halves.coverage:.1%} of the faces (spread "
        f"{halves.coverage_spread:.1%} a half) and {halves.size:.2f} classes on average; {halves.single:.1%} hold one "
        f"class, which is the label for {halves.single_right:.1%} of them"
    )
    for name, sets in halves.classes.items():
        say(f"  {name:<10} n = {sets.n:<5} {sets.coverage:.1%}  {sets.size:.2f} classes")


def _print_unlike(figures: dict[str, Any]) -> None:
    print("share called unlike, and ECE (without softening), for each face by a neuron that did not see it:")
    for name, kind in figures["kinds"].items():
        error = f"{kind['ece']:.3f} ({kind['without_softening_ece']:.3f})" if "ece" in kind else "-"
        left_out = "  left out of the fit" if name in figures["left_out_of_the_fit"] else ""
        print(f"  {name:<16} {kind['unlike']:>6.1%}  {error}{left_out}")


def _plot(
    model: "ExpressionNetwork", card: "Card", faces: "FaceSet", logits: "Tensor", scores: "Scores", folder: Path
) -> None:
    from mien.evaluation.metrics import SHRUNK_TO_PX, evaluate
    from mien.figures import evaluation_plots
    from mien.probabilities.calibration import calibrated
    from mien.utils.files import make_folder

    make_folder(folder)
    evaluation_plots.confusion_matrix(scores, folder / "confusion.png")
    rows = [evaluate(model, faces, size=s) for s in SHRUNK_TO_PX if s <= card.network.crop_size]
    evaluation_plots.accuracy_over_size(rows, folder / "accuracy_over_size.png")
    targets = faces.targets.numpy()
    after = calibrated(logits.numpy(), card.temperature, card.calibration)
    before = calibrated(logits.numpy(), 1.0)
    evaluation_plots.reliability_diagram(before, after, targets, faces.source, folder / "reliability.png")
    evaluation_plots.risk_over_coverage(after, targets, faces.source, folder / "risk_over_coverage.png")


def _write(model: "ExpressionNetwork", card: "Card", name: str) -> None:
    """Write the card and, where the network measures which faces are unlike, its weights."""
    from mien.models import weights
    from mien.models.cards import locate, write_card
    from mien.utils.files import writing

    path = locate(name)
    with writing(path):
        if card.network.unlikeness:
            weights.write(model, card, path)
        else:
            write_card(card, path)
    say(f"Written: {path}")
