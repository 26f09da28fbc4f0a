"""Durations as people say them."""

_MINUTE_S, _HOUR_S = 60, 3600


def rough_duration(seconds: float) -> str:
    """A duration to the nearest second, minute or tenth of an hour: `8 s`, `2 min`, `1.5 h`; at least 1 s."""
    if seconds < 1.5 * _MINUTE_S:
        return f"{max(seconds, 1):.0f} s"
    if seconds < 1.5 * _HOUR_S:
        return f"{seconds / _MINUTE_S:.0f} min"
    return f"{seconds / _HOUR_S:.1f} h"
