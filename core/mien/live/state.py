"""What a live pipeline gives to whoever draws: what it is doing, its newest frame, its newest result."""

import enum
from dataclasses import dataclass

from mien.types import Frame, Image, Recognition


class State(enum.Enum):
    """What a pipeline is doing."""

    OPENING = enum.auto()
    RUNNING = enum.auto()
    WAITING = enum.auto()
    """A camera is lost, busy or not there; it is tried again and again."""
    ENDED = enum.auto()
    """A file has been read to its end."""
    FAILED = enum.auto()


@dataclass(frozen=True)
class Status:
    """State, and what a person should read about it."""

    state: State
    message: str = ""


@dataclass(frozen=True)
class CapturedFrame:
    """A frame as it came in."""

    frame: Frame
    preview: Image
    """The frame's picture, BGR, at most 1600 px long: what a window draws."""
    clock_s: float
    """Of `time.perf_counter`, at the capture; of a file, when it was due."""
    turned: int = 0
    """By how many degrees, clockwise, from the source's own picture."""


@dataclass(frozen=True)
class LiveResult:
    """A recognition, with the frame and the model that it comes from."""

    captured: CapturedFrame
    recognition: Recognition
    model: str
    """Name of the model."""
    latency_s: float
    """From the frame's capture to its result."""
