"""How far a share of some faces, or the difference of two, may be from that of all faces."""

import math

from mien import language

_Z = 1.959964  # of a normal distribution: 95% lie within so many standard deviations


def wilson(share: float, n: int) -> tuple[float, float]:
    """95% interval of a share that was counted over n (Wilson 1927): also at 0 and 1 it is no point.

    Written out here, since a model's card is shown before scipy is loaded.
    """
    if n <= 0:
        return 0.0, 1.0
    middle = share + _Z**2 / (2 * n)
    reach = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    whole = 1 + _Z**2 / n
    return max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0)


def paired_difference(gained: int, lost: int, n: int) -> tuple[float, float]:
    """95% interval of the difference of two shares of the same faces (Bonett and Price 2012).

    Also where all faces changed alike, or none did, it is no point, as a bootstrap's would be.

    Args:
        gained: how many of the faces count in the second share alone.
        lost: how many count in the first alone.
        n: faces.
    """
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    reach = _Z * math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    return max(up - down - reach, -1.0), min(up - down + reach, 1.0)


def with_interval(share: float, n: int) -> str:
    """A share with its interval: `92.9% (77.4 to 98.0%)`."""
    low, high = wilson(share, n)
    ends = (language.number(100 * low, 1), language.percent(high, 1))
    return language.tr("{} ({} to {})").format(language.percent(share, 1), *ends)
