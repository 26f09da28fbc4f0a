"""Durations as people say them."""

from mien import language

_MINUTE_S, _HOUR_S = 60, 3600


def rough_duration(seconds: float) -> str:
    """A duration to the nearest second, minute or tenth of an hour: `8 s`, `2 min`, `1.5 h`; at least 1 s."""
    if seconds < 1.5 * _MINUTE_S:
        return language.tr("{} s").format(language.number(max(seconds, 1), 0))
    if seconds < 1.5 * _HOUR_S:
        return language.tr("{} min").format(language.number(seconds / _MINUTE_S, 0))
    return language.tr("{} h").format(language.number(seconds / _HOUR_S, 1))
