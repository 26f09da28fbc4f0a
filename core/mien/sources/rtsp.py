"""Asks an RTSP camera whether it sends players on to another address: FFmpeg would follow it to any host."""

import socket
import ssl
import time
from urllib.parse import urlsplit

_PORTS = {"rtsp": 554, "rtsps": 322}
_LONGEST = 1 << 16  # bytes of an answer


def sends_on(url: str, patience_s: float) -> bool:
    """Whether a camera answers one of the first two questions of every player by another address.

    Nothing but the address is told, so that a camera which asks for a password first is not found out.

    Args:
        url: without name and password.
        patience_s: for all of it.

    Returns:
        False also where nothing answers: whoever opens it then says why.
    """
    deadline = time.monotonic() + patience_s
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        place = parts.hostname or "", parts.port or _PORTS[scheme]
        with socket.create_connection(place, patience_s) as plain:
            connection = _secured(plain, place[0]) if scheme == "rtsps" else plain
            for number, question in enumerate(("OPTIONS", "DESCRIBE"), 1):
                head = f"{question} {url} RTSP/1.0\r\nCSeq: {number}\r\nAccept: application/sdp\r\n\r\n"
                connection.sendall(head.encode())
                answer = _head(connection, deadline)
                if answer.startswith(b"RTSP/") and answer.split(b" ", 2)[1].startswith(b"3"):
                    return True
    except (OSError, ValueError, LookupError):
        pass
    return False


def _secured(connection: socket.socket, host: str) -> socket.socket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # cameras sign for themselves
    return context.wrap_socket(connection, server_hostname=host)


def _head(connection: socket.socket, deadline: float) -> bytes:
    answer = b""
    while b"\r\n\r\n" not in answer and len(answer) < _LONGEST:
        connection.settimeout(max(deadline - time.monotonic(), 1e-3))
        if not (more := connection.recv(4096)):
            raise ConnectionError
        answer += more
    return answer
