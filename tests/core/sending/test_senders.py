"""What every sender promises: a client of its own kind gets every frame in order, and one that stops reads no harm."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.core.sending.clients import CLIENTS, Read
from tests.core.sending.received import happiness, recognition, wait_for

from mien.errors import MienError
from mien.expressions import EXPRESSIONS
from mien.sending.base import SendOptions
from mien.sending.registry import PROTOCOLS, open_sender, warning
from mien.sending.sending import WAITING, Sending

PEOPLE = (1, 0, 2, 1)


@pytest.fixture(params=PROTOCOLS)
def name(request: pytest.FixtureRequest) -> str:
    library = PROTOCOLS[request.param].library
    if library:
        pytest.importorskip(library)
    return str(request.param)


@contextmanager
def sent_to_a_client(name: str) -> Iterator[tuple[Sending, Read]]:
    with CLIENTS[name]() as (sender, read), Sending(sender, EXPRESSIONS) as sending:
        yield sending, read


def test_every_protocol_has_a_client_here(name: str) -> None:
    assert set(CLIENTS) == set(PROTOCOLS)


def test_a_client_gets_every_frame_in_order(name: str) -> None:
    with sent_to_a_client(name) as (sending, read):
        for index, people in enumerate(PEOPLE):
            sending.put(recognition(index, people), index / 25)
        frames = read(len(PEOPLE))
        wait_for(lambda: sending.sent == len(PEOPLE))
    assert [frame["people"] for frame in frames] == [[1], [], [1, 2], [1]]
    assert [frame["frame"] for frame in frames] == [0, 1, 2, 3]
    expected = [happiness(index) if people else None for index, people in enumerate(PEOPLE)]
    assert [frame["happiness"] for frame in frames] == [value and pytest.approx(value, abs=1e-5) for value in expected]
    assert (sending.dropped, sending.error) == (0, "")


def test_a_client_that_stops_reading_holds_up_nothing(name: str) -> None:
    with sent_to_a_client(name) as (sending, _):
        for index in range(2000):
            sending.put(recognition(index, 6), index / 25)
            assert sending.waiting <= WAITING
        assert sending.error == ""  # while the client is still there


def test_it_stays_on_this_machine_or_says_so(name: str) -> None:
    protocol = PROTOCOLS[name]
    assert warning(name, SendOptions()) == protocol.warning
    if protocol.port is not None:
        assert "192.0.2.1" in warning(name, SendOptions(host="192.0.2.1"))
    else:
        with pytest.raises(MienError, match="takes no address"):
            open_sender(name, EXPRESSIONS, SendOptions(port=1))


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(MienError, match="Choose one of json"):
        open_sender("fax", EXPRESSIONS)


@pytest.mark.parametrize("name", ["osc", "web"], indirect=True)
def test_what_cannot_be_a_hosts_name_is_said(name: str) -> None:
    with pytest.raises(MienError, match=r"Nothing can .* 192\.168\.\.30"):
        open_sender(name, ("a", "b"), SendOptions(host="192.168..30"))
