import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from mien.errors import MienError
from mien.runtimes import load_library, open_runtime
from mien_app.startup.preload import load_libraries

# A process of its own, since the other tests have everything loaded.
_PROGRAM = """
import os
import sys
from mien_app.startup import application
before = {name.partition(".")[0] for name in sys.modules} | {name for name in sys.modules if name.startswith("mien")}
made = application.make_application()
print(made.windowIcon().pixmap(64, 64).toImage().pixelColor(32, 32).alpha())
with application.starting_sign(made):
    application.load_libraries("auto")
loaded = set(sys.modules)
import mien.recognition.recognizer
import mien.sources
mien.recognition.recognizer.Recognizer(threads=1).recognize(mien.sources.DemoSource().read())
os.write(2, b"still heard")
print(sorted(before))
print(sorted(set(sys.modules) - loaded))
"""


@pytest.mark.slow
def test_nothing_large_is_imported_while_the_window_waits() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=120, check=True)
    icon, before, late = done.stdout.strip().splitlines()[-3:]
    assert int(icon) > 0
    # A person sees that Mien starts before what takes a second is imported.
    assert not any(name in before for name in ("'scipy'", "'pyqtgraph'", "'openvino'", "'mien_app.shell.window'"))
    assert not any(name in late for name in ("'scipy", "'matplotlib", "'mediapipe"))
    assert done.stderr == "still heard"  # nothing redirects what is written there, and no library chatters


# What the process has computed until then, s: unlike a clock's, these hardly grow on a busy machine.
_IMPORTS = """
import os
from mien_app.startup import application
application.load_libraries("auto")
import mien_app.shell.window
print(sum(os.times()[:2]))
"""
_FIRST_START = """
import os
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from mien_app.startup import application

def computed():
    return sum(os.times()[:2])

times = []
def look():
    window = next((w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow"), None)
    if window is None or not window.isVisible():
        return
    if not times:
        times.append(computed())
    newest = window.live.host.pipeline.results.peek()
    if newest is not None and newest.recognition.predictions:
        times.append(computed())
        timer.stop()
        window.close_now()

application.make_application()
timer = QTimer(interval=5)
timer.timeout.connect(look)
timer.start()
application.run_window("demo", sys.argv[1])
print(*times)
"""


@pytest.mark.slow
def test_a_first_start(model_path: str, tmp_path: Path) -> None:
    open_runtime(model_path)  # prepares it
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}

    def times_s(program: str) -> list[float]:
        words = [sys.executable, "-c", program, model_path]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=True)
        return [float(word) for word in done.stdout.split()[-2:]]

    # As many times what importing takes: machines differ, and so does one from hour to hour.
    (imports,), (window, result) = times_s(_IMPORTS), times_s(_FIRST_START)
    assert window < 1.7 * imports
    assert result < 2 * imports


def test_a_stored_runtime_that_this_machine_lacks_does_not_stop_the_window(qapp: QApplication) -> None:
    runtime = "of another machine"
    with pytest.raises(MienError):
        load_library(runtime)
    load_libraries(runtime)  # the pipeline reports it
