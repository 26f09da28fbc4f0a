"""`mien.read`, `mien.read_crops`, `mien.stream` and `mien.analyze`."""

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mien.api.result import Result, Results
from mien.errors import MienError
from mien.faces.alignment import FERPLUS_POINTS
from mien.models.cards import DEFAULT_MODEL
from mien.recognition.recognizer import Recognizer, TrackedFrame
from mien.recognition.settings import RecognizerSettings
from mien.sources import open_source
from mien.sources.address import Address
from mien.types import Face, Frame, Image, Recognition
from mien.utils.file_kinds import is_picture
from mien.utils.given_pictures import as_image

if TYPE_CHECKING:
    from mien.session.session import Session

log = logging.getLogger(__name__)

_BATCH = 64  # crops
_MOST_FACES = RecognizerSettings.max_faces

_lock = threading.Lock()
_last: tuple[str, Recognizer] | None = None  # a model loads for a second, and programs call `read` for each picture


@contextmanager
def _recognizer(model: str, settings: RecognizerSettings) -> Iterator[Recognizer]:
    """The recogniser of the model that was used last, lent to one thread at a time."""
    global _last
    with _lock:
        if _last is None or _last[0] != model:
            new = Recognizer(model)
            if _last is not None:
                _last[1].close()
            _last = model, new
        _last[1].settings = settings
        yield _last[1]


def read(
    picture: Any,
    *,
    rgb: bool = False,
    model: str = DEFAULT_MODEL,
    pose: bool = False,
    max_faces: int = _MOST_FACES,
) -> Result:
    """Find the faces of a picture and classify their expressions.

    Args:
        picture: a path, a PIL image, an array (height, width, 3) or a PyTorch tensor; see `mien.utils.given_pictures`.
        rgb: an array's colours are red, green, blue, as of PIL and Matplotlib. Else they are taken as blue, green, red,
            as of OpenCV; nobody can tell from the numbers.
        model: a name or a path.
        pose: also measure head pose, eyes and mouth (`Prediction.pose`), of faces of at least 48 px.
        max_faces: how many faces are classified, 1 or more: the largest. `Result.left_out` counts the others.

    Raises:
        TypeError: it is nothing that could be a picture.
        MienError: it is one that cannot be read, there is no such model, or `max_faces` cannot be.
    """
    settings = RecognizerSettings(pose=pose, max_faces=max_faces)
    try:
        frame = Frame(0, 0.0, as_image(picture, rgb=rgb), still=True)
    except MienError as error:
        if isinstance(picture, (str, Path)) and Path(picture).exists() and not is_picture(Path(picture)):
            raise MienError(f"{error} For a film, or a folder of pictures, there is mien.stream(source).") from error
        raise
    with _recognizer(model, settings) as recognizer:
        return _result(frame, recognizer.recognize(frame), recognizer, _name(picture))


def read_crops(crops: Iterable[Any], *, rgb: bool = False, model: str = DEFAULT_MODEL) -> Results:
    """Classify faces that are cut out already, without looking for them.

    Args:
        crops: pictures as in `read`, of any size, also as one array (N, height, width, 3) or (N, height, width), but
            three or four grey ones as a list: their array could be one picture in colour. Each has one upright face
            that fills it from the eyebrows to the chin: the eyes two fifths from the top and a bit more than a third
            of the width apart, as in FERPlus and RAF-DB. What is not square is filled up at its edges. Of pictures
            with room around the face, or a tilted one, `read` does better.
        rgb: as in `read`.
        model: a name or a path.

    Returns:
        A result for each, in their order, whose one face is the whole picture.

    Raises:
        TypeError: they are one picture or could be, or something among them is nothing that could be a picture.
        MienError: something among them cannot be read, or there is no such model.
    """
    if isinstance(crops, (str, Path)) or _is_one_picture(crops):
        raise TypeError("Pass a list of crops, also of a single one. For a whole picture there is mien.read(picture).")
    given = list(crops)
    results = Results()
    with _recognizer(model, RecognizerSettings()) as recognizer:
        for first in range(0, len(given), _BATCH):
            part = given[first : first + _BATCH]
            frames = [Frame(first + i, 0.0, as_image(crop, rgb=rgb), still=True) for i, crop in enumerate(part)]
            tracked = [TrackedFrame(frame, [_whole(frame.image)], [1]) for frame in frames]
            for crop, frame, seen in zip(part, frames, recognizer.classify(tracked, ready_made=True), strict=True):
                results.append(_result(frame, seen, recognizer, _name(crop)))
    return results


def _is_one_picture(given: Any) -> bool:
    """Whether it is or could be one picture, though a program could take row after row of it."""
    shape = getattr(given, "shape", None)
    if shape is None:
        return type(given).__module__.partition(".")[0] == "PIL"
    return len(shape) == 2 or (len(shape) == 3 and (shape[-1] in (1, 3, 4) or shape[0] in (3, 4)))


