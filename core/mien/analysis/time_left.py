"""How long a whole queue will take."""

from collections.abc import Iterable

from mien.analysis.queue import Item


def time_left_s(items: Iterable[Item]) -> float | None:
    """Estimate the seconds until every file is done: those of no known length by their size in bytes.

    Returns:
        None while nothing is known of any file's rate.
    """
    spent_s = spent_bytes = left_s = left_bytes = 0.0
    for item in items:
        progress = item.progress
        if progress is not None and progress.rate > 0 and progress.expected:
            share = progress.frames / progress.expected
            spent_s += progress.frames / progress.rate
            spent_bytes += item.size * share
        if item.goes_on and progress is not None and progress.left_s is not None:
            left_s += progress.left_s
        elif item.goes_on:
            left_bytes += item.size
    if left_bytes and not spent_bytes:
        return None
    return left_s + (left_bytes * spent_s / spent_bytes if left_bytes else 0.0)
