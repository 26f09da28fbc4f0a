"""`mien evaluate DATA --model NAME`."""

import argparse
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from mien.cli import numbers
from mien.cli.console import output_file, output_folder, say
from mien.utils import optional
from mien.utils.counts import counted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mien.data.labelled import LabelledFaces
    from mien.evaluation.classifier import Classifier
    from mien.evaluation.scores import Scores
    from mien.models.cards import Card
    from mien.probabilities.cross_validation import CrossValidation
    from mien.training.recalibration import Recalibrated

EXAMPLE = "mien evaluate ferplus/ --size 16"

log = logging.getLogger(__name__)

_OTHER_PARTS = ("train", "test", "all")  # than those that validate
_PARTS = ("valid", *_OTHER_PARTS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mien.data.readers.votes import Rule
    from mien.models.cards import DEFAULT_MODEL
    from mien.probabilities.conformal import LEVELS

    parser.add_argument("data", type=Path, help="FERPlus, RAF-DB, or a folder of class sub-folders")
    parser.add_argument("--model", default=DEFAULT_MODEL, help=f"name or path ({DEFAULT_MODEL})")
    parser.add_argument(
        "--split",
        default="valid",
        metavar="PART|FILE",
        help="which part of the data: train, valid or test (of a folder of class sub-folders a fifth is valid), all of "
        "such a folder, or the validation part of a file that `mien examine --split` wrote (valid)",
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
    parser.add_argument("--plots", type=output_folder, metavar="DIR", help="draw the figures into this folder")


def run(arguments: argparse.Namespace) -> int:
    """Evaluate, print a short table, and write what was asked for."""
    from dataclasses import asdict

    from mien.curation.extract_faces import warn_of_whole_pictures
    from mien.data.readers.registry import is_own
    from mien.errors import MienError
    from mien.utils.json_io import write_json

    if arguments.calibrate:
        _refuse_shipped(arguments.model)
    model = _opened(arguments)
    shape = model.card.network
    if arguments.size is not None and not 4 <= arguments.size <= shape.crop_size:
        raise MienError(f"--size must be from 4 to {shape.crop_size} px, the size this model takes.")
    faces = _faces(arguments, model.card).in_order_of(shape.classes)
    if arguments.split not in _PARTS or is_own(arguments.data):
        warn_of_whole_pictures(arguments.data, faces.names)
    if arguments.calibrate and (arguments.split in _OTHER_PARTS or arguments.size or arguments.through_detector):
        raise MienError(
            "--calibrate takes the validation split as it is: leave out --split, --size and --through-detector."
        )
    values: dict[str, object] = {"model": model.card.name, "sha256": model.card.sha256, "rule": arguments.rule}
    if arguments.through_detector:
        from mien.evaluation.end_to_end import evaluate_through_detector

        result = evaluate_through_detector(model, faces)
        values["through_detector"] = asdict(result)
        say(f"{faces.source}: {result.found} of {counted(result.n, 'face')} detected in the frames")
        print(f"accuracy on those: {result.accuracy:.2%} through the detector, {result.accuracy_direct:.2%} directly")
    else:
        values |= _figures(model, faces, arguments)
    if arguments.json:
        write_json(arguments.json, values)
    return 0


def _refuse_shipped(name: str) -> None:
    """Those that come with Mien are everybody's here. Who makes them gives the path of the card."""
    from mien.errors import MienError
    from mien.models.cards import locate
    from mien.utils.paths import shipped_weights

    card = locate(name)
    if card.parent == shipped_weights() and name not in (str(card), str(card.with_suffix(".safetensors"))):
        own = f"my-{card.stem}"
        raise MienError(
            f"'{card.stem}' came with Mien and stays as it is. Copy it with `mien models {own} --keep {card.stem}`, "
            f"and calibrate that: --model {own}."
        )


def _faces(arguments: argparse.Namespace, card: "Card") -> "LabelledFaces":
    from mien.data.readers.folder import is_judged_on, load_divided
    from mien.data.readers.registry import read_split
    from mien.errors import MienError

    data, shape = arguments.data, card.network
    if arguments.split in _PARTS:
        if is_judged_on(card.training.get("chosen_on"), data):
            log.warning(
                "%s was trained on a part of %s that a file says: among these faces may be some that it learned from. "
                "Give the file with --split.",
                card.name,
                data,
            )
        return read_split(data, arguments.split, rule=arguments.rule, size=shape.crop_size, channels=shape.channels)
    if not Path(arguments.split).is_file():
        raise MienError(
            f"--split is train, valid, test, all or a file that `mien examine --split` wrote, not {arguments.split}."
        )
    return load_divided(data, Path(arguments.split), size=shape.crop_size, channels=shape.channels)[1]


def _opened(arguments: argparse.Namespace) -> "Classifier":
    """In PyTorch, as it was trained, where that is installed."""
    from mien.runtimes import has, open_runtime

    if arguments.calibrate or has("torch"):
        from mien.evaluation.network_classifier import load_classifier

        return load_classifier(arguments.model)
    from mien.evaluation.runtime_classifier import RuntimeClassifier

    return RuntimeClassifier(open_runtime(arguments.model, many=True))


def _figures(model: "Classifier", faces: "LabelledFaces", arguments: argparse.Namespace) -> dict[str, Any]:
    from mien.evaluation.scores import score_logits
    from mien.probabilities.unsure_reasons import UNLIKE

    recalibrated = _recalibrated(model, faces) if arguments.calibrate else None
    card, unlike, learned = model.card, None, None
    if recalibrated is None or recalibrated.unlike is None:
        made = model.classify(faces.images, arguments.size)
        logits = made.logits
        unlike = None if made.unlikeness is None else float((made.unlikeness > UNLIKE).mean())
    if recalibrated is not None:
        card, logits, learned = recalibrated.card, recalibrated.logits, recalibrated.unlike
    if learned is not None:
        unlike = learned["kinds"]["as they are"]["unlike"]
    scores = score_logits(logits, faces, card.temperature, card.calibration, size=arguments.size)
    before = score_logits(logits, faces, 1.0, None, size=arguments.size).ece
    say(f"{card.name} on {scores.source}, n = {scores.n}, {scores.size} px")
    print(f"accuracy {scores.accuracy:.2%}  macro-F1 {scores.macro_f1:.4f}")
    print(f"ECE {scores.ece:.4f}, without calibration {before:.4f}")
    for name, recall in scores.recall.items():
        say(f"  recall {name:<10} {'-' if recall is None else f'{recall:.1%}'}")
    halves = _halves(logits, faces, arguments.coverage)
    if halves is not None:
        _print_halves(halves)
    if unlike is not None:
        print(f"{unlike:.1%} of the faces are unlike those the model learned from")
    if learned is not None:
        _print_unlike(learned)
    if arguments.plots:
        _plot(model, card, faces, logits, scores, arguments.plots)
    if recalibrated is not None:
        say(f"Written: {recalibrated.write(arguments.model)}")
    half_splits = halves and halves.as_dict()
    return {**scores.as_dict(), "ece_uncalibrated": before, "unlike": unlike, "half_splits": half_splits}


def _recalibrated(model: "Classifier", faces: "LabelledFaces") -> "Recalibrated":
    from mien.data.faceset import FaceSet
    from mien.evaluation.network_classifier import NetworkClassifier
    from mien.training.recalibration import recalibrate

    assert isinstance(model, NetworkClassifier)
    return recalibrate(model.network, model.card, FaceSet.of(faces))


def _halves(logits: "NDArray[np.float32]", faces: "LabelledFaces", coverage: float) -> "CrossValidation | None":
    from mien.probabilities.cross_validation import cross_validate

    try:
        return cross_validate(logits, faces.targets, faces.classes, coverage)
    except ModuleNotFoundError as error:  # SciPy fits calibration
        if not (line := optional.lacking(error)):
            raise
        print(f"What calibration and sets are worth on faces they were not fitted on is left out. {line}")
        return None


def _print_halves(halves: "CrossValidation") -> None:
    print(f"fitted on one half and measured on the other, both ways, {halves.draws} draws:")
    print(
        f"ECE {halves.ece:.4f} ({halves.ece_of_a_half:.4f} on a half, where true probabilities show "
        f"{halves.ece_of_a_half_if_perfect:.4f})  NLL {halves.nll:.4f}"
    )
    print(f"accuracy of the 80% most reliable faces {halves.accuracy_most_reliable:.2%}")
    of_single = f", which is the label for {halves.single_right:.1%} of them" if halves.single else ""
    print(
        f"sets at {halves.wanted:.0%} hold the label for {halves.coverage:.1%} of the faces (spread "
        f"{halves.coverage_spread:.1%} a half) and {halves.size:.2f} classes on average; {halves.single:.1%} hold one "
        f"class{of_single}"
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
    model: "Classifier",
    card: "Card",
    faces: "LabelledFaces",
    logits: "NDArray[np.float32]",
    scores: "Scores",
    folder: Path,
) -> None:
    from mien.evaluation.scores import SHRUNK_TO_PX, score_logits
    from mien.figures import evaluation_plots
    from mien.probabilities.calibration import calibrated
    from mien.utils.files import make_folder

    make_folder(folder)
    evaluation_plots.confusion_matrix(scores, folder / "confusion.png")
    sizes = [size for size in SHRUNK_TO_PX if size <= card.network.crop_size]
    shrunk = [model.classify(faces.images, size).logits for size in sizes]
    rows = [score_logits(one, faces, 1.0, None, size=size) for one, size in zip(shrunk, sizes, strict=True)]
    evaluation_plots.accuracy_over_size(rows, folder / "accuracy_over_size.png")
    after = calibrated(logits, card.temperature, card.calibration)
    before = calibrated(logits, 1.0)
    evaluation_plots.reliability_diagram(before, after, faces.targets, faces.source, folder / "reliability.png")
    evaluation_plots.risk_over_coverage(after, faces.targets, faces.source, folder / "risk_over_coverage.png")