def _whole(image: Image) -> Face:
    """The face that fills a crop, lying in it as in FERPlus."""
    height, width = image.shape[:2]
    side = max(width, height)
    points = FERPLUS_POINTS * side + ((width - side) / 2, (height - side) / 2)
    ears = points[:2]  # nobody looks at them
    return Face((0, 0, width, height), np.vstack([points, ears]).astype(np.float32), 1.0)


def stream(
    source: Any,
    *,
    rgb: bool = False,
    model: str = DEFAULT_MODEL,
    pose: bool = False,
    max_faces: int = _MOST_FACES,
) -> Iterator[Result]:
    """Recognise frame after frame: faces keep their numbers, probabilities are smoothed.

    Args:
        source: what `mien.open_source` takes, or the frames themselves, an iterable
            of pictures as in `read` (25 a second) or of `Frame`, also an array (N, height, width, 3).
        rgb: as in `read`.
        model: a name or a path.
        pose: as in `read`.
        max_faces: as in `read`, of a frame.

    Yields:
        A result for each frame, until the source ends.

    Raises:
        TypeError: it is no source, or gives something that could not be a picture; when the first result is asked for.
        MienError: the source cannot be opened, there is no such model, or `max_faces` cannot be; likewise.
    """
    settings = RecognizerSettings(pose=pose, max_faces=max_faces)
    frames, name = _frames(source, rgb)
    with Recognizer(model, settings=settings) as recognizer, closing(frames):
        for frame in frames:
            yield _result(frame, recognizer.recognize(frame), recognizer, name)


def _frames(source: Any, rgb: bool) -> tuple[Any, str]:
    if isinstance(source, (str, Path, int, Address)):
        opened = open_source(source)
        return _read_all(opened), opened.name
    if not isinstance(source, Iterable) or isinstance(source, bytes) or _is_one_picture(source):
        raise TypeError(f"{type(source).__name__} is no source. Pass an address, or an iterable of pictures or frames.")
    return _given(source, rgb), ""


def _read_all(source: Any) -> Iterator[Frame]:
    with closing(source):
        while (frame := source.read()) is not None:
            yield frame


def _given(pictures: Iterable[Any], rgb: bool) -> Iterator[Frame]:
    for index, picture in zip(count(), pictures, strict=False):
        if isinstance(picture, Frame):
            yield picture
        else:
            yield Frame(index, index / 25, as_image(picture, rgb=rgb))


def analyze(inputs: Any, out: str | Path, *, threads: int | None = None, **options: Any) -> "list[Session]":
    """Analyse videos and pictures into session folders, as `mien analyze` does; what was begun goes on.

    Args:
        inputs: a path, a folder or a pattern, or several of them.
        out: the folder in which each gets a session folder.
        threads: on the CPU, 1 or more; None takes every core.
        options: those of `mien.analysis.options.AnalysisOptions`: model, every, start_s, end_s, smoothing_s, pose...

    Returns:
        The sessions. Files that cannot be analysed are logged and left out.

    Raises:
        MienError: nothing could be analysed, there is no such file or model, or an option has a value that cannot be.
        TypeError: there is no such option, or something among the inputs is no path.
    """
    from mien.analysis.batch import analyse_all
    from mien.analysis.inputs import expand_paths, jobs
    from mien.analysis.options import AnalysisOptions
    from mien.session.session import Session

    given: Sequence[Any] = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    for item in given:
        if not isinstance(item, (str, Path)):
            raise TypeError(f"{type(item).__name__} is no file. Pass a path, or several.")
    work = jobs(expand_paths([str(item) for item in given]), Path(out))
    # JSON, as which they are kept, knows no numbers of NumPy's.
    plain = {name: value.item() if isinstance(value, np.generic) else value for name, value in options.items()}
    sessions, errors = [], []
    for outcome in analyse_all(work, AnalysisOptions(**plain), threads=threads):
        if outcome.error:
            name = outcome.job.path.name
            errors.append(outcome.error if name in outcome.error else f"{name}: {outcome.error}")
            log.warning("%s", errors[-1])
        else:
            sessions.append(Session(outcome.job.session))
    if not sessions:
        raise MienError(" ".join(errors) or "There is nothing to analyse.")
    return sessions


def _result(frame: Frame, seen: Recognition, recognizer: Recognizer, name: str) -> Result:
    pose = recognizer.settings.pose
    return Result(name, frame, seen, recognizer.classes, recognizer.card.name, pose)


def _name(picture: Any) -> str:
    return Path(picture).name if isinstance(picture, (str, Path)) else ""
