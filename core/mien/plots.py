"""Figures of an evaluation as pictures."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from mien.evaluation import Scores, percent


def confusion_matrix(scores: Scores, path: Path) -> None:
    """Row percentages, true class down, predicted class across, counts of faces beside the names."""
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
    figure.savefig(path, dpi=130)


def accuracy_over_size(rows: list[Scores], path: Path) -> None:
    """Accuracy against the side in px to which the faces were shrunk."""
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
    figure.savefig(path, dpi=130)
