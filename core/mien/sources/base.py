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
        """The next frame. Frames are numbered from 0; times do not go back, except where those in a file do.

        Returns:
            A frame whose picture is not reused for later ones; None when there is no more.
        """
        ...

    def close(self) -> None:
        """Close the device or file."""
        ...
