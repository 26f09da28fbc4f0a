"""An RTSP camera cannot make Mien open another address."""

import hashlib
import socket
import threading
from pathlib import Path

import pytest
from tests.answering import Send, Start, after, again_and_again

from mien.errors import MienError
from mien.sources import network_camera, open_source
from mien.sources.rtsp import sends_on


@pytest.mark.parametrize("question", ["OPTIONS", "DESCRIBE"])
def test_an_rtsp_camera_that_sends_on_is_not_followed(camera: Start, tmp_path: Path, question: str) -> None:
    other = camera(after(b"RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n", lambda send: None))

    def answer(send: Send) -> None:
        moved = server.requests[-1].startswith(question)
        status = f"302 Found\r\nLocation: {targets[0]}" if moved else "200 OK"
        send(f"RTSP/1.0 {status}\r\nCSeq: {len(server.requests)}\r\n\r\n".encode())

    targets = [f"rtsp://127.0.0.1:{other.port}/1", f"http://127.0.0.1:{other.port}/1", f"file://{tmp_path}/a.mp4"]
    while targets:
        server = camera(answer, keeps=True)
        with pytest.raises(MienError, match="is not followed") as told:
            open_source(server.address.replace("http", "rtsp"))
        assert "secret" not in f"{told.value} {server.requests}"
        targets.pop(0)
    assert other.requests == []


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def _knows_the_password(kind: str, request: str) -> bool:
    """Of me:secret."""
    if kind == "Basic":
        return "Authorization: Basic bWU6c2VjcmV0" in request
    method, url, _ = request.split(" ", 2)
    expected = _md5(f"{_md5('me:cam:secret')}:n1:{_md5(f'{method}:{url}')}")
    return f'response="{expected}"' in request and f'uri="{url}"' in request


@pytest.mark.parametrize("kind", ["Basic", "Digest"])
@pytest.mark.parametrize("question", ["OPTIONS", "DESCRIBE"])
def test_an_rtsp_camera_that_sends_on_once_it_has_the_password_is_not_followed(
    camera: Start, kind: str, question: str
) -> None:
    other = camera(after(b"RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n", lambda send: None))
    wanted = {"Basic": 'Basic realm="cam"', "Digest": 'Digest realm="cam", nonce="n1"'}[kind]

    def answer(send: Send) -> None:
        request, body = server.requests[-1], b""
        if not _knows_the_password(kind, request):
            status, body = f"401 Unauthorized\r\nWWW-Authenticate: {wanted}\r\nContent-Length: 7", b"<html/>"
        elif request.startswith(question):
            status = f"302 Found\r\nLocation: rtsp://127.0.0.1:{other.port}/1"
        else:
            status = "200 OK"
        number = request.partition("CSeq: ")[2].split()[0]
        send(f"RTSP/1.0 {status}\r\nCSeq: {number}\r\n\r\n".encode() + body)

    server = camera(answer, keeps=True)
    with pytest.raises(MienError, match="is not followed") as told:
        open_source(server.address.replace("http", "rtsp"))
    assert "secret" not in str(told.value)
    assert "Authorization" not in server.requests[0]
    assert server.requests[-1].startswith(question)
    assert other.requests == []


# FFmpeg, asked by these, goes on to the other camera.
_ODD = {
    "line feeds alone": "RTSP/1.0 302 Found\nLocation: {0}\nCSeq: 1\n\n",
    "a large body": "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 70000\r\n\r\n" + 70000 * "a",
    "a length with a unit": "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 3 bytes\r\n\r\nabc",
    "two lengths": "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 0\r\nContent-Length: 3\r\n\r\nabc",
    "spaces": " RTSP/1.0  302 Found\r\nLocation: {0}\r\nCSeq: 1\r\n\r\n",
    "a letter in the number": "RTSP/1.0 302x Found\r\nLocation: {0}\r\nCSeq: 1\r\n\r\n",
    "sound before it": "$\0\0\1aRTSP/1.0 302 Found\r\nLocation: {0}\r\nCSeq: 1\r\n\r\n",
    "a question before it": "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
    "a line without a colon": "RTSP/1.0 200 OK\r\nodd\r\nContent-Length: 19\r\n\r\nRTSP/1.0 200 OK\r\n\r\n",
}


@pytest.mark.parametrize("kind", _ODD)
def test_an_answer_that_ffmpeg_takes_in_another_way_is_not_followed(camera: Start, kind: str) -> None:
    other = camera(after(b"RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n", lambda send: None))
    target = f"rtsp://127.0.0.1:{other.port}/1"

    def answer(send: Send) -> None:
        moved = "RTSP/1.0 302 Found\r\nLocation: {0}\r\nCSeq: 2\r\n\r\n"
        send((_ODD[kind] if server.requests[-1].startswith("OPTIONS") else moved).format(target).encode())

    server = camera(answer, keeps=True)
    with pytest.raises(MienError):
        open_source(server.address.replace("http", "rtsp"))
    assert other.requests == []


@pytest.mark.parametrize(
    "answer", [b"RTSP/1.0 200 OK\r\n\r\n", b"\x15\x03\x03\0\x02\x02\x28", b""], ids=["text", "alert", "end"]
)
def test_a_camera_that_cannot_do_tls_is_not_left_to_ffmpeg(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def listen() -> None:
        with camera.accept()[0] as connection:
            connection.recv(4096)
            connection.sendall(answer)

    monkeypatch.setattr(network_camera.av, "open", pytest.fail)
    with socket.create_server(("127.0.0.1", 0)) as camera:
        threading.Thread(target=listen, daemon=True).start()
        with pytest.raises(MienError, match="cannot be spoken to over TLS") as told:
            open_source(f"rtsps://me:secret@127.0.0.1:{camera.getsockname()[1]}/1")
    assert "secret" not in str(told.value)


def test_a_body_without_an_end_is_not_waited_for(camera: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_camera, "_TIMEOUT_S", 0.2)
    head = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 900000000\r\n\r\n"
    server = camera(after(head, again_and_again(b"a", 0.02)))
    with pytest.raises(MienError, match="is not followed"):
        open_source(server.address.replace("http", "rtsp"))
    assert len(server.requests) == 1


def test_a_silent_camera_is_not_said_to_send_what_cannot_be_read(
    camera: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_camera, "_TIMEOUT_S", 0.2)
    server = camera(lambda send: None, keeps=True)
    with pytest.raises(MienError, match="does not answer"):
        open_source(server.address.replace("http", "rtsp"))


@pytest.mark.parametrize("status", ["200 OK", "401 Unauthorized", "454 Session Not Found"])
def test_a_camera_that_does_not_send_on_is_opened(camera: Start, status: str) -> None:
    def answer(send: Send) -> None:
        head = f"RTSP/1.0 {status}\r\nCSeq: {len(server.requests)}\r\nWWW-Authenticate: Digest algorithm=odd\r\n"
        send(head.encode() + b"Content-Type: application/sdp\r\nContent-length:  7 \r\n\r\nv=0\r\n\r\n")

    server = camera(answer, keeps=True)
    assert not sends_on(server.address.replace("http", "rtsp"), 5)
    assert server.requests[-1].startswith("DESCRIBE")
