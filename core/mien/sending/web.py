"""A WebSocket for web pages, and one page of its own: an overlay for OBS and others."""

import asyncio
import ipaddress
import os
import threading
from collections import deque
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from mien import language
from mien.errors import MienError
from mien.sending.base import SendOptions
from mien.sending.message import Message
from mien.utils.files import reason_of
from mien.utils.json_io import to_json

_T = TypeVar("_T")

_WAITING = 64  # messages for each client, at most
_STREAM = "/stream"
_PAGE = Path(__file__).with_name("overlay.html")
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    # The page loads nothing and talks to nobody but this server, and no other page may frame it.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


class _Client:
    """What waits for one client."""

    def __init__(self) -> None:
        self.waiting: deque[str] = deque()
        self.something = asyncio.Event()


class WebSender:
    """Serves any number of clients from a thread of its own; each gets what comes from then on."""

    def __init__(self, host: str, port: int, origins: Sequence[str]) -> None:
        self.dropped = 0
        self._origins, self._page = tuple(origins), _PAGE.read_bytes()
        self._clients: set[_Client] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mien-web", daemon=True)
        self._thread.start()
        try:
            self._server = self._run(self._open(host, port))
        except (OSError, UnicodeError) as error:  # also of what cannot be a name (192.168..30)
            self._end()
            # asyncio's words have the address in them once more. (A name that nobody knows has a number below 0.)
            number = getattr(error, "errno", None) or 0
            plain = OSError(number, os.strerror(number)) if number > 0 else error
            raise MienError(
                language.tr("Nothing can listen on {}, port {}: {}. Another program may do so: end it.").format(
                    host, port, reason_of(plain)
                ),
                "or choose another port with --send-to",
            ) from error
        self.port: int = self._server.sockets[0].getsockname()[1]
        at = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        self.where = f"http://{at}/ and its {_STREAM}"

    @property
    def clients(self) -> int:
        """Open connections."""
        return len(self._clients)

    def send(self, message: Message) -> None:
        """Hand a frame to every client; this waits for none of them."""
        self._loop.call_soon_threadsafe(self._hand_out, to_json(message.to_dict()).decode())

    def close(self) -> None:
        """Close every connection and the port."""
        self._server.close()
        self._run(self._server.wait_closed())
        self._end()

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _open(self, host: str, port: int) -> Server:
        return await serve(
            self._serve_client,
            host,
            port,
            process_request=self._answer,
            compression=None,
            max_size=1024,  # of what clients say, which nobody listens to
            close_timeout=1,
        )

    def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """The page, a refusal, or None for the stream."""
        if request.path == "/":
            return Response(HTTPStatus.OK, "OK", Headers(_HEADERS), self._page)
        if request.path != _STREAM:
            return connection.respond(HTTPStatus.NOT_FOUND, "Nothing is here.\n")
        address, port = connection.local_address[:2]
        own = {f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"}
        if ipaddress.ip_address(address).is_loopback:
            own.add(f"http://localhost:{port}")
        if set(request.headers.get_all("Origin")) <= {*own, *self._origins}:  # programs that are no browser send none
            return None
        return connection.respond(HTTPStatus.FORBIDDEN, "Pages from there may not read this.\n")

    async def _serve_client(self, connection: ServerConnection) -> None:
        client = _Client()
        self._clients.add(client)
        pushing = asyncio.create_task(_push(connection, client))
        try:
            with suppress(ConnectionClosed):
                async for _ in connection:  # until it is closed
                    pass
        finally:
            self._clients.discard(client)
            pushing.cancel()

    def _hand_out(self, text: str) -> None:
        for client in self._clients:
            if len(client.waiting) == _WAITING:
                client.waiting.popleft()
                self.dropped += 1
            client.waiting.append(text)
            client.something.set()


async def _push(connection: ServerConnection, client: _Client) -> None:
    with suppress(ConnectionClosed):
        while True:
            await client.something.wait()
            client.something.clear()
            while client.waiting:
                await connection.send(client.waiting.popleft())


def open_sender(classes: Sequence[str], options: SendOptions) -> WebSender:
    """Listen on a host's port."""
    assert options.port is not None
    return WebSender(options.host, options.port, options.origins)
