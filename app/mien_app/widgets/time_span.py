"""The span of time that a timeline shows: zooming, panning, the ticks of its scale, and how times are written."""

import math
from dataclasses import dataclass

_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_LEAST_S = 0.5


@dataclass(frozen=True)
class Span:
    """What a timeline shows, in seconds."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Its length."""
        return self.end_s - self.start_s

    def zoomed(self, factor: float, at_s: float, whole: "Span") -> "Span":
        """Make it longer by a factor, or shorter; `at_s` stays where it is, and nothing beyond `whole` is shown."""
        length = min(max(self.length_s * factor, min(_LEAST_S, whole.length_s)), whole.length_s)
        share = (at_s - self.start_s) / self.length_s
        return Span(at_s - share * length, at_s + (1 - share) * length)._inside(whole)

    def moved(self, by_s: float, whole: "Span") -> "Span":
        """Move it later or earlier, within `whole`."""
        return Span(self.start_s + by_s, self.end_s + by_s)._inside(whole)

    def _inside(self, whole: "Span") -> "Span":
        start = min(max(self.start_s, whole.start_s), max(whole.end_s - self.length_s, whole.start_s))
        return Span(start, min(start + self.length_s, whole.end_s))

    def ticks(self, count: int) -> tuple[list[float], float]:
        """Find round times.

        Returns:
            At most `count` times in s, and the step between them.
        """
        step = next((s for s in _STEPS_S if self.length_s / s <= count), _STEPS_S[-1])
        first = math.ceil(self.start_s / step - 1e-6)
        last = math.floor(self.end_s / step + 1e-6)
        return [i * step for i in range(first, last + 1)], step


def clock(time_s: float, digits: int = 0) -> str:
    """Write a time as 1:02:03.5 or 2:03, with so many digits after the second."""
    units = round(time_s * 10**digits)
    sign, units = ("-" if units < 0 else ""), abs(units)
    whole, part = divmod(units, 10**digits)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return sign + text + (f".{part:0{digits}d}" if digits else "")


def tenths(time_s: float) -> int:
    """How many digits after the second a length of time needs: none from an hour on."""
    return 1 if time_s < 3600 else 0
