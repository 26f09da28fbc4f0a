"""What an annotated or blurred video must not carry on: where, when and with what the original was made."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame
from tests.core.video.clips import add_stream, faces

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.errors import MienError
from mien.session.export.base import ExportOptions
from mien.session.export.video import VIDEO
from mien.session.session import Session

SECRETS = {
    "location": "+52.5163+013.3777/",
    "com.apple.quicktime.location.ISO6709": "+52.5163+013.3777/",
    "make": "Phonemaker",
    "model": "Phone 12",
    "creation_time": "2021-03-04T05:06:07.000000Z",
    "artist": "Erika Mustermann",
    "comment": "at the clinic",
    "title": "participant 7",
}
TRACES = [b"52.5163", b"Phone", b"2021", b"Erika", b"clinic", b"participant", b"Core Media"]


def tell_tale_video(path: Path) -> Path:
    """A video with sound and a chapter that says all of `SECRETS`, of the file and of its streams."""
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as out:
        video = add_stream(out, "libx264", (320, 240))
        sound: Any = out.add_stream("aac", rate=16_000)
        out.metadata.update(SECRETS)
        for stream in (video, sound):
            stream.metadata.update({**SECRETS, "handler_name": "Core Media of Phone 12", "language": "deu"})
        chapter = {"id": 1, "start": 0, "end": 100, "time_base": Fraction(1, 100)}
        out.set_chapters([{**chapter, "metadata": {"title": "Erika at the clinic"}}])
        for image in faces(20)[:6]:
            out.mux(video.encode(VideoFrame.from_ndarray(image, format="bgr24")))
        out.mux(video.encode(None))
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), "fltp", "mono")
        silence.sample_rate = 16_000
        out.mux(sound.encode(silence) + sound.encode(None))
    return path


def session_of(path: Path, folder: Path, model_path: str) -> Session:
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        analyse(path, folder, recognizer, options)
    return Session(folder)


BLURRED = ExportOptions(boxes=False, blur="all")


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory, model_path: str) -> Session:
    folder = tmp_path_factory.mktemp("photo")
    cv2.imwrite(str(folder / "a.jpg"), faces(2)[0])
    return session_of(folder / "a.jpg", folder / "s", model_path)


@pytest.mark.parametrize(
    ("ending", "options"),
    [("mp4", ExportOptions()), ("mov", BLURRED), pytest.param("mkv", BLURRED, marks=pytest.mark.slow)],
)
def test_videos_carry_nothing_of_the_original_but_its_pictures_and_sound(
    tmp_path: Path, model_path: str, ending: str, options: ExportOptions
) -> None:
    source = tell_tale_video(tmp_path / f"a.{ending}")
    assert any(trace in source.read_bytes() for trace in TRACES)
    written = tmp_path / "out.mp4"
    VIDEO.export(session_of(source, tmp_path / "s", model_path), written, options)
    data = written.read_bytes()
    assert [trace for trace in TRACES if trace in data] == []
    with av.open(str(written)) as container:
        assert set(container.metadata) <= {"major_brand", "minor_version", "compatible_brands", "encoder"}
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        assert container.chapters() == []
        for stream in container.streams:
            assert stream.metadata.get("handler_name") in ("VideoHandler", "SoundHandler")


def test_of_a_picture_a_picture_is_proposed(photo: Session, copy: Session, tmp_path: Path) -> None:
    assert VIDEO.suffixes_for(photo)[0] == ".png"
    assert VIDEO.suffixes_for(copy) == (".mp4",)
    with pytest.raises(MienError, match=r"ends with \.png"):
        VIDEO.export(photo, tmp_path / "out.mp4")


def test_a_folder_that_cannot_be_written_is_said_in_a_line(tmp_path: Path, copy: Session) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "out.mp4", Path("/proc/out.mp4")):
        with pytest.raises(MienError, match=r"out\.mp4 cannot be written") as told:
            VIDEO.export(copy, path)
        assert "\n" not in str(told.value)
