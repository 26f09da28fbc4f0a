"""What every source of frames offers."""

from typing import Protocol

from mien.types import Frame


class Source(Protocol):
    """Gives frames, one after another. Read and close it on one thread."""

    name: str
    """As a person would call it, without a password."""
    live: bool
    """Frames come at their own pace and are lost when nobody takes them; a file waits to be paced."""
    still: bool
    """Its frames have nothing to do with one another, rather than being those of a stream."""

    def read(self) -> Frame | None:
        """The next frame, which counts from 0 and whose time does not go back but in files that say so.

        Returns:
            A frame with a picture of its own, which later ones leave alone; None when there is no more.
        """
        ...

    def close(self) -> None:
        """Let go of the device or file."""
        ...
