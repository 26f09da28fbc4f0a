"""Which videos an older version of Mien read otherwise than they are read now."""

from itertools import pairwise

import numpy as np

from mien.session.manifest import READING
from mien.session.session import Session
from mien.video.clock import is_join
from mien.video.opening import MAY_JUMP, open_container, refusing, video_stream
from mien.video.pixels import is_mirrored
from mien.video.reader import VideoFile


def was_read_otherwise(session: Session, video: VideoFile) -> bool:
    """Whether a session says of other pictures or times than the video has now where faces are.

    Raises:
        MienError: the video cannot be read.
    """
    made, times = session.manifest.input, session.frame_times
    if made.reading >= READING or session.manifest.recorded:
        return False
    with open_container(video.path) as container, refusing(video.path):
        stream = video_stream(container, video.path)
        if video.has_no_order:  # each frame had another one's time
            places = np.rint((times - video.first_s) / float(stream.time_base or 1))
            return bool((places != session.frame_numbers).any())
        if made.square_pixels:
            return False
        # Before there were square pixels: the first stream, turned instead of mirrored, with times that jump.
        gaps = bool(container.format.flags & MAY_JUMP)
        if stream.index != container.streams.video[0].index or any(
            b <= a or is_join(a, b, gaps) for a, b in pairwise(times.tolist())
        ):
            return True
        first = next(container.decode(stream), None)
        return first is not None and is_mirrored(first)
