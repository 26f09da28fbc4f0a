"""A session of a video whose pixels are not square, also one that an older version made."""

import json
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.core.video.clips import faces, write_clip

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.session.export.base import ExportOptions
from mien.session.export.video import VIDEO
from mien.session.folder import MANIFEST
from mien.session.session import Session
from mien.video import VideoFile


def first_picture(session: Session, path: Path, options: ExportOptions) -> np.ndarray:  # type: ignore[type-arg]
    VIDEO.export(session, path, options)
    with VideoFile(path) as video:
        frame = video.read()
    assert frame is not None
    return frame.image


def test_boxes_and_written_videos_have_square_pixels(tmp_path: Path, model_path: str) -> None:
    images = faces(20)[:4]
    stored = [cv2.resize(image, (160, 240), interpolation=cv2.INTER_AREA) for image in images]
    source = write_clip(tmp_path / "a.mp4", stored, sample_aspect_ratio=Fraction(2))
    options = AnalysisOptions(model=model_path)
    with recognizer_for(options) as recognizer:
        analyse(source, tmp_path / "s", recognizer, options)
        wanted = recognizer.detect(images[0])[0].box
    session = Session(tmp_path / "s")
    assert (session.manifest.input.width, session.manifest.input.height) == (320, 240)
    assert session.predictions(0)[0].face.box == pytest.approx(wanted, abs=6)
    annotated = first_picture(session, tmp_path / "annotated.mp4", ExportOptions())
    blurred = first_picture(session, tmp_path / "blurred.mp4", ExportOptions(boxes=False, blur="all"))
    assert annotated.shape == blurred.shape == (240, 320, 3)
    left, top, width, height = (round(v) for v in wanted)
    face = slice(top, top + height), slice(left, left + width)
    assert cv2.Laplacian(blurred[face], cv2.CV_64F).std() < 0.5 * cv2.Laplacian(images[0][face], cv2.CV_64F).std()

    path = tmp_path / "s" / MANIFEST  # as an older version wrote it, whose boxes counted the file's own pixels
    values = json.loads(path.read_text())
    del values["input"]["square_pixels"]
    path.write_text(json.dumps(values))
    assert first_picture(Session(tmp_path / "s"), tmp_path / "old.mp4", ExportOptions()).shape == (240, 160, 3)
