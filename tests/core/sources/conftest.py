from collections.abc import Callable, Iterator

import pytest
from tests.answering import AnsweringServer, Send, Start


@pytest.fixture
def camera() -> Iterator[Start]:
    """Starts cameras, each with what it answers."""
    started: list[AnsweringServer] = []

    def start(answer: Callable[[Send], None], *, keeps: bool = False) -> AnsweringServer:
        started.append(AnsweringServer(answer, keeps=keeps))
        return started[-1]

    yield start
    for server in started:
        server.close()
