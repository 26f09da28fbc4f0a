"""Files that Mien reads and writes, whatever they hold."""

import errno
import os
import tracemalloc
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.errors import MienError
from mien.utils.files import read_bounded, reading, remove_left_over, write_atomic, write_new, writing
from mien.utils.images import decode_picture, read_picture


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "file"
    write_atomic(path, b"first")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MienError) as told, writing(path):
        write_atomic(path, b"second")
    assert str(told.value).startswith(f"{path} cannot be written: No space left on device. Choose another folder")
    assert path.read_bytes() == b"first"
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(MienError, match="none cannot be read: No such file"),
        reading(tmp_path / "none"),
    ):
        (tmp_path / "none").read_bytes()
    with pytest.raises(MienError, match="cannot be read: OSError"), reading(tmp_path):
        raise OSError


def test_other_errors_are_left_alone(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path), reading(tmp_path):
        _ = 1 / 0


def test_a_picture_is_read_in_colour_or_grey(tmp_path: Path) -> None:
    image = np.zeros((8, 12, 3), np.uint8)
    image[..., 2] = 200  # red
    path = tmp_path / "grün 圖.png"
    path.write_bytes(cv2.imencode(".png", image)[1].tobytes())
    assert np.array_equal(read_picture(str(path)), image)
    grey = decode_picture(path.read_bytes(), grey=True)
    assert grey.shape == (8, 12)
    assert 58 < grey[0, 0] < 61


@pytest.mark.parametrize("data", [b"", b"text", cv2.imencode(".png", np.zeros((8, 8), np.uint8))[1].tobytes()[:20]])
def test_what_is_no_picture(data: bytes, tmp_path: Path) -> None:
    assert decode_picture(data) is None
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(MienError, match=r"a\.png cannot be read as a picture"):
        read_picture(tmp_path / "a.png")


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_is_whole_and_takes_nobodys_name(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:

        def none(*_: object) -> None:
            raise PermissionError("this disk has no links")

        monkeypatch.setattr(os, "link", none)
    write_new(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a", b"second")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"first"


def test_the_name_of_a_new_file_never_stands_over_less_than_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill before the name is there leaves nothing under it."""
    real = os.link

    def killed(source: Path, target: Path) -> None:
        assert Path(source).read_bytes() == b"data"
        assert not Path(target).exists()
        real(source, target)

    monkeypatch.setattr(os, "link", killed)
    write_new(tmp_path / "a", b"data")


def test_a_disk_without_permissions_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    path = tmp_path / "a"
    write_atomic(path, b"first")
    monkeypatch.setattr(Path, "chmod", refused)
    write_atomic(path, b"second")
    assert path.read_bytes() == b"second"


def test_what_a_kill_left_goes_and_nothing_else(tmp_path: Path) -> None:
    names = (".0123456789abcdef.tmp", ".fedcba9876543210.tmp", ".notes.tmp", "0123456789abcdef.tmp", "a.png")
    old, *others = (tmp_path / name for name in names)
    for path in (old, *others):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    remove_left_over(tmp_path, in_use=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])
    remove_left_over(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[2:])
    remove_left_over(tmp_path / "none")


def test_a_small_file_is_read_into_little_memory(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1234")
    tracemalloc.start()
    try:
        assert read_bounded(tmp_path / "a", 1 << 24) == b"1234"
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()
    assert [read_bounded(tmp_path / "a", most) for most in (4, 3, 2)] == [b"1234", b"1234", b"123"]
