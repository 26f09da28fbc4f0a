"""What every kind of source must do, and what is each kind's own."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.mjpeg import MjpegServer

from mien.errors import MienError
from mien.faces.detector import FaceDetector
from mien.faces.tracker import Tracker
from mien.sources import (
    CameraAddress,
    CameraClock,
    DemoSource,
    Source,
    cameras,
    devices,
    is_camera,
    is_demo,
    is_live,
    is_network,
    open_source,
    without_password,
)
from mien.sources.pictures import FolderSource

KINDS = ["demo", "camera", "network camera", "video", "picture", "folder"]


@pytest.fixture(params=KINDS)
def address(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    demo_video: Path,
    mjpeg_server: MjpegServer,
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """Of a source of each kind. A new kind has to be added here."""
    if request.param in ("picture", "folder"):
        for i in range(3):
            cv2.imwrite(str(tmp_path / f"{i}.png"), np.full((8, 12, 3), 7 * i, np.uint8))
    if request.param == "camera":  # none is plugged in here: OpenCV reads a file in its place
        real = cv2.VideoCapture
        monkeypatch.setattr(cv2, "VideoCapture", lambda number, interface: real(str(demo_video)))
    return {
        "demo": "demo:2",
        "camera": "0",
        "network camera": mjpeg_server.address.replace("http://", "http://me:secret@"),
        "video": str(demo_video),
        "picture": str(tmp_path / "1.png"),
        "folder": str(tmp_path),
    }[request.param]


@pytest.fixture
def source(address: str) -> Iterator[Source]:
    with closing(open_source(address)) as opened:
        yield opened


class TestContract:
    def test_it_is_what_its_address_says(self, source: Source, address: str) -> None:
        assert source.live == is_live(address)
        assert source.still == (address.endswith(".png") or Path(address).is_dir())
        assert not (source.live and source.still)

    def test_it_has_a_name_without_a_password(self, source: Source) -> None:
        assert source.name
        assert "secret" not in source.name

    def test_frames_are_numbered_and_timed(self, source: Source) -> None:
        frames = [frame for _ in range(3) if (frame := source.read()) is not None]
        assert [frame.index for frame in frames] == list(range(len(frames)))
        assert {frame.still for frame in frames} == {source.still}
        times = [frame.time_s for frame in frames]
        assert times == sorted(times)
        assert 0 <= times[0] < 10

    def test_pictures_are_bgr_and_stay_as_they_are(self, source: Source) -> None:
        first = source.read()
        assert first is not None
        assert first.image.dtype == np.uint8
        assert first.image.ndim == 3
        assert first.image.shape[2] == 3
        assert first.image.flags.c_contiguous
        kept = first.image.copy()
        for _ in range(3):
            if (frame := source.read()) is not None:
                frame.image[:] = 0
        assert np.array_equal(first.image, kept)

    def test_it_may_be_closed_before_it_was_read(self, source: Source) -> None: ...

    def test_an_end_stays_the_end(self, source: Source) -> None:
        if source.live or source.name.startswith("Demo"):
            pytest.skip("has no end")
        for _ in range(1000):
            if source.read() is None:
                break
        assert source.read() is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("demo", is_demo),
        ("demo:6", is_demo),
        ("0", is_camera),
        ("12", is_camera),
        ("0:1280x720", is_camera),
        ("rtsp://camera/1", is_network),
        ("HTTP://camera", is_network),
    ],
)
def test_an_address_is_of_one_kind(address: str, kind: Callable[[str], bool]) -> None:
    assert [own for own in (is_demo, is_camera, is_network) if own(address)] == [kind]


@pytest.mark.parametrize(
    "address",
    ["film.mp4", "democracy.mp4", "demo.mp4", "0.mp4", "²", "-1", "0:large", "0:", "", "C://film.mp4", "99" * 5000],
)
def test_what_is_neither_demo_nor_camera_is_a_file(address: str) -> None:
    assert not any(own(address) for own in (is_demo, is_camera, is_network, is_live))


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("2", CameraAddress(2)),
        ("0:60", CameraAddress(0, fps=60)),
        ("0:1280x720", CameraAddress(0, 1280, 720)),
        ("0:1280x720:30", CameraAddress(0, 1280, 720, 30)),
    ],
)
def test_an_address_says_what_a_camera_is_asked_for(address: str, wanted: CameraAddress) -> None:
    assert CameraAddress.of(address) == wanted
    assert str(wanted) == address


def test_what_a_camera_does_not_give_is_said(demo_video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = cv2.VideoCapture, {}

    class Fixed:
        """A camera that does nothing of what it is asked for: OpenCV reads a file in its place."""

        def __init__(self, number: int, interface: int) -> None:
            opened = real(str(demo_video))
            self.isOpened, self.get, self.read, self.release = opened.isOpened, opened.get, opened.read, opened.release

        def set(self, what: int, value: float) -> bool:
            asked[what] = value
            return False

    monkeypatch.setattr(cv2, "VideoCapture", Fixed)
    with closing(open_source("0")) as source:
        image = source.read().image
        assert source.notice == ""
        assert cv2.CAP_PROP_FRAME_WIDTH not in asked  # it may choose
    height, width = image.shape[:2]
    with closing(open_source(f"0:{width}x{height}")) as source:
        assert source.notice == ""
        assert asked[cv2.CAP_PROP_FRAME_WIDTH] == width
    with closing(open_source("0:1920x1080:60")) as source:
        given, asked_for = f"{width}x{height}, 24 frames a second", "1920x1080, 60 frames a second"
        assert source.notice == f"Camera 0 gives {given}, and not {asked_for} as it was asked for."
        assert asked[cv2.CAP_PROP_FPS] == 60


@pytest.mark.parametrize("kind", ["0", "network"])
def test_a_camera_that_is_opened_again_goes_on_counting(
    kind: str, mjpeg_server: MjpegServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "0":
        real = cv2.VideoCapture
        monkeypatch.setattr(cv2, "VideoCapture", lambda number, interface: real(mjpeg_server.address))
    clock = CameraClock()
    frames = []
    for _ in range(2):
        with closing(open_source("0" if kind == "0" else mjpeg_server.address, clock)) as camera:
            frames += [camera.read(), camera.read()]
    assert [frame.index for frame in frames] == [0, 1, 2, 3]
    times = [frame.time_s for frame in frames]
    assert times == sorted(times)


def test_the_demo_is_repeatable_and_goes_from_large_to_small() -> None:
    one, two = DemoSource(frames=3), DemoSource(frames=3)
    for _ in range(3):
        assert np.array_equal(one.read().image, two.read().image)
    assert one.read() is None
    for frame in (one.draw(0.0), one.draw(0.5)):
        assert frame.shape == (480, 640, 3)
    # The photo fills the frame when it is near, and is a speck when it is far.
    assert one.draw(0.0).std() > 2 * one.draw(0.5).std()


def test_the_demo_stays_one_person_where_three_frames_a_second_are_seen() -> None:
    demo, tracker, tracks = DemoSource(), Tracker(), set()
    with FaceDetector() as detector:
        for index in range(0, 500, 8):  # one loop
            time_s = index / demo.fps
            faces = detector.detect_in_stream(demo.draw(time_s % demo.loop_s / demo.loop_s), tracker.expected(time_s))
            tracks |= set(tracker.update(faces, time_s))
    assert tracks == {1}


def test_each_face_of_the_demo_can_be_found() -> None:
    with FaceDetector() as detector:
        for count in (1, 2, 6):
            assert len(detector.detect(DemoSource(faces=count).draw(0.0))) == count


@pytest.mark.parametrize("address", ["demo:0", "demo:99", "demo:x", "demo:²"])
def test_a_demo_that_cannot_be_is_reported(address: str) -> None:
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


def test_a_folder_without_pictures_is_reported(tmp_path: Path) -> None:
    with pytest.raises(MienError, match="no pictures"):
        open_source(str(tmp_path))


def test_passwords_are_not_shown() -> None:
    assert without_password("rtsp://me:secret@camera/1") == "rtsp://camera/1"
    assert without_password("rtsp://me:se/cr@t@camera:554/1") == "rtsp://camera:554/1"
    assert without_password("http://camera/a?user=me&pwd=secret") == "http://camera/a"
    assert without_password("http://camera/a@b") == "http://camera/a@b"
    assert without_password(" rtsp://me:secret@camera/1") == " rtsp://camera/1"
    assert without_password("rtsp//me:secret@camera/1") == "rtsp//camera/1"
    assert without_password(r"http:\\me:secret@camera") == r"http:\\camera"


def test_a_picture_is_a_still_and_lies_as_it_was_taken(tmp_path: Path) -> None:
    path = tmp_path / "gr\u00fcn.png"
    path.write_bytes(cv2.imencode(".png", np.full((8, 12, 3), 7, np.uint8))[1].tobytes())
    source = open_source(str(path))
    assert source.still
    assert source.read().image.shape == (8, 12, 3)
    assert source.read() is None
    (tmp_path / "broken.png").write_text("text")
    with pytest.raises(MienError, match="cannot be read as a picture"):
        open_source(str(tmp_path / "broken.png"))


def test_cameras_have_their_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    import cv2_enumerate_cameras
    from cv2_enumerate_cameras.camera_info import CameraInfo

    def listed(backend: int) -> list[CameraInfo]:
        assert backend == devices.interface() != cv2.CAP_ANY
        names = {2: "Second", 0: "First", 4: "First", 5: "First", 6: "First (2)", 7: "", 8: "Camera 7"}
        return [CameraInfo(number, name, "", None, None, backend) for number, name in names.items()]

    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", listed)
    assert [(c.number, c.name) for c in cameras()] == [
        (0, "First"),
        (2, "Second"),
        (4, "First (3)"),
        (5, "First (4)"),
        (6, "First (2)"),  # which is what its maker calls it
        (7, "Camera 7"),
        (8, "Camera 7 (2)"),
    ]
    assert devices.camera_name(2) == "Second"
    assert devices.camera_name(9) == "Camera 9"


def test_asking_the_system_for_cameras_works() -> None:
    assert all(camera.name for camera in cameras())
