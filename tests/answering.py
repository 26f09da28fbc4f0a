"""A network camera on loopback that answers each request as a test says."""

import socket
import threading
import time
from collections.abc import Callable

import cv2
import numpy as np

from mien.types import Image

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"
Send = Callable[[bytes], None]
"""Raises an OSError when nobody listens any more."""


class AnsweringServer:
    """Listens from its making until `close`."""

    def __init__(self, answer: Callable[[Send], None], *, keeps: bool = False) -> None:
        """Answer every request by `answer`, then hang up, or `keeps` the connection for the next one."""
        self._keeps = keeps
        self.requests: list[str] = []
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://me:secret@127.0.0.1:{self.port}/video"

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                while True:
                    request = b""
                    while b"\r\n\r\n" not in request:
                        if not (more := connection.recv(4096)):
                            return
                        request += more
                    self.requests.append(request.decode(errors="replace"))
                    self._answer(connection.sendall)
                    if not self._keeps:
                        return
            except OSError:
                return

    def close(self) -> None:
        self._socket.close()


Start = Callable[..., AnsweringServer]


def jpeg(image: Image) -> bytes:
    return cv2.imencode(".jpg", image)[1].tobytes()


def plain(width: int, height: int, value: int = 128) -> Image:
    return np.full((height, width, 3), value, np.uint8)


def part(data: bytes) -> bytes:
    """One picture of a motion JPEG stream."""
    return b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%b\r\n" % (len(data), data)


def claiming(width: int, height: int) -> bytes:
    """A JPEG whose header says that it is so large, over the data of a small one."""
    data = bytearray(jpeg(plain(64, 64)))
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(data)


def again_and_again(piece: bytes, pause_s: float = 0.0) -> Callable[[Send], None]:
    """Send a piece until nobody listens."""

    def answer(send: Send) -> None:
        while True:
            send(piece)
            time.sleep(pause_s)

    return answer


def after(head: bytes, rest: Callable[[Send], None]) -> Callable[[Send], None]:
    """Send a beginning, then the rest."""

    def answer(send: Send) -> None:
        send(head)
        rest(send)

    return answer


def byte_by_byte(data: bytes, pause_s: float) -> Callable[[Send], None]:
    def answer(send: Send) -> None:
        for byte in data:
            send(bytes([byte]))
            time.sleep(pause_s)

    return answer
