import os
import platform
import subprocess
import sys

import pytest

# Threads that live at the same time, each with a piece that is too large for Python's own heap.
_PROGRAM = """
import ctypes, threading
from mien_app.startup.heaps import share_heaps
share_heaps()
barrier = threading.Barrier(13)
def work():
    held = bytes(100_000)
    barrier.wait()
    barrier.wait()
for _ in range(12):
    threading.Thread(target=work).start()
barrier.wait()
libc = ctypes.CDLL(None)
output = ctypes.c_void_p.in_dll(libc, "stdout")
libc.malloc_info(0, output)
libc.fflush(output)
barrier.wait()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="is about glibc")
def test_threads_share_two_heaps() -> None:
    unset = {name: value for name, value in os.environ.items() if name != "MALLOC_ARENA_MAX"}
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, env=unset)
    assert done.stdout.count("<heap nr=") <= 2
