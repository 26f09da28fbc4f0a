import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication

from mien.errors import MienError
from mien.runtimes import load_library
from mien_app.startup.preload import load_libraries

# A process of its own, since the other tests have everything loaded.
_PROGRAM = """
import os
import sys
from PySide6.QtWidgets import QApplication
from mien_app.startup.preload import load_libraries
load_libraries(QApplication([]), "auto")
loaded = set(sys.modules)
import mien.recognition.recognizer
import mien.sources
mien.recognition.recognizer.Recognizer(threads=1).recognize(mien.sources.DemoSource().read())
os.write(2, b"still heard")
print(sorted(set(sys.modules) - loaded))
"""


def test_nothing_large_is_imported_while_the_window_waits() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=120, check=True)
    late = done.stdout.strip().splitlines()[-1]
    assert not any(name in late for name in ("'scipy", "'matplotlib", "'mediapipe"))
    assert done.stderr == "still heard"  # nothing redirects what is written there, and no library chatters


def test_a_stored_runtime_that_this_machine_lacks_does_not_stop_the_window(qapp: QApplication) -> None:
    runtime = "of another machine"
    with pytest.raises(MienError):
        load_library(runtime)
    load_libraries(qapp, runtime)  # the pipeline reports it
