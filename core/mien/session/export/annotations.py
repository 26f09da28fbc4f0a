"""Intervals and markers for the programs in which people annotate videos: a tier for each person, one for markers."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mien.session.edits import TimeSpan
from mien.session.export.base import Exporter, ExportOptions
from mien.session.intervals import Interval, intervals
from mien.session.session import Session
from mien.utils.files import write_atomic
from mien.utils.text import is_plain

_MARKER_MS = 40  # ELAN has no moments
_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"


@dataclass(frozen=True)
class _Tiers:
    people: dict[str, list[Interval]]
    """By name; two persons of one name have their numbers in theirs."""
    markers: list[tuple[float, str]]
    """Seconds and note."""
    end_s: float


def _tiers(session: Session, options: ExportOptions) -> _Tiers:
    span = options.span_of(session)
    # Neither program has times below 0; a video may begin there.
    seen = TimeSpan(max(span.start_s, 0.0), max(span.end_s, 0.0))
    people: dict[str, list[Interval]] = {}
    for person in session.people():
        name = session.person_name(person)
        people[f"{name} ({person})" if name in (*people, "markers") else name] = intervals(
            session, person, seen, options.shortest_s
        )
    markers = sorted((one.time_s, one.note or "marker") for one in options.markers_of(session) if one.time_s >= 0)
    return _Tiers(people, markers, max([seen.end_s, *(time_s for time_s, _ in markers)]))


def _moments(markers: list[tuple[float, str]]) -> list[tuple[int, int, str]]:
    """Markers as ELAN has them: it knows no moments, and nothing in a tier may lie over what follows."""
    made: list[tuple[int, int, str]] = []
    for time_s, note in markers:
        begin = max(_ms(time_s), made[-1][0] + 1) if made else _ms(time_s)
        if made:
            before, end, text = made[-1]
            made[-1] = before, min(end, begin), text
        made.append((begin, begin + _MARKER_MS, note))
    return made


def _media_url(video: Path) -> str:
    """As ELAN writes and reads it: spaces and letters stand for themselves, nothing is escaped with %."""
    path = video.resolve().as_posix()
    if not is_plain(path):  # what no XML file can hold
        return video.resolve().as_uri()
    return f"file:{path}" if path.startswith("//") else f"file:///{path.removeprefix('/')}"


def _ms(time_s: float) -> int:
    return round(1000 * time_s)


def _whole_ms(own: list[Interval]) -> list[tuple[int, int, str]]:
    """What is left of them: one that a range cuts to less than a millisecond may have no length there."""
    rounded = ((_ms(one.start_s), _ms(one.end_s), one.label) for one in own)
    return [one for one in rounded if one[0] < one[1]]


def _elan(session: Session, tiers: _Tiers) -> bytes:
    root = ET.Element(
        "ANNOTATION_DOCUMENT",
        {
            "AUTHOR": "Mien",
            "DATE": "1970-01-01T00:00:00+00:00",  # so that the same session gives the same file
            "FORMAT": "3.0",
            "VERSION": "3.0",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:noNamespaceSchemaLocation": _SCHEMA,
        },
    )
    header = ET.SubElement(root, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    if (video := session.video) is not None:
        ET.SubElement(header, "MEDIA_DESCRIPTOR", MEDIA_URL=_media_url(video), MIME_TYPE="video/*")
    order = ET.SubElement(root, "TIME_ORDER")
    parts = {name: _whole_ms(own) for name, own in tiers.people.items()}
    parts["markers"] = _moments(tiers.markers)
    slots = 0
    for name, own in parts.items():
        tier = ET.SubElement(root, "TIER", LINGUISTIC_TYPE_REF="default-lt", TIER_ID=name)
        for begin, end, text in own:
            ids = f"ts{slots + 1}", f"ts{slots + 2}"
            for slot, value in zip(ids, (begin, end), strict=True):
                ET.SubElement(order, "TIME_SLOT", TIME_SLOT_ID=slot, TIME_VALUE=str(value))
            holder = ET.SubElement(tier, "ANNOTATION")
            names = {"ANNOTATION_ID": f"a{slots // 2 + 1}", "TIME_SLOT_REF1": ids[0], "TIME_SLOT_REF2": ids[1]}
            annotation = ET.SubElement(holder, "ALIGNABLE_ANNOTATION", names)
            ET.SubElement(annotation, "ANNOTATION_VALUE").text = text
            slots += 2
    kind = {"GRAPHIC_REFERENCES": "false", "LINGUISTIC_TYPE_ID": "default-lt", "TIME_ALIGNABLE": "true"}
    ET.SubElement(root, "LINGUISTIC_TYPE", kind)
    ET.indent(root)
    return ET.tostring(root, "unicode").encode(errors="backslashreplace")


def _praat(session: Session, tiers: _Tiers) -> bytes:
    end = f"{tiers.end_s:.6f}"
    count = len(tiers.people) + 1
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {end}",
        "tiers? <exists>",
    ]
    lines += [f"size = {count}", "item []:"]
    for place, (name, own) in enumerate(tiers.people.items(), 1):
        cells = _without_gaps(own, tiers.end_s)
        lines += [f"    item [{place}]:", '        class = "IntervalTier"', f"        name = {_quoted(name)}"]
        lines += ["        xmin = 0", f"        xmax = {end}", f"        intervals: size = {len(cells)}"]
        for number, (begin_s, end_s, text) in enumerate(cells, 1):
            lines += [f"        intervals [{number}]:", f"            xmin = {begin_s:.6f}"]
            lines += [f"            xmax = {end_s:.6f}", f"            text = {_quoted(text)}"]
    lines += [f"    item [{count}]:", '        class = "TextTier"', '        name = "markers"']
    lines += ["        xmin = 0", f"        xmax = {end}", f"        points: size = {len(tiers.markers)}"]
    for number, (time_s, note) in enumerate(tiers.markers, 1):
        lines += [
            f"        points [{number}]:",
            f"            number = {time_s:.6f}",
            f"            mark = {_quoted(note)}",
        ]
    return ("\n".join(lines) + "\n").encode(errors="backslashreplace")


def _without_gaps(own: list[Interval], end_s: float) -> list[tuple[float, float, str]]:
    """Praat's tiers are whole from 0 to their end; an empty text is where nothing is."""
    cells, until = [], 0.0
    for one in own:
        if round(one.start_s - until, 6) > 0:
            cells.append((until, one.start_s, ""))
        cells.append((max(one.start_s, until), one.end_s, one.label))
        until = one.end_s
    if round(end_s - until, 6) > 0:
        cells.append((until, end_s, ""))
    return cells


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _exporter(name: str, suffix: str, program: str, written: Callable[[Session, _Tiers], bytes]) -> Exporter:
    def write(session: Session, path: Path, options: ExportOptions) -> int:
        tiers = _tiers(session, options)
        write_atomic(path, written(session, tiers))
        return sum(map(len, tiers.people.values())) + len(tiers.markers)

    return Exporter(name, (suffix,), write, f"intervals and markers for {program}")


ELAN = _exporter("elan", ".eaf", "ELAN", _elan)
PRAAT = _exporter("praat", ".TextGrid", "Praat", _praat)
