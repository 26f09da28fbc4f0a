"""Ctrl+C in the first second, while Mien is imported."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_STEPS_S = (0.05, 0.1, 0.2, 0.4, 1.0)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")
@pytest.mark.parametrize("module", ["mien", "mien_app"])
def test_ctrl_c_while_mien_is_imported_prints_no_traceback(module: str, tmp_path: Path) -> None:
    own = {"HOME": str(tmp_path)}
    started = []
    for wait_s in _STEPS_S:
        process = subprocess.Popen(
            [sys.executable, "-m", module, "bench"],
            env=os.environ | own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # also under nohup
        )
        started.append(process)
        time.sleep(wait_s)
        process.send_signal(signal.SIGINT)
    for process in started:
        said = process.communicate(timeout=60)[1]
        begun = os.path.join("mien", "__init__.py") in said and "_early.py" not in said  # else only Python had
        assert process.returncode == 130 or not begun, said
    assert started[-1].returncode == 130
