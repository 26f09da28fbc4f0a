"""Each person's probabilities over time, stacked, and the reliability as a line."""

from pathlib import Path

import numpy as np

from mien.colours import class_colour
from mien.session.export.base import Exporter, ExportOptions
from mien.session.session import Session
from mien.session.summary import in_view
from mien.session.timeline import Timeline
from mien.utils.figures import save_figure

_BINS = 600
_DPI = 160
_LONGEST_NAME = 60  # letters
_SUFFIXES = (".png", ".svg", ".pdf")


def _write(session: Session, path: Path, options: ExportOptions) -> int:
    from matplotlib.figure import Figure  # half a second, which the other exporters do without

    span = options.span_of(session)
    people = [number for number in session.people() if len(in_view(session, number, span.start_s, span.end_s)[0])]
    figure = Figure(figsize=(10, 1.2 + 1.5 * max(len(people), 1)), layout="constrained")
    lanes = figure.subplots(max(len(people), 1), 1, sharex=True, squeeze=False)[:, 0]
    length_s = span.end_s - span.start_s
    centres = np.linspace(span.start_s, span.end_s, _BINS + 1)[:-1] + length_s / _BINS / 2
    inks = [class_colour(name, i) for i, name in enumerate(session.classes)]
    for lane, number in zip(lanes, people, strict=False):
        shares, reliability = Timeline(session, number).bins(span.start_s, span.end_s, _BINS)
        lane.stackplot(centres, np.nan_to_num(shares).T, colors=inks, step="mid", linewidth=0)
        lane.plot(centres, reliability, color="black", linewidth=0.8)
        lane.set_ylabel(
            session.person_name(number)[:_LONGEST_NAME],
            rotation=0,
            ha="right",
            va="center",
        )
        lane.set_ylim(0, 1)
        lane.set_yticks([0, 1])
        lane.spines[["top", "right"]].set_visible(False)
    lanes[-1].set_xlim(span.start_s, span.end_s)
    lanes[-1].set_xlabel(f"seconds of {session.name}. Model {session.manifest.model}. An expression is not a feeling.")
    handles = [
        lanes[0].fill_between([], [], color=ink, label=name) for ink, name in zip(inks, session.classes, strict=True)
    ]
    handles += lanes[0].plot([], [], color="black", linewidth=0.8, label="reliability")
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles), frameon=False, fontsize=9)
    save_figure(figure, path, dpi=_DPI)
    return len(people)


PLOT = Exporter("plot", _SUFFIXES, _write, "each person's probabilities over time")
