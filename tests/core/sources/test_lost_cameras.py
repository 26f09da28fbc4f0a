"""A network camera that is cut, comes back otherwise, or does not speak TLS."""

import io
import socket
import threading
import time

import av
import numpy as np
import pytest
from tests.answering import HEAD, Send, Start, after, jpeg, part

from mien.errors import MienError
from mien.live import capture
from mien.live.capture import Capture
from mien.live.state import State
from mien.live.transport import Transport
from mien.sources import Address, network_camera, open_source
from mien.types import Frame

REFUSAL = b'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n"
NOISY = jpeg(np.random.default_rng(0).integers(0, 255, (48, 64, 3), np.uint8))


@pytest.mark.parametrize(
    ("head", "wrapped"), [(HEAD, part), (PLAIN, lambda data: data)], ids=["in parts", "one after another"]
)
def test_half_a_picture_at_a_cut_is_no_frame(camera: Start, head: bytes, wrapped: object) -> None:
    assert callable(wrapped)
    whole = wrapped(NOISY)
    server = camera(after(head + 3 * whole + whole[: len(whole) // 2], lambda send: None))
    source = open_source(server.address)
    frames = list(iter(source.read, None))
    source.close()
    assert len(frames) == 3


def test_pictures_that_a_camera_never_ends_are_frames(camera: Start) -> None:
    endless = NOISY.removesuffix(b"\xff\xd9")
    server = camera(after(HEAD + 3 * part(endless), lambda send: None))
    source = open_source(server.address)
    assert len(list(iter(source.read, None))) == 3
    source.close()


def test_a_lost_camera_that_then_refuses_the_password_is_not_asked_again(
    camera: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "_RETRY_S", 0.01)

    def answer(send: Send) -> None:
        send(HEAD + 2 * part(NOISY) if len(server.requests) == 1 else REFUSAL)

    server = camera(answer)
    stop, frames, told = threading.Event(), list[Frame](), list[State]()

    def tell(state: State, text: str) -> None:
        told.append(state)
        if len(server.requests) > 10:
            stop.set()

    reader = Capture(
        Address(server.address),
        stop,
        Transport(),
        tell=tell,
        deliver=lambda frame, clock_s: frames.append(frame),
        note=lambda text: None,
    )
    guard = threading.Timer(5, stop.set)
    guard.start()
    with pytest.raises(MienError, match="refuses the name or the password"):
        reader.run()
    guard.cancel()
    assert len(frames) == 2
    assert told == [State.WAITING]
    assert len(server.requests) == 3  # the third with the password that is refused


@pytest.mark.parametrize(("answer", "told"), [(b"HTTP/1.1 400 No\r\n\r\n", r"TLS .*by http://"), (b"", "not answer")])
@pytest.mark.parametrize("scheme", ["https", "rtmps"])
def test_a_camera_that_cannot_do_tls_is_not_said_to_send_on(
    scheme: str, answer: bytes, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listen() -> None:
        while True:
            try:
                connection = camera.accept()[0]
            except OSError:
                return
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

    monkeypatch.setattr(network_camera, "_TLS_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as camera:
        threading.Thread(target=listen, daemon=True).start()
        with pytest.raises(MienError, match=told.replace("http", scheme.removesuffix("s"))) as caught:
            open_source(f"{scheme}://me:secret@127.0.0.1:{camera.getsockname()[1]}/1")
    assert "secret" not in str(caught.value)


def transport_stream(video_s: float, sound_s: float) -> tuple[bytes, bytes]:
    """What a camera with a microphone sends while there are pictures, and what it sends afterwards."""
    sent = io.BytesIO()
    with av.open(sent, "w", format="mpegts") as container:
        video, sound = container.add_stream("mpeg1video", rate=25), container.add_stream("mp2", rate=48_000)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        with_pictures = 0
        for number in range(round(sound_s * 25)):
            if number < video_s * 25:
                container.mux(video.encode(av.VideoFrame(64, 48, "yuv420p")))
            elif not with_pictures:
                container.mux(video.encode())
                with_pictures = sent.tell()
            silence = av.AudioFrame.from_ndarray(np.zeros((1, 2 * 1920), np.int16), format="s16", layout="stereo")
            silence.sample_rate = 48_000
            container.mux(sound.encode(silence))
        container.mux(sound.encode())
    return sent.getvalue()[:with_pictures], sent.getvalue()[with_pictures:]


def test_a_camera_that_goes_on_with_sound_alone_is_lost(camera: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, sound = transport_stream(2.0, 30.0)
    ended = threading.Event()

    def answer(send: Send) -> None:
        send(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n" + pictures)
        for begin in range(0, len(sound), 188):
            send(sound[begin : begin + 188])
            time.sleep(0.002)
        ended.set()

    source = open_source(camera(answer).address)
    monkeypatch.setattr(network_camera, "_TIMEOUT_S", 0.3)
    while source.read() is not None:
        pass
    lost_meanwhile = not ended.is_set()
    source.close()
    assert lost_meanwhile
