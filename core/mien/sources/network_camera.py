"""Cameras in the network, read by PyAV. What one sends is not trusted, and makes Mien open nothing else."""

import errno
import socket
import ssl
import time
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import av
import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from mien import language
from mien.errors import MienError
from mien.sources.address import NETWORK_SCHEMES, Address, is_live
from mien.sources.clock import CameraClock
from mien.sources.rtsp import sends_on
from mien.sources.tls import PORTS, try_tls
from mien.types import Frame

_TIMEOUT_S = 5.0  # until it answers, and between two of its frames, however many bytes come meanwhile
_TLS_S = 2.0  # to agree on TLS once more, where FFmpeg could not
_LARGEST_PX = 40_000_000  # of a frame; 7680x4320 has 33 million
# Of FFmpeg. Files, and formats that name other files or hosts (playlists, lists of files), are not among them.
_OPTIONS = {
    "protocol_whitelist": ",".join((*NETWORK_SCHEMES, "crypto", "httpproxy", "tls")),
    "format_whitelist": "asf,avi,flv,h264,hevc,jpeg_pipe,live_flv,matroska,mjpeg,mov,mpegts,mpjpeg,rtp,rtsp",
    "max_redirects": "0",  # of HTTP
    "rtsp_flags": "prefer_tcp",
    "probesize": "500000",
    "analyzeduration": "1000000",
}
_JPEG_END, _PADDING = b"\xff\xd9", 1024  # and at most so many bytes that a camera may send after it
_REFUSED = (av.HTTPUnauthorizedError, av.HTTPForbiddenError)  # of RTSP too
_SENT_ON = language.mark(
    "{} ends without a video, or sends on to another address, which is not followed. Open the other address, if you "
    "trust it."
)


class RefusedLogin(MienError):
    """The camera wants another name or password: some lock out whoever tries the same again and again."""


class NetworkCameraSource:
    """A network camera by its address: RTSP, or MJPEG over HTTP."""

    live = True
    still = False

    def __init__(self, address: Address, clock: CameraClock) -> None:
        """Connect to it.

        Raises:
            RefusedLogin: it refuses the name or the password.
            MienError: it does not answer, or not with a video.
        """
        self.name = str(address)
        if not is_live(address):
            raise MienError(
                language.tr(
                    "{} is no network camera: the address of one begins with {}. Give a file's path without file://."
                ).format(self.name, ", ".join(NETWORK_SCHEMES))
            )
        try:
            sent_on = self.name.lower().startswith(("rtsp:", "rtsps:")) and sends_on(address.text, _TIMEOUT_S)
        except ssl.SSLError as error:
            raise MienError(_no_tls(address, error)) from None
        except TimeoutError:
            raise MienError(_silent(address)) from None
        if sent_on:
            raise MienError(language.tr(_SENT_ON).format(self.name))
        try:
            self._container = av.open(address.text, options=_OPTIONS, timeout=(_TIMEOUT_S, _TIMEOUT_S))
        except (av.FFmpegError, OSError, ValueError, MemoryError) as error:
            kind = RefusedLogin if isinstance(error, _REFUSED) else MienError
            raise kind(_reason(address, error)) from None  # the error's text has the password
        videos = self._container.streams.video
        known = [stream for stream in videos if stream.codec_context is not None]
        if not known:
            self._container.close()
            undecodable = language.tr("{} sends a video that cannot be decoded here.")
            text = undecodable if videos else language.tr("{} sends sound only, no video.")
            raise MienError(text.format(self.name))
        self._stream = known[0]
        self._stream.thread_type = "SLICE"  # a thread a frame would hold frames back
        self._stream.codec_context.options = {"max_pixels": str(_LARGEST_PX)}
        # Of sound too: asked for the video's alone, it would wait for one without end while a camera sends sound only.
        self._packets: Iterator[Packet[Any]] = self._container.demux()
        self._decoded: deque[VideoFrame] = deque()
        self._ends = False  # of motion JPEG: its pictures have their end; some cameras leave it out
        self._reformatter, self._clock = VideoReformatter(), clock

    def read(self) -> Frame | None:
        """Wait for the next frame; None when the camera is lost, or sends nothing that can be decoded for 5 s."""
        deadline = time.monotonic() + _TIMEOUT_S
        while time.monotonic() < deadline:
            if self._decoded:
                return self._frame(self._decoded.popleft())
            try:
                packet = next(self._packets, None)
            except (av.FFmpegError, OSError, MemoryError):
                return None
            if packet is None:
                return None
            if packet.stream_index != self._stream.index or self._is_cut(packet):
                continue
            try:
                self._decoded.extend(packet.decode())
            except EOFError:
                return None
            except (av.FFmpegError, ValueError, MemoryError):  # a damaged frame, or one that is too large
                continue
        return None

    def _is_cut(self, packet: "Packet[Any]") -> bool:
        """Whether it is a part of a JPEG, as where the connection breaks: the rest of the picture would be grey."""
        if self._stream.codec_context.name != "mjpeg" or not packet.size:
            return False
        ends = _JPEG_END in bytes(memoryview(packet)[-_PADDING:])
        self._ends |= ends
        return packet.is_corrupt or (self._ends and not ends)

    def _frame(self, decoded: VideoFrame) -> Frame:
        image = self._reformatter.reformat(decoded, format="bgr24").to_ndarray()
        return self._clock.frame(np.ascontiguousarray(image, np.uint8))

    def close(self) -> None:
        """Leave the camera."""
        self._container.close()


def _reason(address: Address, error: Exception) -> str:
    name = str(address)
    if isinstance(error, _REFUSED):
        return language.tr("{} refuses the name or the password. Check both.").format(name)
    if isinstance(error, av.HTTPClientError | av.HTTPServerError):  # of RTSP too
        return language.tr("{} answers, but sends no video ({}). Check the whole address.").format(name, error.strerror)
    if isinstance(error, av.InvalidDataError | av.ArgumentError):
        return language.tr(
            "{} sends no video that Mien opens: RTSP, or motion JPEG over HTTP. A playlist (m3u8), which names other "
            "addresses, is not followed."
        ).format(name)
    try:
        if getattr(error, "errno", None) == errno.EIO and _is_there(address):
            return language.tr(_SENT_ON).format(name)
    except ssl.SSLError as failed:
        return _no_tls(address, failed)
    return _silent(address)


def _silent(address: Address) -> str:
    return language.tr("{} does not answer. Check its address, and that it is switched on.").format(address)


def _no_tls(address: Address, error: ssl.SSLError) -> str:
    plain = urlsplit(address.text).scheme.lower().removesuffix("s")
    return language.tr(
        "{} cannot be spoken to over TLS ({}). Update the camera, or open it by {}:// if everybody in its network may "
        "see its pictures and its password."
    ).format(address, error.reason or type(error).__name__, plain)


def _is_there(address: Address) -> bool:
    """Whether its host has a number, and TLS is agreed on where it is asked for.

    FFmpeg has the same error where it has none, or where TLS fails, as where a camera sends on.

    Raises:
        ssl.SSLError: nothing secret can be agreed on with it.
    """
    try:
        parts = urlsplit(address.text)
        if parts.scheme.lower() in PORTS:
            try_tls(address.text, _TLS_S)
        return bool(socket.getaddrinfo(parts.hostname, None))
    except ssl.SSLError:
        raise
    except (OSError, ValueError):
        return False
