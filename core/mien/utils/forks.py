"""Networks and forks: a forked process lacks the threads that compute a network, and would wait for them."""

import os

from mien.errors import MienError

_owner: int | None = None
"""The process that made the first network here, or in the process of which this one is a fork."""


def claim() -> None:
    """Say that this process makes or runs a network.

    Raises:
        MienError: it was forked from one that has made a network.
    """
    global _owner
    if _owner is None:
        _owner = os.getpid()
    elif _owner != os.getpid():
        raise MienError(
            "A recogniser was made before this process was forked, and its threads are not here. Make recognisers in "
            'the new processes only, or start them with multiprocessing.get_context("spawn").'
        )
