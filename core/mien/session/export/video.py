"""A session's video with boxes and expressions, or with faces made unrecognisable; the sound is kept."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import cv2

from mien.errors import MienError
from mien.session.export.anonymise import Blurring
from mien.session.export.overlay import draw_faces
from mien.session.session import Session
from mien.sources.address import is_picture
from mien.types import SAME_TIME_S
from mien.utils.files import write_atomic
from mien.utils.images import read_picture
from mien.video.reader import VideoFile
from mien.video.writer import Sound, VideoWriter


def render(
    session: Session,
    path: Path,
    *,
    start_s: float | None = None,
    end_s: float | None = None,
    boxes: bool = True,
    blur: str = "",
    progress: Callable[[float], None] = lambda share: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Write a part of a session's video, or all that was analysed of it. A part's times begin with 0.

    Args:
        session: its rows say what to draw and what to cover.
        path: an MP4 file, or a picture's where the session is of one; it appears when it is whole.
        start_s: first moment; None for the first analysed frame.
        end_s: last moment; None for the last analysed frame.
        boxes: draw boxes, persons and expressions.
        blur: of `Blurring`.
        progress: told the share done, 0..1.
        should_stop: asked with each frame; True leaves nothing behind.

    Raises:
        MienError: the video is gone, or the file cannot be written.
    """
    video_path = session.video
    if video_path is None:
        raise MienError(f"The video of {session.name} is gone from {session.description.input.path}.")
    if is_picture(video_path):
        _render_picture(session, video_path, path, boxes=boxes, blur=blur)
        return
    part = start_s is not None
    first = max(start_s or 0.0, float(session.frame_times[0]))
    last = float(session.frame_times[-1]) if end_s is None else min(end_s, float(session.frame_times[-1]))
    covering = Blurring(session, blur)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with ExitStack() as open_files:
            video = open_files.enter_context(VideoFile(video_path))
            origin = first if part else 0.0
            sound = open_files.enter_context(Sound(video_path, origin, last))
            writer = None
            video.go_to(first)
            while (frame := video.read()) is not None and frame.time_s <= last + SAME_TIME_S:
                if should_stop():
                    return
                place = session.place_at(frame.time_s)
                covering.cover(frame.image, place)
                if boxes:
                    draw_faces(frame.image, session.predictions(place), session.classes, session.person_name)
                if writer is None:
                    tall, wide = frame.image.shape[:2]
                    writer = open_files.enter_context(VideoWriter(unfinished, wide, tall, video.rate, sound=sound))
                writer.write(frame.image, frame.time_s - origin)
                progress((frame.time_s - first) / max(last - first, 1e-6))
        if writer is None:
            raise MienError(f"{session.name} has no frame between {first:.2f} and {last:.2f} s.")
        unfinished.replace(path)
    except OSError as error:
        raise MienError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _render_picture(session: Session, source: Path, path: Path, *, boxes: bool, blur: str) -> None:
    image = read_picture(source)
    Blurring(session, blur).cover(image, 0)
    if boxes:
        draw_faces(image, session.predictions(0), session.classes, session.person_name)
    try:
        good, data = cv2.imencode(path.suffix, image)
        if good:
            write_atomic(path, data.tobytes())
    except (OSError, cv2.error) as error:
        raise MienError(f"{path} cannot be written: {getattr(error, 'strerror', None) or 'unknown ending'}.") from error
