from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.errors import MienError
from mien.faces.detector import FaceDetector
from mien.sources import DemoSource, FolderSource, cameras, devices, is_live, open_source, without_password


def test_the_demo_is_repeatable_and_goes_from_large_to_small() -> None:
    one, two = DemoSource(frames=3), DemoSource(frames=3)
    for _ in range(3):
        assert np.array_equal(one.read().image, two.read().image)
    assert one.read() is None
    for frame in (one.draw(0.0), one.draw(0.5)):
        assert frame.shape == (480, 640, 3)
    # The photo fills the frame when it is near, and is a speck when it is far.
    assert one.draw(0.0).std() > 2 * one.draw(0.5).std()


def test_each_face_of_the_demo_can_be_found() -> None:
    with FaceDetector() as detector:
        for count in (1, 2, 6):
            assert len(detector.find(DemoSource(faces=count).draw(0.0))) == count


@pytest.mark.parametrize("address", ["demo:0", "demo:99", "demo:x"])
def test_a_demo_that_cannot_be_is_told(address: str) -> None:
    with pytest.raises(MienError, match="demo"):
        open_source(address)


def test_a_folder_of_pictures_in_order_without_the_broken_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name, value in (("b.png", 20), ("a.jpg", 10), ("d.PNG", 40)):
        cv2.imwrite(str(tmp_path / name), np.full((8, 8, 3), value, np.uint8))
    (tmp_path / "c.png").write_text("broken")
    (tmp_path / "notes.txt").write_text("no picture")
    source = open_source(str(tmp_path))
    assert isinstance(source, FolderSource)
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    assert [int(frame.image.mean()) for frame in frames] == [10, 20, 40]
    assert [(frame.index, frame.time_s) for frame in frames] == [(0, 0.0), (1, 2.0), (2, 4.0)]
    assert "c.png" in caplog.text


def test_a_folder_without_pictures_is_told(tmp_path: Path) -> None:
    with pytest.raises(MienError, match="no pictures"):
        open_source(str(tmp_path))


def test_passwords_are_not_shown() -> None:
    assert without_password("rtsp://me:secret@camera/1") == "rtsp://camera/1"
    assert without_password("rtsp://me:se/cr@t@camera:554/1") == "rtsp://camera:554/1"
    assert without_password("http://camera/a?user=me&pwd=secret") == "http://camera/a"
    assert without_password("http://camera/a@b") == "http://camera/a@b"


def test_a_picture_is_a_still_and_lies_as_it_was_taken(tmp_path: Path) -> None:
    path = tmp_path / "gr\u00fcn.png"
    path.write_bytes(cv2.imencode(".png", np.full((8, 12, 3), 7, np.uint8))[1].tobytes())
    source = open_source(str(path))
    assert source.still
    assert source.read().image.shape == (8, 12, 3)
    assert source.read() is None
    (tmp_path / "broken.png").write_text("text")
    with pytest.raises(MienError, match="no picture that can be read"):
        open_source(str(tmp_path / "broken.png"))


def test_cameras_may_come_back_and_files_may_not() -> None:
    assert is_live("0")
    assert is_live("rtsp://camera")
    assert not is_live("demo")
    assert not is_live("a.mp4")


def test_cameras_have_their_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    import cv2_enumerate_cameras
    from cv2_enumerate_cameras.camera_info import CameraInfo

    def listed(backend: int) -> list[CameraInfo]:
        assert backend == devices.interface() != cv2.CAP_ANY
        return [CameraInfo(2, "Second", "", None, None, backend), CameraInfo(0, "First", "", None, None, backend)]

    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", listed)
    assert [(c.number, c.name) for c in cameras()] == [(0, "First"), (2, "Second")]
    assert devices.camera_name(2) == "Second"
    assert devices.camera_name(7) == "Camera 7"


def test_asking_the_system_for_cameras_works() -> None:
    assert all(camera.name for camera in cameras())
