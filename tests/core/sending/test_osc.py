"""What an OSC program gets beyond what every sender promises."""

import socket
import time
from dataclasses import replace

from pythonosc.osc_bundle import OscBundle
from tests.core.sending.received import POSE, recognition

from mien.expressions import EXPRESSIONS
from mien.sending.message import message_of
from mien.sending.osc import OscSender


def packet(receiver: socket.socket) -> tuple[dict[str, object], float]:
    bundle = OscBundle(receiver.recv(65536))
    return {message.address: message.params[0] for message in bundle}, bundle.timestamp


def test_a_bundle_tells_all_of_a_frame_and_who_has_left_once() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.settimeout(30)
        receiver.bind(("127.0.0.1", 0))
        sender = OscSender("localhost", receiver.getsockname()[1])
        before = time.time()
        for index, people in enumerate((2, 1, 1)):
            sender.send(message_of(recognition(index, people), EXPRESSIONS, time.perf_counter() - 0.5))
        sent = time.time()
        first, stamp = packet(receiver)
        assert before - 0.51 < stamp < sent - 0.49  # of the capture, half a second before
        assert first["/mien/2/label"] == "happiness"
        assert {f"/mien/2/{name}" for name in (*EXPRESSIONS, "label", "reliability", "found")} <= set(first)
        assert first["/mien/1/pose_yaw"] == -12
        assert "/mien/2/pose_yaw" not in first  # nothing was measured
        assert (first["/mien/found"], first["/mien/2/found"]) == (2, 1)
        second, _ = packet(receiver)
        assert (second["/mien/found"], second["/mien/1/found"], second["/mien/2/found"]) == (1, 1, 0)
        assert "/mien/2/label" not in second
        assert "/mien/2/found" not in packet(receiver)[0]
        sender.close()


def test_names_of_ones_own_classes_are_addresses() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.settimeout(30)
        receiver.bind(("127.0.0.1", 0))
        sender = OscSender("127.0.0.1", receiver.getsockname()[1])
        names = ("wry smile", "a/b", "a?b", "Ärger", "label", "笑", "pose_yaw", "found")
        sender.send(message_of(recognition(0), names, time.perf_counter()))
        got = packet(receiver)[0]
        own = ("wry_smile", "a_b", "a_b_2", "Arger", "label_2", "_", "pose_yaw_2", "found_2")
        assert {f"/mien/1/{name}" for name in own} <= set(got)
        assert isinstance(got["/mien/1/label"], str)
        assert all(isinstance(got[f"/mien/1/{name}"], float) for name in own)
        sender.close()


def test_many_faces_come_in_several_datagrams_that_every_system_sends() -> None:
    seen = recognition(0, 64)
    seen = replace(seen, predictions=tuple(replace(own, pose=POSE) for own in seen.predictions))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.settimeout(30)
        receiver.bind(("127.0.0.1", 0))
        sender = OscSender("127.0.0.1", receiver.getsockname()[1])
        sender.send(message_of(seen, EXPRESSIONS, time.perf_counter()))
        got, stamps = dict[str, object](), set[float]()
        while "/mien/64/mouth_open" not in got:
            datagram = receiver.recv(65536)
            assert len(datagram) <= 9216  # of macOS
            bundle = OscBundle(datagram)
            stamps.add(bundle.timestamp)
            got |= {message.address: message.params[0] for message in bundle}
        sender.close()
    assert got["/mien/found"] == 64
    for name in (*EXPRESSIONS, "label", "found"):
        assert {f"/mien/{person}/{name}" for person in range(1, 65)} <= set(got)
    assert len(stamps) == 1
