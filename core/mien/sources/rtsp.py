"""Asks an RTSP camera whether it sends players on to another address: FFmpeg would follow it to any host."""

import base64
import socket
import ssl
import time
import urllib.request
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from itertools import count
from urllib.parse import unquote, urlsplit

_PORTS = {"rtsp": 554, "rtsps": 322}
_LONGEST = 1 << 16  # bytes of an answer, head or body
_REFUSED = 401


def sends_on(url: str, patience_s: float) -> bool:
    """Whether a camera answers one of the first two questions of every player by another address.

    Asked as FFmpeg asks: name and password are told where the camera wants them, and not before.

    Args:
        url: with name and password, if it has them.
        patience_s: for all of it.

    Returns:
        False also where nothing answers: whoever opens it then says why.
    """
    deadline = time.monotonic() + patience_s
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        place = parts.hostname or "", parts.port or _PORTS[scheme]
        login = _Login(unquote(parts.username or ""), unquote(parts.password or ""))
        plain_url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        with socket.create_connection(place, patience_s) as plain:
            connection = _secured(plain, place[0]) if scheme == "rtsps" else plain
            asked = _Asked(connection, plain_url, deadline)
            return any(asked.status(question, login) // 100 == 3 for question in ("OPTIONS", "DESCRIBE"))
    except (OSError, ValueError, LookupError):
        return False


@dataclass(frozen=True)
class _Login:
    name: str
    password: str

    def header(self, method: str, url: str, wanted: list[str]) -> str:
        """What a camera with these challenges is answered; empty where it is none that FFmpeg knows, either."""
        known = {kind.lower(): rest for kind, _, rest in (one.partition(" ") for one in wanted)}
        if "digest" in known:
            request = urllib.request.Request(url, method=method)
            request.selector = url  # players give the whole address
            passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            passwords.add_password(None, url, self.name, self.password)
            challenge = urllib.request.parse_keqv_list(urllib.request.parse_http_list(known["digest"]))
            handler = urllib.request.AbstractDigestAuthHandler(passwords)
            return f"Digest {handler.get_authorization(request, challenge)}"
        if "basic" in known:
            return "Basic " + base64.b64encode(f"{self.name}:{self.password}".encode()).decode()
        return ""


class _Asked:
    """A connection, and the questions that go over it."""

    def __init__(self, connection: socket.socket, url: str, deadline: float) -> None:
        self._connection, self._url, self._deadline = connection, url, deadline
        self._numbers, self._unread, self._wanted = count(1), b"", list[str]()

    def status(self, question: str, login: _Login) -> int:
        """The answer's number; asked again with the login where that is wanted.

        Raises:
            OSError: it hangs up, or takes too long.
            ValueError: that is no RTSP.
        """
        status = self._ask(question, login)
        if status == _REFUSED and login.name:
            status = self._ask(question, login)
        return status

    def _ask(self, question: str, login: _Login) -> int:
        lines = [f"{question} {self._url} RTSP/1.0", f"CSeq: {next(self._numbers)}", "Accept: application/sdp"]
        if header := login.header(question, self._url, self._wanted):
            lines.append(f"Authorization: {header}")
        self._connection.sendall("\r\n".join([*lines, "", ""]).encode())
        first, _, head = self._read_head().partition(b"\r\n")
        headers: Message = BytesParser().parsebytes(head, headersonly=True)
        self._skip(int(headers.get("Content-Length", "0")))
        protocol, status, *_ = first.split(b" ")
        if not protocol.startswith(b"RTSP/"):
            raise ValueError(protocol)
        if int(status) == _REFUSED:
            self._wanted = headers.get_all("WWW-Authenticate", [])
        return int(status)

    def _read_head(self) -> bytes:
        while b"\r\n\r\n" not in self._unread and len(self._unread) < _LONGEST:
            self._receive()
        head, _, self._unread = self._unread.partition(b"\r\n\r\n")
        return head

    def _skip(self, length: int) -> None:
        while len(self._unread) < min(length, _LONGEST):
            self._receive()
        self._unread = self._unread[length:]

    def _receive(self) -> None:
        self._connection.settimeout(max(self._deadline - time.monotonic(), 1e-3))
        if not (more := self._connection.recv(4096)):
            raise ConnectionError
        self._unread += more


def _secured(connection: socket.socket, host: str) -> socket.socket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # cameras sign for themselves
    return context.wrap_socket(connection, server_hostname=host)
