"""A sender that waits for its receiver holds nobody up, and nothing grows."""

import threading
import time

import pytest
from tests.core.sending.received import happiness, recognition, wait_for

from mien.expressions import EXPRESSIONS
from mien.sending import sending as module
from mien.sending.message import Message, message_of
from mien.sending.sending import WAITING, Sending


class Slow:
    """Waits in its first message until it is told to go on."""

    where, dropped = "a test", 0

    def __init__(self) -> None:
        self.entered, self.go_on = threading.Event(), threading.Event()
        self.got: list[Message] = []
        self.closed = False

    def send(self, message: Message) -> None:
        self.entered.set()
        assert self.go_on.wait(30)
        self.got.append(message)

    def close(self) -> None:
        self.closed = True


class Broken(Slow):
    def send(self, message: Message) -> None:
        raise BrokenPipeError(32, "Broken pipe")


def test_the_oldest_are_dropped_and_counted() -> None:
    sender = Slow()
    with Sending(sender, EXPRESSIONS) as sending:
        sending.put(recognition(0), 0.0)
        assert sender.entered.wait(30)
        for index in range(1, 2001):
            sending.put(recognition(index), index / 25)
            assert sending.waiting <= WAITING
        assert sending.dropped == 2000 - WAITING
        sender.go_on.set()
        wait_for(lambda: sending.waiting == 0)
    wait_for(lambda: sender.closed)
    assert [message.frame for message in sender.got] == [0, *range(2001 - WAITING, 2001)]
    assert sending.sent == 1 + WAITING


def test_what_is_too_much_for_the_last_second_is_dropped_and_nothing_is_sent_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Sluggish(Slow):
        def send(self, message: Message) -> None:
            time.sleep(0.02)
            self.got.append(message)

    monkeypatch.setattr(module, "_PATIENCE_S", 0.1)
    sender = Sluggish()
    sending = Sending(sender, EXPRESSIONS)
    for index in range(WAITING):
        sending.put(recognition(index), index / 25)
    sending.close()
    assert sender.closed
    assert len(sender.got) == sending.sent == WAITING - sending.dropped < WAITING


def test_a_receiver_that_never_reads_is_left() -> None:
    sender = Slow()
    sending = Sending(sender, EXPRESSIONS)
    sending.put(recognition(0), 0.0)
    sending.close()
    assert not sender.closed
    sender.go_on.set()


def test_a_receiver_that_is_gone_is_said_and_no_more_is_kept() -> None:
    sending = Sending(Broken(), EXPRESSIONS)
    sending.put(recognition(0), 0.0)
    wait_for(lambda: bool(sending.error))
    assert sending.error == "Nothing is sent any more: Broken pipe."
    sending.put(recognition(1), 0.0)
    assert sending.waiting == 0
    sending.close()


def test_a_message_has_what_is_promised_and_nothing_else() -> None:
    values = message_of(recognition(3, people=2), EXPRESSIONS, 7.0).to_dict()
    assert (values["t"], values["frame"], [face["person"] for face in values["faces"]]) == (0.12, 3, [1, 2])
    face = values["faces"][1]
    assert list(face) == ["person", "box", "score", "probabilities", "label", "reliability", "set", "why", "pose"]
    assert face["box"] == (20.0, 20.0, 64.0, 48.0)
    assert face["probabilities"]["happiness"] == pytest.approx(happiness(3), abs=1e-5)
    assert list(face["probabilities"]) == list(EXPRESSIONS)
    assert (face["label"], face["set"], face["why"]) == ("happiness", ("happiness", "surprise"), ("small",))
    assert face["pose"] is None  # nobody asked
