"""What makes a stream more than single pictures: tracking, smoothing, settings."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.faces.detector import FaceDetector
from mien.faces.places import ExpectedFace
from mien.probabilities.smoothing import Smoother
from mien.recognition.recognizer import Recognizer
from mien.recognition.settings import RecognizerSettings
from mien.sources import DemoSource
from mien.types import Frame, Image
from mien.video import VideoFile


def stream(image: Image, count: int, fps: float = 25.0) -> list[Frame]:
    return [Frame(i, i / fps, image) for i in range(count)]


def row(*values: float) -> np.ndarray:
    return np.array([values], np.float32)


def test_smoothing_forgets_in_seconds_not_in_frames() -> None:
    slow, fast = Smoother(), Smoother()
    slow.update([1], row(1, 0), 0.0, 0.5)
    fast.update([1], row(1, 0), 0.0, 0.5)
    for i in range(10):
        last = fast.update([1], row(0, 1), 0.05 * (i + 1), 0.5)
    assert last[0, 0] == pytest.approx(np.exp(-1), abs=1e-5)
    assert slow.update([1], row(0, 1), 0.5, 0.5)[0, 0] == pytest.approx(np.exp(-1), abs=1e-5)
    assert last.sum() == pytest.approx(1)


def test_each_track_is_smoothed_for_itself() -> None:
    smoother = Smoother()
    smoother.update([1], row(1, 0), 0.0, 0.5)
    assert smoother.update([2], row(0, 1), 0.1, 0.5).tolist() == [[0, 1]]
    assert smoother.update([1], row(0, 1), 20.0, 0.5)[0] == pytest.approx([0, 1], abs=1e-6)
    assert smoother.update([1], row(1, 0), 20.1, 0.0).tolist() == [[1, 0]]


def test_a_stream_detects_what_a_single_picture_does(shared: Path) -> None:
    photo = cv2.imread(str(shared / "photos" / "t1.jpg"))
    photo = cv2.resize(photo, (1280, 720), interpolation=cv2.INTER_AREA)
    with FaceDetector() as detector:
        expected: list[ExpectedFace] = []
        for _ in range(13):
            faces = detector.detect_in_stream(photo, expected)
            expected = [ExpectedFace(*face.centre, face.size) for face in faces]
        assert len(faces) == 6


def test_many_small_faces_are_found(shared: Path) -> None:
    photo = cv2.imread(str(shared / "photos" / "bald_guys.jpg"))
    with FaceDetector() as detector:
        assert len(detector.detect(photo)) >= 20


@pytest.mark.parametrize("every", [12, pytest.param(3, marks=pytest.mark.slow)])
def test_no_face_is_invented(every: int, shared: Path) -> None:
    found = []
    with FaceDetector() as detector, VideoFile(shared / "clips" / "no_face.mp4") as video:
        while (frame := video.read()) is not None and frame.index < 100:
            if frame.index % every == 0:
                found.append(len(detector.detect(frame.image)))
    assert len(found) > 3
    assert sum(found) == 0


def test_people_keep_their_numbers_and_are_smoothed(model_path: str) -> None:
    image = DemoSource(faces=6).draw(0.0)
    frames = stream(image, 16)
    frames[-1] = Frame(15, 15 / 25, cv2.convertScaleAbs(image, alpha=0.5))
    with Recognizer(model_path) as recognizer:
        results = [recognizer.recognize(frame).predictions for frame in frames]
        last = results[-1]
        assert {p.track_id for p in last} == {p.track_id for p in results[13]} == set(range(1, 7))
        assert any(not np.allclose(p.probabilities, p.raw_probabilities, atol=1e-6) for p in last)
        assert all(p.probabilities.sum() == pytest.approx(1, abs=1e-4) for p in last)


def test_settings_hold_for_the_next_frame(model_path: str) -> None:
    settings = RecognizerSettings(smoothing_s=0.0, min_confidence=0.0)
    image = DemoSource(faces=6).draw(0.0)
    with Recognizer(model_path, settings=settings) as recognizer:
        frames = iter(stream(image, 20))
        for _ in range(14):
            seen = recognizer.recognize(next(frames)).predictions
        assert len(seen) == 6
        assert all(p.sure and np.array_equal(p.probabilities, p.raw_probabilities) for p in seen)
        settings.max_faces, settings.min_confidence = 2, 1.01
        seen = recognizer.recognize(next(frames)).predictions
        assert len(seen) == 2
        assert not any(p.sure for p in seen)
        settings.min_face_score = 1.01
        assert recognizer.recognize(next(frames)).predictions == ()


def test_stills_are_neither_tracked_nor_smoothed(model_path: str) -> None:
    """Whichever way they are recognised: one by one or as an analysis does, several at once."""
    stills = [replace(DemoSource(1).read(), index=i, time_s=0.04 * i, still=True) for i in range(2)]
    stills[1] = replace(stills[1], image=stills[1].image[:, ::-1].copy())
    with Recognizer(model_path, settings=RecognizerSettings(smoothing_s=10.0)) as recognizer:
        alone = [recognizer.recognize_picture(frame).predictions[0] for frame in stills]
        one_by_one = [recognizer.recognize(frame).predictions[0] for frame in stills]
        together = [r.predictions[0] for r in recognizer.classify([recognizer.detect_and_track(f) for f in stills])]
    for prediction, expected in zip([*one_by_one, *together], [*alone, *alone], strict=True):
        assert prediction.track_id == expected.track_id == 1
        assert prediction.probabilities == pytest.approx(expected.probabilities, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("faces", [1, 6])
def test_each_face_of_the_demo_stays_one_person(faces: int, model_path: str) -> None:
    frames = round(1.1 * DemoSource.loop_s * DemoSource.fps)
    with Recognizer(model_path) as recognizer:  # every other frame only, in which they move twice as far
        tracked = [
            recognizer.detect_and_track(frame)
            for frame in iter(DemoSource(faces, frames).read, None)
            if frame.index % 2 == 0
        ]
    assert {number for one in tracked for number in one.tracks} == set(range(1, faces + 1))
    missed = sum(len(one.tracks) < faces for one in tracked)
    assert missed < 0.02 * len(tracked)


@pytest.mark.slow
def test_the_demo_is_unsure_for_a_moment_and_sure_else() -> None:
    blurred, plain = [], []
    with Recognizer() as recognizer:
        for frame in iter(DemoSource(frames=500).read, None):
            if frame.index % 20 == 0:
                (prediction,) = recognizer.recognize_picture(frame).predictions
                (blurred if 0.65 < frame.index / 500 < 0.75 else plain).append(prediction.sure)
    assert not any(blurred)
    assert np.mean(plain) > 0.8
