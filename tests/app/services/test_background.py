"""Errors that nobody foresaw are logged with their traceback and told in the window."""

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, action

from mien.errors import MienError
from mien_app.services.background import Background, SerialQueue
from mien_app.shell.window import MainWindow

LINE = "Something unexpected went wrong (ValueError: no such colour)"


def fail(*_: object) -> None:
    raise ValueError("no such colour")


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    owner = QObject()
    made = Background(owner)
    yield made
    made.wait()


def traced(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Where the errors in the log were raised."""
    found = [record.exc_info[2] for record in caplog.records if record.exc_info and record.levelno >= logging.ERROR]
    names = []
    for trace in found:
        while trace.tb_next is not None:
            trace = trace.tb_next
        names.append(trace.tb_frame.f_code.co_name)
    return names


def test_work_that_fails_is_told_to_who_asked(
    qtbot: QtBot, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    background.run(fail, told.append, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert told[0].startswith(LINE)
    assert traced(caplog) == ["fail"]


def test_what_nobody_asked_to_hear_is_told_by_the_signal(qtbot: QtBot, background: Background) -> None:
    def full() -> None:
        raise MienError("The disk is full. Make room.")

    with qtbot.waitSignal(background.failed) as told:
        background.run(full, lambda _: None)
    assert told.args == ["The disk is full. Make room."]


def test_a_result_that_cannot_be_shown_does_not_stop_the_queue(
    qtbot: QtBot, background: Background, caplog: pytest.LogCaptureFixture
) -> None:
    queue, done = SerialQueue(background), []
    with qtbot.waitSignal(background.failed) as told:
        queue.run(lambda: lambda: 1, fail)
        queue.run(lambda: lambda: 2, done.append)
    assert told.args[0].startswith(LINE)
    assert traced(caplog) == ["fail"]
    qtbot.waitUntil(lambda: done == [2], timeout=PATIENCE_MS)


def test_work_that_cannot_be_prepared_is_told_and_holds_up_nothing(qtbot: QtBot, background: Background) -> None:
    queue, told, done, lost = SerialQueue(background), list[str](), list[int](), list[bool]()
    background.lost.connect(lambda: lost.append(True))

    def too_many() -> None:
        raise MienError("There are too many changes.")

    queue.run(lambda: lambda: 1, done.append, saves=True)
    queue.run(too_many, done.append, told.append, saves=True)
    queue.run(lambda: lambda: 3, done.append, saves=True)
    queue.finish()
    assert (done, told, lost) == ([1, 3], ["There are too many changes."], [True])
    assert not background.saving, "else the window would wait for ever"


def test_a_queue_that_finishes_hands_over_nothing_that_others_asked_for(qtbot: QtBot, background: Background) -> None:
    queue, own, others = SerialQueue(background), list[int](), list[int]()
    background.run(lambda: 0, others.append).wait()
    queue.run(lambda: lambda: 1, own.append)
    queue.run(lambda: lambda: 2, own.append)
    queue.finish()
    assert (own, others) == ([1, 2], [])
    qtbot.waitUntil(lambda: others == [0], timeout=PATIENCE_MS)
    assert own == [1, 2], "no result comes twice"


def test_what_a_closed_window_hears_of_begins_no_more_work(window: MainWindow) -> None:
    begun: list[str] = []
    job = window.background.run(lambda: begun.append("work"), lambda _: begun.append("more"))
    window.close_now()
    job.wait()
    QCoreApplication.sendPostedEvents(window.background)
    assert begun == ["work"]


def test_slots_and_threads_that_fail_are_told_in_the_window(
    qtbot: QtBot, window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    with window.background.reporting():
        snapshot = action(window.live, "Snapshot")
        snapshot.triggered.connect(fail)
        snapshot.trigger()
        snapshot.trigger()
        assert window.live.messages.text.startswith(LINE)
        assert traced(caplog) == ["fail"]  # once, though it happened twice
        window.show_page(window.review)
        thread = threading.Thread(target=lambda: int("seven"))
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: "invalid literal" in window.review.messages.text, timeout=PATIENCE_MS)
    assert traced(caplog) == ["fail", "<lambda>"]
