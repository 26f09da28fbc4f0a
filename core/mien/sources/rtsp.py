"""Asks an RTSP camera whether it sends players on to another address: FFmpeg would follow it to any host."""

import base64
import re
import socket
import ssl
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from urllib.parse import unquote, urlsplit

from mien.sources.tls import PORTS, secured

_PORTS = {"rtsp": 554, "rtsps": PORTS["rtsps"]}
_LONGEST = 1 << 16  # bytes of an answer's head
_REFUSED = 401
_STATUS = re.compile(r"RTSP/[0-9.]+ ([0-9]{3})(?: .*)?")
_LENGTH = re.compile("[0-9]{1,9}")


def sends_on(url: str, patience_s: float) -> bool:
    """Whether a camera answers one of the first two questions of every player by another address.

    Asked as FFmpeg asks: name and password are told where the camera wants them, and not before.

    Args:
        url: with name and password, if it has them.
        patience_s: for all of it.

    Returns:
        True also where the answer is not understood here, since FFmpeg may understand it; False also where nobody
        listens: whoever opens it then says why.

    Raises:
        TimeoutError: it says nothing. Asked again, FFmpeg takes a silent camera for one that sends no video.
        ssl.SSLError: nothing secret can be agreed on with it. FFmpeg, which is content with less, would be sent on
            unseen.
    """
    deadline = time.monotonic() + patience_s
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        place = parts.hostname or "", parts.port or _PORTS[scheme]
        login = _Login(unquote(parts.username or ""), unquote(parts.password or ""))
        plain_url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        with socket.create_connection(place, patience_s) as plain:
            connection = secured(plain, place[0]) if scheme == "rtsps" else plain
            asked = _Asked(connection, plain_url, deadline)
            try:
                return any(asked.status(question, login) // 100 == 3 for question in ("OPTIONS", "DESCRIBE"))
            except ValueError:
                return True
    except (ssl.SSLError, TimeoutError):
        raise
    except (OSError, ValueError, LookupError):
        return False


@dataclass(frozen=True)
class _Login:
    name: str
    password: str

    def header(self, method: str, url: str, wanted: list[str]) -> str:
        """What a camera with these challenges is answered; empty where none is known here."""
        known = {kind.lower(): rest for kind, _, rest in (one.partition(" ") for one in wanted)}
        if "digest" in known:
            with suppress(ValueError):  # of a kind that urllib does not know, or other letters than English ones
                return self._digest(method, url, known["digest"])
        elif "basic" in known:
            return "Basic " + base64.b64encode(f"{self.name}:{self.password}".encode()).decode()
        return ""

    def _digest(self, method: str, url: str, wanted: str) -> str:
        request = urllib.request.Request(url, method=method)
        request.selector = url  # players give the whole address
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, self.name, self.password)
        challenge = urllib.request.parse_keqv_list(urllib.request.parse_http_list(wanted))
        handler = urllib.request.AbstractDigestAuthHandler(passwords)
        return f"Digest {handler.get_authorization(request, challenge)}"


class _Asked:
    """A connection, and the questions that go over it."""

    def __init__(self, connection: socket.socket, url: str, deadline: float) -> None:
        self._connection, self._url, self._deadline = connection, url, deadline
        self._numbers, self._unread, self._wanted = count(1), b"", list[str]()

    def status(self, question: str, login: _Login) -> int:
        """The answer's number; asked again with the login where that is wanted.

        Raises:
            OSError: it hangs up, or says nothing.
            ValueError: it says what is not understood, or not to its end.
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
        first, *rest = self._read_head()
        if not (match := _STATUS.fullmatch(first)):
            raise ValueError(first)
        headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in rest)]
        self._skip([value for name, value in headers if name == "content-length"])
        status = int(match[1])
        if status == _REFUSED:
            self._wanted = [value for name, value in headers if name == "www-authenticate"]
        return status

    def _read_head(self) -> list[str]:
        """The lines of an answer's head, as FFmpeg takes them apart: at line feeds, whatever is before them."""
        lines, left = list[str](), _LONGEST
        while True:
            while b"\n" not in self._unread and len(self._unread) <= left:
                self._receive(begun=bool(lines or self._unread))
            line, _, self._unread = self._unread.partition(b"\n")
            left -= len(line) + 1
            if left < 0 or b"\0" in line:
                raise ValueError(line)
            if not (text := line.replace(b"\r", b"").decode("latin-1")):
                return lines or [""]
            lines.append(text)

    def _skip(self, lengths: list[str]) -> None:
        """Read on over an answer's body."""
        if not lengths:
            return
        (length,) = lengths
        if not _LENGTH.fullmatch(length):
            raise ValueError(length)
        left = int(length)
        while left > len(self._unread):
            left -= len(self._unread)
            self._unread = b""
            self._receive(begun=True)
        self._unread = self._unread[left:]

    def _receive(self, *, begun: bool) -> None:
        try:
            if (left_s := self._deadline - time.monotonic()) <= 0:
                raise TimeoutError
            self._connection.settimeout(left_s)
            more = self._connection.recv(4096)
        except TimeoutError as error:
            if begun:
                raise ValueError("an answer without an end") from error
            raise
        if not more:
            raise ConnectionError
        self._unread += more
