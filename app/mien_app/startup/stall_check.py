"""Checks that the window always responds: walks through it on the demo and times every event on its thread."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from mien_app.shell.window import MainWindow

LIMIT_MS = 16.0  # a frame of a display


class TimedApplication(QApplication):
    """Times each event that Qt delivers, with everything that is done in it."""

    def __init__(self) -> None:
        super().__init__(sys.argv[:1])
        self.heard: Callable[[str, float, float], None] | None = None
        """Takes what was called, its wall-clock time and the thread's own share of it, ms; None measures nothing."""
        self._inside = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event."""
        if self._inside or self.heard is None:
            return super().notify(receiver, event)
        called = f"{type(receiver).__name__} {event.type().name}"
        self._inside, wall, own = True, time.perf_counter(), time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._inside = False
            self.heard(called, 1000 * (time.perf_counter() - wall), 1000 * (time.thread_time() - own))


@dataclass
class Step:
    """Something a person does, and how long the window's thread then took for each event."""

    name: str
    act: Callable[[], object]
    calls: list[tuple[float, float, str]] = field(default_factory=list)
    """Wall-clock time and the thread's own share, ms (the rest it waited for a processor or a lock), and what."""

    def line(self) -> str:
        """A row of the table."""
        late = sum(wall > LIMIT_MS for wall, _, _ in self.calls)
        longest, _, what = max(self.calls, default=(0.0, 0.0, ""))
        own = max((own for _, own, _ in self.calls), default=0.0)
        return f"{self.name:<14}{len(self.calls):7d}{late:9d}{longest:12.1f}{own:13.1f}  {what}"


def stall_check(application: TimedApplication, window: MainWindow, seconds: float) -> list[Step]:
    """Open the demo with six faces, look at every page, change the model; print a line for each step.

    Args:
        application: not running yet.
        window: already shown.
        seconds: for each step.
    """
    steps = [
        Step("no source", lambda: None),
        Step("open the demo", lambda: window.open_source("demo:6")),
        Step("six faces", lambda: None),
        Step("Analyse", lambda: window.show_page(window.analyse)),
        Step("Review", lambda: window.show_page(window.review)),
        Step("Train", lambda: window.show_page(window.train)),
        Step("Live", lambda: window.show_page(window.live)),
        Step("change model", lambda: window.use_model(window.live.model)),
    ]
    waiting = iter(steps)

    def go_on() -> None:
        step = next(waiting, None)
        if step is None:
            application.heard = None  # a window that closes hides first, and waits for its threads out of sight
            application.quit()
        else:
            application.heard = lambda called, wall, own: step.calls.append((wall, own, called))
            step.act()

    timer = QTimer(interval=round(1000 * seconds))
    timer.timeout.connect(go_on)
    timer.start()
    QTimer.singleShot(0, go_on)
    application.exec()
    over = f"> {LIMIT_MS:.0f} ms"
    print(f"{'step':<14}{'calls':>7}{over:>9}{'longest ms':>12}{'own time ms':>13}  the longest")
    for step in steps:
        print(step.line())
    return steps
