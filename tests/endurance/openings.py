"""Opens sources in the window again and again, and prints what it holds meanwhile: `make endurance`.

The demo, a video, a network camera that is cut now and then, and a picture take turns, evenly spread over the time.
Memory, threads and open files at the start (after one round), in the middle and at the end should be the same; it fails
where memory has grown by more than a tenth.
"""

import argparse
import os
import signal
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import psutil
from materials import make_all
from PySide6.QtWidgets import QApplication
from tests.mjpeg import MjpegServer

from mien.live.state import State
from mien.sources import DemoSource
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.application import make_application
from mien_app.startup.preload import load_libraries

_LONGEST_S = 120.0  # for others may need the machine: what counts is whether it opens
_CUT_EVERY = 5  # of the network camera's openings
_MAY_GROW = 0.1  # share; code that is used for the first time, and what waits to be collected


def state(application: QApplication) -> str:
    """What the process holds: MB, threads of the system by name, threads of Python, files, objects of Qt."""
    process = psutil.Process()
    names: dict[str, int] = {}
    for thread in process.threads():
        name = Path(f"/proc/self/task/{thread.id}/comm").read_text().strip()
        names[name] = names.get(name, 0) + 1
    listed = ", ".join(f"{count} {name}" for name, count in sorted(names.items()))
    return (
        f"{process.memory_info().rss >> 20} MB, {sum(names.values())} threads ({listed}), {threading.active_count()} "
        f"of Python, {process.num_fds()} files, {len(application.allWidgets())} widgets"
    )


def rest_until(application: QApplication, moment: float) -> None:
    """Let the window run until a moment of the monotonic clock."""
    while time.monotonic() < moment:
        application.processEvents()
        time.sleep(0.01)


def until(application: QApplication, window: MainWindow, *, faces: bool) -> bool:
    """Let the window run until a result is there."""
    deadline = time.monotonic() + _LONGEST_S
    while time.monotonic() < deadline:
        application.processEvents()
        time.sleep(0.01)
        pipeline = window.live.host.pipeline
        if pipeline is None:
            return False
        result = pipeline.results.peek()
        if result is not None and (result.recognition.predictions or not faces):
            return True
    return False


def cut(application: QApplication, window: MainWindow, camera: MjpegServer) -> bool:
    """Unplug the network camera, and plug it in again."""
    pipeline = window.live.host.pipeline
    assert pipeline is not None
    camera.stop()
    for wanted in (State.WAITING, State.RUNNING):
        deadline = time.monotonic() + _LONGEST_S
        while pipeline.status.state is not wanted and time.monotonic() < deadline:
            application.processEvents()
            time.sleep(0.01)
        if wanted is State.WAITING:
            camera.start()
    return pipeline.status.state is State.RUNNING


def main() -> int:
    """Open all, however long it takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--openings", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=60.0, help="over which they are spread (60)")
    parser.add_argument("--unplugs", type=int, default=0, help="first cut a network camera so often")
    arguments = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    load_libraries("auto")
    with TemporaryDirectory(prefix="mien-openings-") as name:
        folder = Path(name)
        made = make_all(folder)
        cv2.imwrite(str(folder / "face.png"), DemoSource().draw(0.0))
        camera = MjpegServer()
        preferences = Preferences(folder / "settings.ini")
        preferences.welcomed = True
        window = MainWindow(str(made.model), preferences)
        window.show()
        failed = back = first_bytes = 0
        if arguments.unplugs:
            window.open_source(camera.address)
            until(application, window, faces=True)
            first_bytes = psutil.Process().memory_info().rss
            print(f"before {arguments.unplugs} unplugs: {state(application)}", flush=True)
            back = sum(cut(application, window, camera) for _ in range(arguments.unplugs))
            print(f"{back} of {arguments.unplugs} times it came back: {state(application)}", flush=True)
        addresses = ["demo:2", str(made.video), camera.address, str(folder / "face.png")]
        began = time.monotonic()
        deadline = began + 60 * arguments.minutes
        for number in range(arguments.openings):
            rest_until(application, began + (deadline - began) * number / arguments.openings)
            address = addresses[number % len(addresses)]
            window.open_source(address)
            failed += not until(application, window, faces=True)
            if address == camera.address and number // len(addresses) % _CUT_EVERY == 0:
                failed += not cut(application, window, camera)
            if number + 1 == len(addresses):
                first_bytes = psutil.Process().memory_info().rss
            if (number + 1) % max(arguments.openings // 10, 1) == 0 or number + 1 == len(addresses):
                print(f"after {number + 1} openings: {state(application)}", flush=True)
        rest_until(application, deadline)
        grown = psutil.Process().memory_info().rss / max(first_bytes, 1) - 1
        window.close()
        preferences.write()
        camera.stop()
        print(f"window closed, {failed} openings failed: {state(application)}", flush=True)
        print(f"memory has grown by {grown:.0%}")
    return int(failed > 0 or back < arguments.unplugs or grown > _MAY_GROW)


if __name__ == "__main__":
    sys.exit(main())
