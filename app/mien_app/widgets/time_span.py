"""The span of time that a timeline shows: zooming, panning, the ticks of its scale, and how times are written."""

import math

from mien import language
from mien.session.edits import TimeSpan

_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_LEAST_S = 0.5


def zoomed(span: TimeSpan, factor: float, at_s: float, whole: TimeSpan) -> TimeSpan:
    """Make it longer by a factor, or shorter; `at_s` stays where it is, and nothing beyond `whole` is shown."""
    length = min(max(span.length_s * factor, min(_LEAST_S, whole.length_s)), whole.length_s)
    share = (at_s - span.start_s) / span.length_s
    return _inside(TimeSpan(at_s - share * length, at_s + (1 - share) * length), whole)


def moved(span: TimeSpan, by_s: float, whole: TimeSpan) -> TimeSpan:
    """Move it later or earlier, within `whole`."""
    return _inside(TimeSpan(span.start_s + by_s, span.end_s + by_s), whole)


def _inside(span: TimeSpan, whole: TimeSpan) -> TimeSpan:
    start = min(max(span.start_s, whole.start_s), max(whole.end_s - span.length_s, whole.start_s))
    return TimeSpan(start, min(start + span.length_s, whole.end_s))


def ticks(span: TimeSpan, count: int) -> tuple[list[float], float]:
    """Find round times.

    Returns:
        At most `count` times in s, and the step between them.
    """
    step = next((s for s in _STEPS_S if span.length_s / s <= count), _STEPS_S[-1])
    first = math.ceil(span.start_s / step - 1e-6)
    last = math.floor(span.end_s / step + 1e-6)
    return [i * step for i in range(first, last + 1)], step


def clock(time_s: float, digits: int = 0) -> str:
    """Write a time as 1:02:03.5 or 2:03, with so many digits after the second."""
    units = round(time_s * 10**digits)
    sign, units = ("-" if units < 0 else ""), abs(units)
    whole, part = divmod(units, 10**digits)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return sign + text + (language.number(part / 10**digits, digits)[1:] if digits else "")


def tenths(time_s: float) -> int:
    """How many digits after the second a length of time needs: none from an hour on."""
    return 1 if time_s < 3600 else 0
