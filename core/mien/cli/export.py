"""`mien export SESSION... --out FILE`."""

import argparse
import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mien.cli import numbers
from mien.cli.console import blurred, complain, say
from mien.errors import MienError
from mien.session.edits import TimeSpan
from mien.session.export.base import Exporter, ExportOptions
from mien.session.export.registry import EXPORTERS
from mien.session.export.summary_table import SUMMARY, write_summary
from mien.session.session import Session
from mien.utils.counts import counted
from mien.utils.files import writing

EXAMPLE = 'mien export sessions/* --out "tables/{}.xlsx"'
_NAME = "{}"  # in --out
_OWN = {"rate": ("samples",), "min": ("intervals", "elan", "praat"), "blur": ("video",)}  # options of some kinds only


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("sessions", nargs="+", type=Path, metavar="SESSION", help="session folders or patterns")
    parser.add_argument(
        "--out",
        required=True,
        metavar="FILE",
        help="the file to write; {} in it becomes the session's name, as in tables/{}.xlsx",
    )
    kinds = parser.add_mutually_exclusive_group()
    for name, exporter in EXPORTERS.items():
        endings = ", ".join(exporter.suffixes)
        kinds.add_argument(
            f"--{name}", dest="kind", action="store_const", const=name, help=f"{exporter.summary} ({endings})"
        )
    parser.add_argument(
        "--range",
        dest="ranges",
        nargs=2,
        action="append",
        default=[],
        type=numbers.seconds,
        metavar=("START", "END"),
        help="only from START up to END, seconds as in the column time_s; of a summary several times",
    )
    parser.add_argument(
        "--min",
        type=numbers.seconds,
        metavar="SECONDS",
        help="of intervals: leave out shorter ones (0)",
    )
    parser.add_argument(
        "--rate", type=numbers.number(above=True), metavar="HZ", help="of samples: how many a second (30)"
    )
    parser.add_argument(
        "--decimal",
        choices=(".", ","),
        default=".",
        metavar="MARK",
        help="of a .csv: . or , (.); with a comma, as many countries write it, there are semicolons between cells",
    )
    parser.add_argument("--blur", type=blurred, metavar="WHO", help="of a video: no boxes, and blur all, or others:1")


def run(arguments: argparse.Namespace) -> int:
    """Write a file for each session, or a summary of all; 1 if a session failed, 2 if all did."""
    exporter = _exporter(arguments.kind, arguments.out)
    arguments.sessions = [folder for given in arguments.sessions for folder in _matched(given)]
    for option, kinds in _OWN.items():
        if getattr(arguments, option) and exporter.name not in kinds:
            owners = " and ".join(f"--{kind}" for kind in kinds)
            raise MienError(f"--{option} is of no use here. It belongs to {owners}.")
    ranges = [_range(*each) for each in arguments.ranges]
    if exporter is SUMMARY and _NAME not in arguments.out:
        return _summarise(arguments, ranges)
    if len(ranges) > 1:
        raise MienError("Only --summary takes several ranges, into one file. Give --range once.")
    options = ExportOptions(
        ranges[0] if ranges else None,
        boxes=not arguments.blur,
        blur=arguments.blur or "",
        shortest_s=arguments.min or 0.0,
        decimal=arguments.decimal,
        rate=arguments.rate or 30.0,
    )
    failed = 0
    for folder, path in zip(arguments.sessions, _paths(arguments.sessions, arguments.out), strict=True):
        try:
            session = Session(folder)
            written = exporter.export(session, path, options)
            say(f"{session.name}: {path}{'' if written else _nothing(session, options.span)}")
        except MienError as error:
            failed += 1
            several = len(arguments.sessions) > 1 and folder.name not in str(error)
            said = error.on_command_line
            complain(f"{folder.name}: {said}" if several else said)
    return _status(failed, len(arguments.sessions))


def _summarise(arguments: argparse.Namespace, ranges: list[TimeSpan]) -> int:
    """A session that cannot be opened is left out, and said."""
    failed = 0

    def opened() -> Iterator[Session]:
        nonlocal failed
        for folder in arguments.sessions:
            try:
                yield Session(folder)
            except MienError as error:
                failed += 1
                complain(str(error))
        if failed == len(arguments.sessions):
            raise MienError("None of the sessions can be summed up: nothing was written.")

    path = Path(arguments.out)
    with writing(path):
        rows = write_summary(opened(), path, ranges, arguments.decimal)
    say(f"{counted(rows, 'row')}: {path}")
    return _status(failed, len(arguments.sessions))


def _matched(given: Path) -> list[Path]:
    """The folders that a pattern matches, which a shell on Windows leaves to the program; else what is given."""
    found = [] if os.path.lexists(given) else [Path(name) for name in sorted(glob.glob(str(given)))]
    return [path for path in found if path.is_dir()] or [given]


def _nothing(session: Session, span: TimeSpan | None) -> str:
    times = session.frame_times
    if span is None:
        return ", with nothing in it"
    return f", with nothing in it: the session's frames are from {times[0]:.2f} to {times[-1]:.2f} s"


def _status(failed: int, sessions: int) -> int:
    return 0 if not failed else 2 if failed == sessions else 1


def _range(start_s: float, end_s: float) -> TimeSpan:
    if not start_s < end_s:
        raise MienError(f"--range {start_s:g} {end_s:g} ends before it begins.")
    return TimeSpan(start_s, end_s)


def _exporter(kind: str | None, out: str) -> Exporter:
    """The one that was asked for, or the first one that writes such a file."""
    if kind is not None:
        return EXPORTERS[kind]
    for exporter in EXPORTERS.values():
        if exporter.writes(Path(out)):
            return exporter
    endings = sorted({suffix for exporter in EXPORTERS.values() for suffix in exporter.suffixes})
    raise MienError(f"--out {out} ends with nothing that can be written. Choose one of {', '.join(endings)}.")


def _paths(folders: Iterable[Path], out: str) -> list[Path]:
    """Where each session's file goes."""
    paths = [Path(out.replace(_NAME, folder.resolve().name)) for folder in folders]
    if len(set(paths)) == len(paths):
        return paths
    if _NAME not in out:
        raise MienError(f"Several sessions do not go into one file: write {_NAME} in --out for each one's name.")
    raise MienError("Two of the sessions have the same name: export one after the other.")
