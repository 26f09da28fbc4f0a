"""TLS with cameras, which sign for themselves."""

import socket
import ssl
from urllib.parse import urlsplit

PORTS = {"https": 443, "rtmps": 443, "rtsps": 322}
"""Of the schemes with TLS."""


def secured(connection: socket.socket, host: str) -> socket.socket:
    """Agree on TLS with a camera over a connection.

    Raises:
        ssl.SSLError: nothing secret can be agreed on with it.
        OSError: it does not answer.
    """
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(connection, server_hostname=host)


def try_tls(url: str, patience_s: float) -> None:
    """Connect to an address of one of `PORTS`, agree on TLS, and hang up: FFmpeg does not tell why it could not.

    Raises:
        ssl.SSLError: nothing secret can be agreed on with it.
        OSError: it does not answer.
        ValueError: it is no address.
    """
    parts = urlsplit(url)
    place = parts.hostname or "", parts.port or PORTS[parts.scheme.lower()]
    with socket.create_connection(place, patience_s) as plain, secured(plain, place[0]):
        pass
