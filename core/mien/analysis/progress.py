"""What an analysis tells while it is under way."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far an analysis is."""

    frames: int
    expected: int
    """0 where the file does not say."""
    faces: int
    rate: float
    """Frames a second, since it was begun or taken up again."""

    @property
    def left_s(self) -> float | None:
        """Seconds that it will still take, where that can be told."""
        return (self.expected - self.frames) / self.rate if self.expected and self.rate else None


class Stopped(Exception):
    """The analysis was asked to stop; what is done is kept, and it can be taken up again."""
