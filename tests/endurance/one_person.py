"""Shows the demo in the window for ten minutes: its one person keeps one number: `make endurance`.

A face that is not looked at for a second may come back as somebody else. So the longest time between two results is
printed too: where it is that long, the machine was too busy for the test to say anything.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from mien.live.state import LiveResult
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.application import make_application
from mien_app.startup.preload import load_libraries

_SAY_EVERY_S = 60.0


class Seen:
    """The numbers that people had, in the results of the demo."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()
        self.results = self.empty = 0
        self.gap_s, self._last_s = 0.0, 0.0

    def take(self, result: LiveResult) -> None:
        """Note one result, on the pipeline's thread."""
        predictions = result.recognition.predictions
        self.numbers |= {prediction.track_id for prediction in predictions}
        self.results += 1
        self.empty += not predictions
        if self.results > 1:
            self.gap_s = max(self.gap_s, result.recognition.time_s - self._last_s)
        self._last_s = result.recognition.time_s

    def __str__(self) -> str:
        return (
            f"{self.results} results, at most {self.gap_s:.2f} s apart, {self.empty} of them without a face, "
            f"numbers {sorted(self.numbers)}"
        )


def watch(application: QApplication, seen: Seen, minutes: float) -> None:
    """Let the window run, and say now and then what was seen."""
    began = said = time.monotonic()
    while time.monotonic() - began < 60 * minutes:
        application.processEvents()
        time.sleep(0.01)
        if time.monotonic() - said >= _SAY_EVERY_S:
            said = time.monotonic()
            print(f"after {(said - began) / 60:.0f} min: {seen}", flush=True)


def main() -> int:
    """Watch it; 1 where the person had another number, or none at all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--model", default="light")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    load_libraries("auto")
    seen = Seen()
    with TemporaryDirectory(prefix="mien-one-person-") as folder:
        preferences = Preferences(Path(folder) / "settings.ini")
        preferences.welcomed = True
        window = MainWindow(arguments.model, preferences)
        window.live.host.on_result = seen.take
        window.show()
        window.open_source("demo")
        watch(application, seen, arguments.minutes)
        window.close_now()
        preferences.write()
    print(f"the demo for {arguments.minutes:g} min: {seen}")
    return int(seen.numbers != {1})


if __name__ == "__main__":
    sys.exit(main())
