"""The kinds of sources. A new one is a file beside this one, and a line in `_KINDS`."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mien import language
from mien.errors import MienError
from mien.sources.address import Address, AnyAddress, CameraAddress, is_camera, is_demo, is_file, is_network, path_of
from mien.sources.base import Source
from mien.sources.clock import CameraClock
from mien.sources.demo import DemoSource
from mien.sources.network_camera import NetworkCameraSource
from mien.sources.opencv_camera import CameraSource
from mien.sources.pictures import FolderSource, PictureSource
from mien.utils import servers
from mien.utils.file_kinds import is_picture
from mien.utils.files import check_input, reading
from mien.video import VideoFile


@dataclass(frozen=True)
class _Kind:
    owns: Callable[[Address], bool]
    """Whether an address is of this kind."""
    open: Callable[[Address, CameraClock], Source]


# The first that owns an address opens it.
_KINDS = (
    _Kind(is_demo, lambda address, _: DemoSource.of(address.text)),
    _Kind(is_camera, lambda address, clock: _open_camera(address, clock)),
    _Kind(is_network, NetworkCameraSource),
    _Kind(is_file, lambda address, _: _open_file(address)),
)


def _open_camera(address: Address, clock: CameraClock) -> Source:
    wanted = CameraAddress.of(address)
    assert wanted is not None  # it owns the address
    return CameraSource(wanted, clock)


def _open_file(address: Address) -> Source:
    path = path_of(address)
    if address.secret and not os.path.exists(path):
        raise MienError(language.tr("{} does not exist.").format(address))
    with reading(path):
        if path.is_dir():
            servers.remember(path)
            return FolderSource(path)
        check_input(path)
    servers.remember(path)
    return PictureSource(path) if is_picture(path) else VideoFile(path)


def open_source(address: AnyAddress | int | Path, clock: CameraClock | None = None) -> Source:
    """Open a source.

    Args:
        address: `demo`, `demo:6` (with six faces), a camera's number, which as text may say what it is asked for
            (`0:1280x720:30`), a network camera's address, a video, a picture, or a folder of pictures.
        clock: of a camera that was open before, so that its numbers and times go on; a new one where not given.

    Raises:
        TypeError: it is nothing that could be an address.
        MienError: it cannot be opened.
    """
    if not isinstance(address, (str, Address, int, Path)):
        raise TypeError(f"{type(address).__name__} is no address. Pass a text, a camera's number or a path.")
    own = address if isinstance(address, Address) else Address(str(address))
    kind = next(kind for kind in _KINDS if kind.owns(own))
    return kind.open(own, clock or CameraClock())
