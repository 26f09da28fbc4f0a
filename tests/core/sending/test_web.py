"""Who may read over a WebSocket, what the page is, and a client that stops reading beside one that goes on."""

import http.client
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.core.sending.received import recognition, wait_for
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from mien.errors import MienError
from mien.expressions import EXPRESSIONS
from mien.sending.message import message_of
from mien.sending.web import WebSender
from mien.utils.json_io import parse_json


@pytest.fixture
def sender() -> Iterator[WebSender]:
    made = WebSender("127.0.0.1", 0, ["http://studio.test"])
    yield made
    made.close()


def stream(sender: WebSender) -> str:
    return f"ws://127.0.0.1:{sender.port}/stream"


@pytest.mark.parametrize("origin", [None, "http://127.0.0.1:{}", "http://localhost:{}", "http://studio.test"])
def test_programs_its_own_page_and_who_is_allowed_may_read(sender: WebSender, origin: str | None) -> None:
    with connect(stream(sender), origin=origin and origin.format(sender.port)) as connection:  # type: ignore[arg-type]
        wait_for(lambda: sender.clients == 1)
        sender.send(message_of(recognition(5), EXPRESSIONS, 0.0))
        assert json.loads(connection.recv(30))["frame"] == 5


@pytest.mark.parametrize(
    "origin", ["http://evil.test", "http://evil.test:{}", "null", "http://127.0.0.1:1", "https://localhost:{}"]
)
def test_other_pages_may_not(sender: WebSender, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(stream(sender), origin=origin.format(sender.port))  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403
    assert sender.clients == 0


def test_the_page_loads_nothing_from_elsewhere(sender: WebSender) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", sender.port, timeout=30)
    connection.request("GET", "/")
    answer = connection.getresponse()
    page = answer.read().decode()
    assert answer.status == 200
    assert "default-src 'none'" in str(answer.getheader("Content-Security-Policy"))
    assert "/stream" in page
    assert "http" not in page
    connection.close()
    connection.request("GET", "/faces.csv")
    assert connection.getresponse().status == 404
    connection.close()


def test_one_that_stops_reading_costs_another_nothing(sender: WebSender) -> None:
    with connect(stream(sender), close_timeout=0.1), connect(stream(sender), compression=None) as quick:
        wait_for(lambda: sender.clients == 2)
        for index in range(5000):
            sender.send(message_of(recognition(index, 12), EXPRESSIONS, 0.0))
            assert json.loads(quick.recv(30))["frame"] == index
            if sender.dropped > 50:
                break
        assert sender.dropped > 50


def test_a_port_that_is_taken_is_said(sender: WebSender) -> None:
    with pytest.raises(MienError, match=f"Nothing can listen on 127.0.0.1, port {sender.port}: [^:]*: end it") as told:
        WebSender("127.0.0.1", sender.port, [])
    assert "--send-to" in told.value.on_command_line


class Browser:
    """Chromium with one page, told what to do through its own protocol."""

    def __init__(self, program: str, folder: Path, address: str) -> None:
        words = ["--headless=new", "--no-sandbox", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
        self._process = subprocess.Popen(
            [program, *words, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        ready = folder / "DevToolsActivePort"
        wait_for(lambda: ready.is_file() and ready.read_text().count("\n") == 1)
        port = int(ready.read_text().splitlines()[0])
        page: list[str] = []

        def found() -> bool:
            with urlopen(f"http://127.0.0.1:{port}/json") as answer:
                tabs = parse_json(answer.read(), "chromium")
            page[:] = [tab["webSocketDebuggerUrl"] for tab in tabs if tab["url"] == address]
            return bool(page)

        wait_for(found)
        self._open = ExitStack()
        self._connection = self._open.enter_context(connect(page[0]))

    def text(self) -> str:
        """What stands in the page."""
        asked = {"id": 1, "method": "Runtime.evaluate", "params": {"expression": "document.body.innerText"}}
        self._connection.send(json.dumps(asked))
        return str(json.loads(self._connection.recv(30))["result"]["result"]["value"])

    def close(self) -> None:
        self._open.close()
        self._process.terminate()
        self._process.wait()


@pytest.mark.slow
def test_a_browser_shows_each_face_and_nothing_when_there_is_none(sender: WebSender, tmp_path: Path) -> None:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("there is no Chromium")
    with closing(Browser(program, tmp_path / "profile", f"http://127.0.0.1:{sender.port}/")) as browser:
        wait_for(lambda: sender.clients == 1)
        unsure = recognition(0, 2)
        sure = replace(unsure, predictions=(replace(unsure.predictions[0], sure=True, unsure=()),))
        sender.send(message_of(unsure, EXPRESSIONS, 0.0))
        wait_for(lambda: browser.text().split("\n") == ["not sure", "1", "not sure", "2"])
        sender.send(message_of(sure, EXPRESSIONS, 0.0))
        wait_for(lambda: browser.text().split("\n") == ["happiness", "1"])
        sender.send(message_of(recognition(1, 0), EXPRESSIONS, 0.0))
        wait_for(lambda: browser.text() == "")
