"""Work that runs ahead on a thread of its own."""

import logging
import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TypeVar

T = TypeVar("T")

log = logging.getLogger(__name__)

_POLL_S = 0.1


class _End:
    """Comes after the last item, with the error that ended the work, if there was one."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


@contextmanager
def prefetch(items: Iterable[T], depth: int, name: str) -> Iterator[Iterator[T]]:
    """Iterate on another thread, at most `depth` items ahead of whoever takes them.

    An error of the iterable is raised where its item would have come. The thread has ended when the `with` ends.

    Args:
        items: what the thread iterates over.
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
        except BaseException as raised:  # whoever takes the items gets it
            error = raised
        if not put(_End(error)) and error is not None:
            log.error("%s failed when nobody waited for it any more.", name, exc_info=error)

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
