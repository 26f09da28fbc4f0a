"""The times of a video's packets, which are read without decoding them."""

import math
from contextlib import suppress
from fractions import Fraction
from itertools import takewhile
from pathlib import Path

from mien.video.opening import FAULTS, open_container, video_stream


def packet_times(path: Path, base: Fraction, until_s: float = math.inf, *, decoding: bool = False) -> list[float]:
    """When each frame is shown, s, of those that are decoded before a time, up to where a file was cut off.

    Args:
        path: the file.
        base: the unit of its times, s.
        until_s: the time.
        decoding: when they are decoded instead.

    Raises:
        MienError: it cannot be opened.
    """
    own: list[float] = []
    with open_container(path) as container, suppress(*FAULTS):
        packets = container.demux(video_stream(container, path))
        for packet in takewhile(lambda p: p.dts is None or p.dts * base < until_s, packets):
            ticks = packet.dts if decoding else packet.pts
            if ticks is not None and not packet.is_discard:
                own.append(float(ticks * base))
    return own
