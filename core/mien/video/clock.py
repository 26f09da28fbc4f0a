"""The time of each frame, in a file whose own times may start again."""

from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

_BACK_S = 0.1  # further back than this, another recording begins
_FORWARD_S = 10.0  # and further forward; FFmpeg's own bound, of formats whose times may jump


class FrameClock:
    """Gives each frame a later time than the one before.

    A file's own times are kept. Where they jump, because recordings were joined to one file, the new one goes on a
    frame after the one before it.
    """

    def __init__(self, step_s: float, *, gaps_are_joins: bool) -> None:
        """Begin with the first frame.

        Args:
            step_s: from one frame to the next, about.
            gaps_are_joins: whether times that jump forward are a join too, not a camera that was silent.
        """
        self._step_s, self._gaps = step_s, gaps_are_joins
        self._shift_s = 0.0
        self._last_s: float | None = None

    def time_s(self, own_s: float | None) -> float:
        """The time of the next frame, by its own time; None where the file gives it none."""
        last = self._last_s
        if last is None:
            time_s = own_s or 0.0
        elif own_s is None:
            time_s = last + self._step_s
        else:
            time_s = own_s + self._shift_s
            if is_join(last, time_s, self._gaps):
                time_s = last + self._step_s
                self._shift_s = time_s - own_s
            elif time_s <= last:
                time_s = last + 0.001
        self._last_s = time_s
        return time_s

    def go_on_after(self, time_s: float) -> None:
        """Go on after a frame with this time, in a file without joins."""
        self._last_s, self._shift_s = time_s, 0.0


def is_join(before_s: float, after_s: float, gaps_are_joins: bool) -> bool:
    """Whether another recording begins between two times of a file, s."""
    return after_s < before_s - _BACK_S or (gaps_are_joins and after_s > before_s + _FORWARD_S)


def has_no_order(format_name: str, codec: VideoCodecContext) -> bool:
    """Whether a file does not say in which order its frames are shown: AVI lists them as they are decoded."""
    return format_name == "avi" and codec.name in ("h264", "hevc") and codec.has_b_frames


class OwnTimes:
    """The times that a file gives its frames, in its own unit, also after seeking."""

    def __init__(self, *, by_decoding: bool) -> None:
        """`by_decoding`: each frame has that of another one (see `has_no_order`), and is counted as it comes out."""
        self.by_decoding = by_decoding
        self._lag: int | None = None

    def of(self, frame: VideoFrame) -> int | None:
        """A frame's; None where it has none. The first one that is asked for is the file's first."""
        if not self.by_decoding:
            return frame.pts
        if frame.pts is None or frame.dts is None:  # the last ones
            return None
        if self._lag is None:
            self._lag = frame.dts - frame.pts
        return frame.dts - self._lag
