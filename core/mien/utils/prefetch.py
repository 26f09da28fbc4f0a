"""Work that runs ahead on a thread of its own."""

import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TypeVar

T = TypeVar("T")

_POLL_S = 0.1


class _End:
    """Put after the last item, with the error that ended the work, if one did."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


@contextmanager
def prefetch(items: Iterable[T], depth: int, name: str) -> Iterator[Iterator[T]]:
    """Go through an iterable on another thread, at most `depth` items ahead of who takes them.

    An error of the iterable is raised where its item would have come. At the end of the `with` the thread has ended.

    Args:
        items: is worked through on the thread.
        depth: how many items may wait.
        name: of the thread.
    """
    waiting: queue.Queue[T | _End] = queue.Queue(depth)
    stop = threading.Event()

    def put(item: T | _End) -> bool:
        while not stop.is_set():
            try:
                waiting.put(item, timeout=_POLL_S)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        error: BaseException | None = None
        try:
            for item in items:
                if not put(item):
                    return
        except BaseException as raised:  # handed on to who takes the items
            error = raised
        put(_End(error))

    def taken() -> Generator[T, None, None]:
        while True:
            item = waiting.get()
            if not isinstance(item, _End):
                yield item
            elif item.error is not None:
                raise item.error
            else:
                return

    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    try:
        with closing(taken()) as iterator:
            yield iterator
    finally:
        stop.set()
        thread.join()
