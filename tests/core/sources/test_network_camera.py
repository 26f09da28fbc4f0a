"""What a network camera sends is not trusted, and its password is not told."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.answering import (
    HEAD,
    Send,
    Start,
    after,
    again_and_again,
    byte_by_byte,
    claiming,
    jpeg,
    part,
    plain,
)
from tests.conftest import write_demo

from mien.errors import MienError
from mien.live import capture
from mien.live.capture import Capture
from mien.live.state import State
from mien.live.transport import Transport
from mien.sources import Address, open_source
from mien.sources import network_camera as module
from mien.types import Frame

NOISE = np.random.default_rng(1).bytes(4096)
REFUSAL = b'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'
GOOD = part(jpeg(plain(64, 48)))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TIMEOUT_S", 0.5)


def frames_of(address: str, count: int) -> list[Frame]:
    with closing(open_source(address)) as source:
        return [frame for _ in range(count) if (frame := source.read()) is not None]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "answer",
    [
        again_and_again(NOISE),
        after(HEAD, again_and_again(NOISE)),
        after(b"HTTP/1.1 200 OK\r\n", again_and_again(b"X-More: of this\r\n" * 100)),
        after(b"HTTP/1.1 200 OK\r\nX-Long: ", again_and_again(b"a" * 10_000)),
        after(HEAD + b"--frame\r\n", again_and_again(b"X-More: of this\r\n" * 100)),
        after(HEAD + b"--frame\r\nContent-Length: 2000000000\r\n\r\n", again_and_again(NOISE, 0.001)),
        byte_by_byte(HEAD + GOOD, 0.05),
        after(HEAD, byte_by_byte(GOOD, 0.05)),
        lambda send: None,
        after(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", lambda send: None),
        after(HEAD, again_and_again(part(b""), 0.01)),
        after(HEAD, again_and_again(part(claiming(10_000, 10_000)), 0.02)),
    ],
    ids=[
        "garbage",
        "body",
        "headers",
        "header",
        "part",
        "2 GB",
        "byte by byte",
        "slow part",
        "nothing",
        "empty",
        "no pictures",
        "huge",
    ],
)
def test_what_is_no_video_ends_in_an_error_or_in_a_lost_camera(camera: Start, answer: Callable[[Send], None]) -> None:
    server = camera(answer)
    told = ""
    try:
        frames = frames_of(server.address, 1)
    except MienError as error:
        frames, told = [], f"{error} {error.__cause__}"  # a cause's text would have the password
    assert frames == []
    assert "secret" not in told


def test_a_camera_that_becomes_slow_is_lost(camera: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TIMEOUT_S", 1.0)
    server = camera(after(HEAD + 5 * GOOD, byte_by_byte(GOOD, 0.05)))
    assert 4 <= len(frames_of(server.address, 8)) <= 5


@pytest.mark.parametrize(
    "damaged", [claiming(10_000, 10_000), claiming(60_000, 700), NOISE, jpeg(plain(64, 48))[:200]], ids=range(4)
)
def test_a_picture_that_cannot_be_is_left_out(camera: Start, damaged: bytes) -> None:
    server = camera(after(HEAD + 3 * GOOD + part(damaged), again_and_again(GOOD, 0.01)))
    frames = frames_of(server.address, 8)
    assert [frame.index for frame in frames] == list(range(8))
    assert {frame.image.shape for frame in frames} == {(48, 64, 3)}


def test_a_size_that_changes(camera: Start) -> None:
    sizes = [(64, 48), (48, 64), (320, 240), (8, 8)]
    server = camera(after(HEAD + b"".join(2 * part(jpeg(plain(*size))) for size in sizes), lambda send: None))
    found = [frame.image.shape[1::-1] for frame in frames_of(server.address, 20)]
    assert list(dict.fromkeys(found)) == sizes


def test_colours_are_those_that_were_sent(camera: Start) -> None:
    sent = np.zeros((64, 64, 3), np.uint8)
    sent[:32, :32], sent[:32, 32:], sent[32:, :32] = (0, 0, 200), (0, 200, 0), (200, 0, 0)
    server = camera(after(HEAD, again_and_again(part(jpeg(sent)), 0.02)))
    frame = frames_of(server.address, 1)[0]
    decoded = cv2.imdecode(np.frombuffer(jpeg(sent), np.uint8), cv2.IMREAD_COLOR)
    inside = np.s_[8:24, 8:24], np.s_[8:24, 40:56], np.s_[40:56, 8:24], np.s_[40:56, 40:56]
    for part_ in inside:
        assert np.abs(frame.image[part_].astype(int) - decoded[part_]).max() <= 4


def test_a_camera_that_sends_single_pictures(camera: Start) -> None:
    data = jpeg(plain(64, 48))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(data)
    server = camera(after(head + data, lambda send: None))
    assert [frame.image.shape for frame in frames_of(server.address, 2)] == [(48, 64, 3)]


def test_a_redirect_is_not_followed(camera: Start, tmp_path: Path) -> None:
    other = camera(after(HEAD, again_and_again(GOOD, 0.01)))
    write_demo(tmp_path / "private.mp4", 10)
    for target in (
        f"http://127.0.0.1:{other.port}/video",
        f"//127.0.0.1:{other.port}/video",
        f"file://{tmp_path}/private.mp4",
        f"{tmp_path}/private.mp4",
    ):
        for status in (301, 302, 307):
            head = b"HTTP/1.1 %d Found\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % (status, target.encode())
            server = camera(after(head, lambda send: None))
            with pytest.raises(MienError, match="is not followed"):
                open_source(server.address)
            assert len(server.requests) == 1
    assert other.requests == []


@pytest.mark.parametrize("kind", ["m3u8", "m3u8 of hosts", "ffconcat", "sdp", "mpd"])
def test_a_list_of_files_or_hosts_opens_none_of_them(camera: Start, tmp_path: Path, kind: str) -> None:
    other = camera(after(HEAD, again_and_again(GOOD, 0.01)))
    private = tmp_path / "private.ts"
    write_demo(private, 10)
    playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n"
    text = {
        "m3u8": playlist.format(private),
        "m3u8 of hosts": playlist.format(f"http://127.0.0.1:{other.port}/a.ts"),
        "ffconcat": f"ffconcat version 1.0\nfile {private}\n",
        "sdp": f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video {other.port} RTP/AVP 26\n",
        "mpd": f'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>file://{private}</BaseURL></MPD>',
    }[kind]
    server = camera(after(b"HTTP/1.1 200 OK\r\n\r\n" + text.encode(), lambda send: None))
    with pytest.raises(MienError, match="is not followed"):
        open_source(server.address)
    assert other.requests == []


@pytest.mark.parametrize(
    "scheme", ["file://", "ftp://me:secret@127.0.0.1", "concat://", "data://", "subfile://", "pipe://"]
)
def test_only_cameras_are_opened_by_a_scheme(tmp_path: Path, scheme: str) -> None:
    write_demo(tmp_path / "film.mp4", 10)
    with pytest.raises(MienError, match="no network camera") as caught:
        open_source(f"{scheme}{tmp_path}/film.mp4")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_a_host_that_nobody_knows_is_not_said_to_send_on(scheme: str) -> None:
    with pytest.raises(MienError, match="does not answer"):
        open_source(f"{scheme}://me:secret@nowhere.invalid/video")


@pytest.mark.parametrize(("scheme", "protocol"), [("http", b"HTTP/1.1"), ("rtsp", b"RTSP/1.0")])
@pytest.mark.parametrize("status", [b"404 Not Found", b"503 Service Unavailable"])
def test_a_camera_that_answers_by_an_error_is_not_said_to_be_silent(
    camera: Start, scheme: str, protocol: bytes, status: bytes
) -> None:
    server = camera(after(protocol + b" " + status + b"\r\nCSeq: 1\r\nContent-Length: 0\r\n\r\n", lambda send: None))
    with pytest.raises(MienError, match=r"answers, but sends no video \(Server returned [45]") as caught:
        open_source(server.address.replace("http", scheme))
    assert "secret" not in f"{caught.value} {caught.value.__cause__}"


def test_a_refused_password_is_said_and_not_told(camera: Start, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server = camera(after(REFUSAL, lambda send: None))
    with pytest.raises(MienError, match="refuses the name or the password") as caught:
        open_source(server.address)
    shown = f"{caught.value!r} {caught.value.__cause__!r} {caplog.text}"
    assert "secret" not in shown


def test_a_refused_password_is_not_tried_again(camera: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "_RETRY_S", 0.01)
    server = camera(after(REFUSAL, lambda send: None))
    stop, told = threading.Event(), list[State]()

    def tell(state: State, text: str) -> None:
        told.append(state)
        stop.set()

    reader = Capture(
        Address(server.address), stop, Transport(), tell=tell, deliver=lambda *_: None, note=lambda text: None
    )
    with pytest.raises(MienError, match="refuses the name or the password"):
        reader.run()
    assert told == []
    assert len(server.requests) == 2


def test_the_name_and_the_password_reach_the_camera_and_nobody_else(camera: Start) -> None:
    def answer(send: Send) -> None:
        if "Authorization" in server.requests[-1]:
            after(HEAD, again_and_again(GOOD, 0.01))(send)
        send(REFUSAL)

    server = camera(answer)
    assert frames_of(server.address, 1)
    assert ["Authorization: Basic bWU6c2VjcmV0" in request for request in server.requests] == [False, True]


def test_a_camera_that_dies_fifty_times_comes_back_each_time(camera: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "_RETRY_S", 0.01)
    server = camera(after(HEAD + 8 * GOOD, lambda send: None))
    stop, frames, told = threading.Event(), list[Frame](), list[tuple[State, str]]()

    def deliver(frame: Frame, clock_s: float) -> None:
        assert clock_s <= time.perf_counter()
        frames.append(frame)
        if len(server.requests) > 50:
            stop.set()

    def tell(state: State, text: str) -> None:
        told.append((state, text))

    Capture(Address(server.address), stop, Transport(), tell=tell, deliver=deliver, note=lambda text: None).run()
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert len(frames) > 50
    times = [frame.time_s for frame in frames]
    assert times == sorted(times)
    assert {state for state, _ in told} == {State.WAITING}
    assert "secret" not in str(told)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rtsp://me:secret@camera/1", "rtsp://camera/1"),
        ("rtsp://me:se/cr@t@camera:554/1", "rtsp://camera:554/1"),
        ("http://me:se#cret@camera/1", "http://camera/1"),
        ("http://me:se?cret@camera/1", "http://camera/1"),
        ("rtsp://secret@camera/1", "rtsp://camera/1"),
        ("RTSP://me:secret@[::1]:554/1", "RTSP://[::1]:554/1"),
        ("http://camera/a?user=me&pwd=secret", "http://camera/a"),
        ("http://camera/a;token=secret", "http://camera/a"),
        ("rtsp://camera:554/user=me_password=secret_channel=1.sdp", "rtsp://camera:554"),
        ("rtsp:/me:secret@camera/1", "rtsp:/camera/1"),
        ("rtsp:me:secret@camera/1", "camera/1"),
        ("me:secret@camera/1", "camera/1"),
    ],
)
def test_an_address_shows_itself_without_its_secret(address: str, shown: str) -> None:
    own = Address(address)
    assert [str(own), f"{own}", "%s" % own, own.text] == [shown, shown, shown, address]  # noqa: UP031
    assert own.secret
    assert "secret" not in repr(own) + repr([own]) + repr({"a": own})


@pytest.mark.parametrize("address", ["rtsp:/me:secret@camera/1", "rtsp:me:secret@camera/1", "me:secret@camera/1"])
def test_an_address_that_is_misspelt_is_no_file_and_keeps_its_secret(address: str) -> None:
    with pytest.raises(MienError, match="camera/1 does not exist") as caught:
        open_source(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["demo:6", "0", "film.mp4", "/home/me/a=b;c?.mp4", "C:/me@home/film.mp4", "C:\\me@home\\film.mp4", "a:b"]
)
def test_an_address_without_a_secret_is_shown_as_it_is(address: str) -> None:
    assert str(Address(address)) == address
    assert not Address(address).secret
