"""Plots of an evaluation."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from mien.evaluation.confusion import percent
from mien.evaluation.scores import Scores
from mien.probabilities.calibration import BINS, calibration_error, reliability_bins
from mien.utils.figures import save_figure


def confusion_matrix(scores: Scores, path: Path) -> None:
    """Plot row percentages: labels down, predictions across, the number of faces beside each label.

    Args:
        scores: of the evaluation.
        path: the PNG file.
    """
    share = percent(scores.confusion)
    counts = np.asarray(scores.confusion).sum(1)
    side = 1.6 + 0.62 * len(scores.classes)
    figure = Figure(figsize=(side + 1, side), layout="constrained")
    axes = figure.subplots()
    axes.imshow(share, cmap="Blues", vmin=0, vmax=100)
    for (row, column), value in np.ndenumerate(share):
        if value >= 0.5:
            colour = "white" if value > 55 else "black"
            axes.text(column, row, f"{value:.0f}", ha="center", va="center", color=colour, fontsize=9)
    ticks = range(len(scores.classes))
    axes.set_xticks(ticks, scores.classes, rotation=40, ha="right")
    axes.set_yticks(ticks, [f"{c} ({n})" for c, n in zip(scores.classes, counts, strict=True)])
    axes.set(xlabel="predicted, % of the row", ylabel="labelled")
    axes.set_title(f"{scores.source}\nn = {scores.n}, accuracy {scores.accuracy:.1%}", fontsize=10)
    save_figure(figure, path, dpi=130)


def accuracy_over_size(rows: list[Scores], path: Path) -> None:
    """Plot accuracy over the side, px, to which the faces were shrunk.

    Args:
        rows: one evaluation a size.
        path: the PNG file.
    """
    rows = sorted(rows, key=lambda row: row.size)
    figure = Figure(figsize=(5.5, 3.6), layout="constrained")
    axes = figure.subplots()
    sizes, accuracies = [row.size for row in rows], [100 * row.accuracy for row in rows]
    axes.plot(sizes, accuracies, marker="o")
    for size, accuracy in zip(sizes, accuracies, strict=True):
        axes.annotate(f"{accuracy:.1f}", (size, accuracy), textcoords="offset points", xytext=(0, 7), ha="center")
    axes.set_xticks(sizes)
    axes.margins(y=0.15)
    axes.set(xlabel="face shrunk to, px", ylabel="accuracy, %")
    axes.set_title(f"{rows[-1].source}, n = {rows[-1].n}", fontsize=10)
    save_figure(figure, path, dpi=130)


def reliability_diagram(
    before: NDArray[np.floating], after: NDArray[np.floating], targets: NDArray[np.integer], source: str, path: Path
) -> None:
    """Plot how often predictions of each confidence are right and, below, how many there are.

    Args:
        before: (N, C) probabilities without calibration.
        after: (N, C) calibrated probabilities.
        targets: (N,) classes.
        source: what these faces are.
        path: the PNG file.
    """
    figure = Figure(figsize=(5, 5.6), layout="constrained")
    axes, counts = figure.subplots(2, sharex=True, height_ratios=(4, 1))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle="--")
    for values, name in ((before, "before"), (after, "calibrated")):
        bins = reliability_bins(values, targets)
        seen = bins.faces > 0
        means = [sums[seen] / bins.faces[seen] for sums in (bins.confidence, bins.right)]
        axes.plot(*means, marker="o", markersize=4, label=f"{name}, ECE {calibration_error(values, targets):.3f}")
        counts.stairs(bins.faces, np.linspace(0, 1, BINS + 1))
    axes.set(ylabel="share that is right", ylim=(0, 1.02), xlim=(0, 1))
    axes.legend(loc="upper left")
    axes.set_title(f"{source}\nn = {len(targets)}", fontsize=10)
    counts.set(xlabel="confidence", ylabel="faces")
    save_figure(figure, path, dpi=130)


def risk_over_coverage(
    probabilities: NDArray[np.floating], targets: NDArray[np.integer], source: str, path: Path
) -> None:
    """Plot the share of wrong predictions among the most reliable ones, over how many of these are kept.

    Args:
        probabilities: (N, C) calibrated.
        targets: (N,) classes.
        source: what these faces are.
        path: the PNG file.
    """
    order = np.argsort(-probabilities.max(1), kind="stable")
    wrong = (probabilities[order].argmax(1) != targets[order]).cumsum()
    kept = np.arange(1, len(targets) + 1)
    figure = Figure(figsize=(5.5, 3.6), layout="constrained")
    axes = figure.subplots()
    axes.plot(100 * kept / len(targets), 100 * wrong / kept)
    axes.set(xlabel="most reliable faces that are kept, %", ylabel="of these wrong, %", xlim=(0, 100))
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.set_title(f"{source}, n = {len(targets)}", fontsize=10)
    save_figure(figure, path, dpi=130)
