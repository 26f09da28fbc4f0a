"""A session's video with boxes and expressions, or with faces blurred; the sound is kept."""

import os
from contextlib import ExitStack
from pathlib import Path

from mien import language
from mien.errors import MienError
from mien.session.export.anonymise import Blurring
from mien.session.export.base import Exporter, ExportOptions
from mien.session.export.overlay import draw_faces
from mien.session.older_reading import was_read_otherwise
from mien.session.session import Session
from mien.types import SAME_TIME_S, Image
from mien.utils.file_kinds import is_picture
from mien.utils.files import check_output, make_folder, reading, unfinished_name, write_atomic
from mien.utils.images import encode_picture
from mien.utils.renaming import put_in_place
from mien.video.writer import Sound, VideoWriter

_VIDEOS, _PICTURES = (".mp4",), (".png", ".jpg", ".jpeg")


def _write(session: Session, path: Path, options: ExportOptions) -> int:
    """A span's times begin with 0, a whole file's with its first frame. The session of a picture gives a picture."""
    source = session.video
    if source is None:
        raise session.without_video()
    if options.blur:
        _check_unchanged(session, source)
    if is_picture(source):
        return _write_picture(session, source, path, options)
    span = options.span_of(session)
    analysed = session.frame_times[(session.frame_times >= span.start_s) & (session.frame_times < span.end_s)]
    if not len(analysed):
        raise MienError(
            language.tr("{} has no frame between {} and {} s. Choose another range.").format(
                session.name, language.number(span.start_s, 2), language.number(span.end_s, 2)
            )
        )
    first, last = max(span.start_s, float(session.frame_times[0])), float(analysed[-1])
    covering = Blurring(session, options.blur)
    check_output(path)
    make_folder(path.parent)
    unfinished = unfinished_name(path)
    written = 0
    try:
        with ExitStack() as open_files:
            video = open_files.enter_context(session.open_video(source))
            if options.blur and was_read_otherwise(session, video):
                raise MienError(
                    language.tr(
                        "{} was analysed by an older version of Mien, which read this video otherwise: its faces would "
                        "stay visible. Analyse it again."
                    ).format(source),
                    "analyze --replace",
                )
            origin = first if options.span else video.first_s
            sound = open_files.enter_context(Sound(source, origin, last))
            writer = None
            video.go_to(first)
            while (frame := video.read()) is not None and frame.time_s <= last + SAME_TIME_S:
                if options.should_stop():
                    return 0
                image = frame.image
                _draw(session, image, frame.time_s, covering, options)
                if writer is None:
                    tall, wide = image.shape[:2]
                    writer = open_files.enter_context(
                        VideoWriter(unfinished, wide, tall, video.rate, sound=sound, named=path)
                    )
                writer.write(image, frame.time_s - origin)
                written += 1
                options.progress((frame.time_s - first) / max(last - first, 1e-6))
        if not written:
            raise MienError(
                language.tr("{} has no frame between {} and {} s. It may have been replaced.").format(
                    source, language.number(first, 2), language.number(last, 2)
                )
            )
        with unfinished.open("r+b") as file:
            os.fsync(file.fileno())  # what has its name is whole, also after a power cut
        put_in_place(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def _check_unchanged(session: Session, source: Path) -> None:
    with reading(source):
        unchanged = session.manifest.input.is_still(source)
    if not unchanged:
        raise MienError(
            language.tr(
                "{} was changed after it was analysed: its faces may be elsewhere, and would stay visible. Analyse it "
                "again."
            ).format(source),
            "analyze --replace",
        )


def _write_picture(session: Session, source: Path, path: Path, options: ExportOptions) -> int:
    image = session.read_picture(source)
    _draw(session, image, 0.0, Blurring(session, options.blur), options)
    write_atomic(path, encode_picture(image, path.suffix))
    return 1


def _draw(session: Session, image: Image, time_s: float, covering: Blurring, options: ExportOptions) -> None:
    covering.cover(image, time_s)
    place = session.shown_at(time_s) if options.boxes else None
    if place is not None:
        draw_faces(image, session.predictions(place), session.classes, covering.name)


def _suffixes(session: Session) -> tuple[str, ...]:
    source = session.video
    if source is None:  # it is gone, which is what is to be said
        return _VIDEOS + _PICTURES
    return _PICTURES if is_picture(source) else _VIDEOS


VIDEO = Exporter(
    "video",
    _VIDEOS,
    _write,
    "the video with boxes and expressions, or with faces blurred",
    by_session=_suffixes,
)
