"""Does the window's work once without a display."""

import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize

from mien.cli.console import say
from mien.errors import MienError
from mien.live.state import State
from mien.probabilities.wording import in_words, limit_in_words
from mien.sources import AnyAddress, open_source, shown_name
from mien.utils.counts import counted
from mien.utils.files import check_output, make_folder, writing
from mien.utils.images import rotated
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.application import close_for_good, make_application
from mien_app.startup.live_table import LiveTable

_PATIENCE_S = 30.0  # of the picture of the window, for a face
_SHOWN_S = 3.0  # into the source, when it is taken
_WINDOW = QSize(1240, 780)  # px, in which no text of it is shortened


def run_headless(
    source_address: AnyAddress,
    model: str,
    *,
    frames: int,
    out: Path,
    max_faces: int = 16,
    rotate: int = 0,
    pose: bool = False,
) -> int:
    """Classify the faces of frames one after another; write faces.csv and a picture of the window.

    Args:
        source_address: of `mien.sources.open_source`.
        model: name or path.
        frames: how many at most.
        out: folder for both files.
        max_faces: the largest of a frame are classified.
        rotate: turn each picture clockwise by so many degrees (see `mien.types.ROTATIONS`).
        pose: also measure head pose, eyes and mouth.

    Raises:
        MienError: the source cannot be opened or has no frame, the model is missing, or `out` cannot be written.
    """
    from mien.recognition.recognizer import Recognizer
    from mien.recognition.settings import RecognizerSettings

    source = open_source(source_address)
    with writing(out):
        make_folder(out)
    check_output(out / "window.png")
    settings = RecognizerSettings(max_faces=max_faces, pose=pose)
    with LiveTable(out / "faces.csv", pose=pose) as table, Recognizer(model, settings=settings) as recognizer:
        began, count, faces, left_out = time.monotonic(), 0, 0, 0
        while count < frames and (frame := source.read()) is not None:
            frame = replace(frame, image=rotated(frame.image, rotate))
            recognition = recognizer.recognize(frame)
            predictions = recognition.predictions
            table.write(frame, recognition, recognizer.classes)
            if count % 25 == 0:
                line = ", ".join(f"{in_words(p, recognizer.classes)} ({p.face.size:.0f} px)" for p in predictions)
                say(f"{frame.time_s:6.2f} s  {line or 'no face'}")
            count, faces, left_out = count + 1, faces + len(predictions), left_out + recognition.left_out
        if not count:
            raise MienError(f"{shown_name(source_address)} has no frame that can be read.")
    source.close()
    seconds = time.monotonic() - began
    print(f"{counted(count, 'frame')}, {counted(faces, 'face')}, {1000 * seconds / count:.0f} ms a frame")
    if left_out:
        print(f"{limit_in_words(faces, left_out, count)} Classify more with --max-faces.")
    _draw_window(source_address, model, rotate, out / "window.png")
    say(f"Results: {out / 'faces.csv'}, a picture of the window: {out / 'window.png'}")
    return 0


def _draw_window(source_address: AnyAddress, model: str, rotate: int, path: Path) -> None:
    """Run the real window off screen until it shows a face, and save a picture of it."""
    application = make_application()
    with TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder) / "settings.ini")
        window = MainWindow(model, preferences)
        try:
            window.resize(_WINDOW)  # the screen that is not there is small
            window.show()
            window.live.settings_dialog.choose_rotation(rotate)
            window.open_source(source_address)
            pipeline = window.live.host.pipeline
            deadline = time.monotonic() + _PATIENCE_S
            while pipeline is not None and time.monotonic() < deadline:
                application.processEvents()
                time.sleep(0.01)
                result = pipeline.results.peek()
                if result is not None and result.recognition.predictions and result.recognition.time_s > _SHOWN_S:
                    break
                ended = pipeline.status.state in (State.ENDED, State.FAILED)
                if ended and (result is not None or pipeline.status.state is State.FAILED):
                    break
            for _ in range(10):
                application.processEvents()
                time.sleep(0.02)
            if not window.grab().save(str(path)):  # Qt does not tell why
                raise MienError(f"{path} cannot be written. Choose another folder, or make room there.")
        finally:
            close_for_good(window)
