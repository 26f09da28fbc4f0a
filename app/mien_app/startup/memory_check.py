"""Checks that the window's memory does not grow, on the demo."""

import time

import psutil
from PySide6.QtWidgets import QApplication

from mien.errors import MienError
from mien.utils.counts import counted
from mien_app.shell.window import MainWindow

_SETTLED = 0.2  # share of the frames after which memory should have settled
_STALLED_S = 30.0


def memory_check(application: QApplication, window: MainWindow, frames: int) -> float:
    """Show frames of the demo, and print the resident memory meanwhile.

    Returns:
        MB by which it grew over the last four fifths of the frames.

    Raises:
        MienError: the demo stopped.
    """
    process = psutil.Process()
    window.open_source("demo:6")
    settled_mb, printed, moved = 0.0, -1, time.monotonic()
    shown = 0
    while shown < frames:
        application.processEvents()
        time.sleep(0.002)
        pipeline = window.live.host.pipeline
        newest = pipeline.frames.peek() if pipeline else None
        before, shown = shown, newest.frame.index + 1 if newest else 0
        if shown != before:
            moved = time.monotonic()
        if pipeline is None or time.monotonic() - moved > _STALLED_S:
            raise MienError(
                f"The demo stopped after {counted(shown, 'frame')}. Run `mien live --source demo:6` to see why."
            )
        used_mb = float(process.memory_info().rss) / (1 << 20)
        if not settled_mb and shown >= _SETTLED * frames:
            settled_mb = used_mb
        if (step := 10 * shown // frames) != printed:
            printed = step
            print(f"{shown:6d} frames  {used_mb:7.1f} MB")
    growth = used_mb - settled_mb
    print(f"growth over the last {frames - round(_SETTLED * frames)} frames: {growth:+.1f} MB")
    return growth
