"""Work that is killed just before its N-th change of the disk, for each N: what every moment of a write leaves."""

import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_CHANGES = {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
_WRITING = os.O_WRONLY | os.O_RDWR
_MOST = 200


def every_moment(folder: Path, work: Callable[[], object]) -> Iterator[int]:
    """Do the work once for each change it makes below a folder, in a process that is killed before that change.

    The folder is as it was before each time. Ends once the work ends by itself, with what that left.
    """
    with TemporaryDirectory() as kept:
        before = Path(kept, "before")
        shutil.copytree(folder, before)
        for number in range(_MOST):
            shutil.rmtree(folder)
            shutil.copytree(before, folder)
            child = os.fork()
            if not child:
                _work_until(number, folder, work)
            status = os.waitpid(child, 0)[1]
            yield number
            if not os.WIFSIGNALED(status):
                assert os.WEXITSTATUS(status) == 0
                return
    raise AssertionError("it makes more changes than that")


def _work_until(number: int, folder: Path, work: Callable[[], object]) -> None:
    left = number

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        changes = event in _CHANGES or (event == "open" and bool((arguments[2] or 0) & _WRITING))
        name = str(arguments[0])
        if changes and (name.startswith(str(folder)) or not os.path.isabs(name)):  # rmtree goes by folders' numbers
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(watch)
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
