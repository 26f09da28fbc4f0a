"""What a program's end waits for, however it comes: by its last line, by an error, by Ctrl+C.

Python cuts its own threads off where they are. Inside a native library that aborts the process ("terminate called
without an active exception"), and a recording is left for the next start to mend.
"""

import atexit
import concurrent.futures.thread  # noqa: F401  # what ends may import it, which is forbidden from then on
from collections.abc import Callable
from contextlib import ExitStack
from weakref import WeakMethod

_ends: "list[WeakMethod[Callable[[], object]]]" = []


def at_exit(end: Callable[[], object]) -> None:
    """Call a method at the program's end, the newest first; not where its object is gone by then.

    Args:
        end: asks threads to end and waits for them. It may have been called before.
    """
    _ends.append(WeakMethod(end, _ends.remove))


@atexit.register
def _end_all() -> None:
    with ExitStack() as left:  # one that fails keeps none of the others from ending
        left.callback(_ends.clear)  # last: what goes later would call into modules that Python has taken down
        for known in tuple(_ends):  # one that is collected meanwhile leaves the list
            if (end := known()) is not None:
                left.callback(end)
