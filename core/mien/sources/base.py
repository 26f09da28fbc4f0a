"""What every source of frames offers."""

from typing import Protocol

from mien.types import Frame


class Source(Protocol):
    """Gives frames, one after another. Read and close it on one thread."""

    name: str
    """As a person would call it."""
    live: bool
    """Frames come at their own pace and are lost when nobody takes them; a file waits to be paced."""

    still: bool
    """Single pictures that have nothing to do with one another, rather than a stream."""

    def read(self) -> Frame | None:
        """The next frame; None when there is no more."""
        ...

    def close(self) -> None:
        """Let go of the device or file."""
        ...
