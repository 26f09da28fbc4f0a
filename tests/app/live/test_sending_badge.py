"""Sending from the window: off until it is chosen, shown while it goes on, stopped by a click."""

import json
import threading
from typing import Any

import psutil
import pytest
from PySide6.QtWidgets import QComboBox, QMessageBox
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.seen import PATIENCE_MS, named
from tests.app.watching import wait_for_a_face
from websockets.sync.client import connect

from mien import sending
from mien.errors import MienError
from mien.sending import registry
from mien_app.shell.window import MainWindow


def choose(window: MainWindow, protocol: str) -> QComboBox:
    send = named(window.live.settings_dialog, QComboBox, "Send")
    send.setCurrentIndex(send.findData(protocol))
    send.activated.emit(send.currentIndex())
    return send


def listening() -> list[int]:
    return [c.laddr.port for c in psutil.Process().net_connections("inet") if c.status in ("LISTEN", "NONE")]


def test_it_is_off_then_shown_and_a_click_stops_it(qtbot: QtBot, window: MainWindow) -> None:
    badge = window.live.sending.badge
    window.open_source("demo:2")
    wait_for_a_face(qtbot, window)
    assert not badge.isVisible()
    assert listening() == []
    send = choose(window, "web")
    assert badge.isVisible()
    assert send.currentData() == "web"
    qtbot.waitUntil(lambda: "http://127.0.0.1:8765/ and its /stream" in badge.text(), timeout=PATIENCE_MS)
    with connect("ws://127.0.0.1:8765/stream", close_timeout=0.1) as connection:
        frames = [json.loads(connection.recv(30)) for _ in range(3)]
        assert len(frames[-1]["faces"]) == 2
        window.show_page(window.review)  # what is sent goes on where nobody looks
        for _ in range(3):
            connection.recv(30)
        window.show_page(window.live)
        badge.click()
        assert not badge.isVisible()
        assert send.currentData() == ""
    qtbot.waitUntil(lambda: listening() == [], timeout=PATIENCE_MS)
    window.close()
    assert mien_threads() == []


def test_lsl_says_first_who_can_read(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    send = choose(window, "lsl")
    (box,) = [child for child in window.findChildren(QMessageBox) if child.isVisible()]
    assert "LSL listens on every network address" in box.text()
    assert not window.live.sending.runs
    assert listening() == []
    next(button for button in box.buttons() if button.text() == "Do not send").click()
    assert send.currentData() == ""
    choose(window, "lsl")
    (box,) = [child for child in window.findChildren(QMessageBox) if child.isVisible()]
    next(button for button in box.buttons() if button.text() == "Send").click()
    qtbot.waitUntil(lambda: "the LSL stream Mien" in window.live.sending.badge.text(), timeout=PATIENCE_MS)
    window.close()
    qtbot.waitUntil(lambda: listening() == [], timeout=PATIENCE_MS)


def test_a_library_that_is_missing_is_said(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = registry.Protocol("osc", "mien.sending.osc", "no_such_library", port=9000)
    monkeypatch.setitem(registry.PROTOCOLS, "osc", missing)
    window.open_source("demo")
    send = choose(window, "osc")
    qtbot.waitUntil(lambda: 'pip install ".[osc]"' in window.live.messages.text, timeout=PATIENCE_MS)
    assert send.currentData() == ""
    assert not window.live.sending.badge.isVisible()


def test_what_fails_after_another_was_chosen_stops_nothing(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, begun, may_fail = sending.open_sender, threading.Event(), threading.Event()

    def slow(protocol: str, *rest: Any) -> Any:
        if protocol != "osc":
            return real(protocol, *rest)
        begun.set()
        may_fail.wait()
        raise MienError("too late")

    monkeypatch.setattr(sending, "open_sender", slow)
    window.open_source("demo")
    choose(window, "osc")
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE_MS)
    send = choose(window, "web")
    may_fail.set()
    qtbot.waitUntil(lambda: "/stream" in window.live.sending.badge.text(), timeout=PATIENCE_MS)
    assert send.currentData() == "web"
    assert "too late" not in window.live.messages.text
