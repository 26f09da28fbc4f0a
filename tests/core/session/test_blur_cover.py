"""The blur covers a face in each frame in which it is visible, whether it was found there or not."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from mien.analysis.analyse import analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.faces.detector import FaceDetector
from mien.session.export.anonymise import Blurring
from mien.session.session import Session
from mien.types import Image
from mien.video import VideoFile

FPS, SIDE = 25, 40
NOISE = np.random.default_rng(0).integers(0, 255, (400, 1600, 3), np.uint8)
Way = Callable[[float], tuple[float, float]]
"""The upper left corner of a face at a time."""


@cache
def opened() -> Session:
    return Session(Path(__file__).parents[2] / "data" / "sessions" / "analysed")


def session_of(
    times: NDArray[np.float64], boxes: NDArray[np.float64], step_s: float, *, followed: bool = True
) -> Session:
    """One track, or a track for each box, over a session of 4 seconds."""
    made, count = copy(opened()), len(times)
    made.frame_times = np.arange(0, 4, step_s)
    rows = made.rows
    made.rows = replace(
        rows,
        frame=np.searchsorted(made.frame_times, times - 1e-6),
        time_s=times,
        person=np.ones(count, int),
        track=np.ones(count, int) if followed else np.arange(count),
        box=boxes,
    )
    return made


def covered(image: Image, box: tuple[float, float, float, float]) -> float:
    """The share of a face's ellipse that differs from the noise."""
    left, top, width, height = (round(v) for v in box)
    mask = np.zeros((height, width), np.uint8)
    cv2.ellipse(mask, (width // 2, height // 2), (width // 2, height // 2), 0, 0, 360, 1, -1)
    part = np.s_[top : top + height, left : left + width]
    return float((image[part] != NOISE[part]).any(2)[mask > 0].mean())


def least_covered(session: Session, way: Way, times: NDArray[np.float64]) -> float:
    blurring, shares = Blurring(session, "all"), []
    for time_s in times:
        image = NOISE.copy()
        blurring.cover(image, float(time_s))
        shares.append(covered(image, (*way(float(time_s)), SIDE, SIDE)))
    return min(shares)


def fast(time_s: float) -> tuple[float, float]:
    """Nine times its own width a second."""
    return 100 + 9 * SIDE * time_s, 150


def turning(time_s: float) -> tuple[float, float]:
    """There and back, each second."""
    return 600 + 150 * np.sin(2 * np.pi * time_s), 150 + 60 * np.cos(2 * np.pi * time_s)


def still(time_s: float) -> tuple[float, float]:
    return 300, 150


def boxes_along(way: Way, times: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([(*way(float(time_s)), SIDE, SIDE) for time_s in times], float)


@pytest.mark.parametrize("every", [1, 2, 5])
@pytest.mark.parametrize("way", [fast, turning, still])
def test_between_analysed_frames(way: Way, every: int) -> None:
    times = np.arange(1.0, 3.0, every / FPS)
    session = session_of(times, boxes_along(way, times), every / FPS)
    assert least_covered(session, way, np.arange(1.0, times[-1], 1 / FPS)) > 0.97


@pytest.mark.parametrize("every", [2, 5, 10, 40])
def test_between_analysed_frames_of_a_face_that_could_not_be_followed(every: int) -> None:
    """It moved so far from one to the next that each time it has a new track."""
    times = np.arange(0.0, 4.0, every / FPS)
    session = session_of(times, boxes_along(fast, times), every / FPS, followed=False)
    assert least_covered(session, fast, np.arange(0.0, times[-1], 1 / FPS)) > 0.97


@pytest.mark.parametrize("every", [1, 5])
@pytest.mark.parametrize("way", [fast, still])
def test_before_the_first_and_after_the_last(way: Way, every: int) -> None:
    """As it moved where it was found: a face of a fast way is up to four and a half of its sizes away from there."""
    times = np.arange(1.0, 3.0, every / FPS)
    session = session_of(times, boxes_along(way, times), every / FPS)
    outside = np.concatenate([np.arange(0.52, 1.0, 2 / FPS), np.arange(times[-1], times[-1] + 0.5, 2 / FPS)])
    assert least_covered(session, way, outside) > 0.97


def test_a_small_face_that_a_sparse_analysis_found_late() -> None:
    """One analysed frame in five, each of twelve of which may be the first that finds it."""
    times = np.arange(3.0, 3.8, 5 / FPS)
    session = session_of(times, boxes_along(still, times), 5 / FPS)
    assert least_covered(session, still, np.arange(0.7, 3.0, 1 / FPS)) > 0.97


@pytest.mark.parametrize("gap", [(1.4, 1.6), (1.4, 2.2), (1.04, 2.4)])
@pytest.mark.parametrize("way", [fast, still])
def test_where_it_was_lost_for_a_while(way: Way, gap: tuple[float, float]) -> None:
    times = np.arange(1.0, 3.0, 1 / FPS)
    times = times[(times < gap[0]) | (times > gap[1])]
    session = session_of(times, boxes_along(way, times), 1 / FPS)
    assert least_covered(session, way, np.arange(1.0, 3.0, 1 / FPS)) > 0.97


@pytest.mark.parametrize("place", [0, 20, -1])
def test_a_box_that_is_too_small_in_one_frame(place: int) -> None:
    """As where a tile has half of the face."""
    times = np.arange(1.0, 3.0, 1 / FPS)
    boxes = boxes_along(still, times)
    boxes[place] = 315, 170, 16, 16
    session = session_of(times, boxes, 1 / FPS)
    assert least_covered(session, still, times) > 0.97


def test_nothing_is_covered_long_before_and_after() -> None:
    times = np.arange(1.5, 2.5, 1 / FPS)
    session = session_of(times, boxes_along(still, times), 1 / FPS)
    for time_s in (0.0, 0.9, 3.1, 3.9):
        image = NOISE.copy()
        Blurring(session, "all").cover(image, time_s)
        assert (image == NOISE).all()


@pytest.mark.parametrize("times", [np.arange(0.0, 1.0, 1 / FPS), np.arange(3.0, 4.0, 1 / FPS)])
def test_while_a_recordings_recognition_lagged(times: NDArray[np.float64]) -> None:
    """Nothing was analysed for two seconds, in which a face came or went."""
    session = session_of(times, boxes_along(still, times), 1 / FPS)
    session.frame_times = np.concatenate([np.arange(0.0, 1.0, 1 / FPS), np.arange(3.0, 4.0, 1 / FPS)])
    assert least_covered(session, still, np.arange(1.0, 3.0, 1 / FPS)) > 0.97


def test_who_is_covered_is_not_named() -> None:
    session = copy(opened())
    first, *_ = session.people()
    session.edits = session.edits.named(first, "Erika")
    assert Blurring(session, "").name(first) == Blurring(session, f"others:{first}").name(first) == "Erika"
    assert Blurring(session, "all").name(first) == f"Person {first}"


@pytest.mark.slow
@pytest.mark.parametrize(("clip", "end_s"), [("single_face.mp4", None), ("WolfgangLanger_Pexels.mp4", 8.0)])
@pytest.mark.parametrize("every", [1, 5])
def test_no_frame_of_the_clips_shows_a_face(
    shared: Path, model_path: str, tmp_path: Path, clip: str, end_s: float | None, every: int
) -> None:
    """Looked for by a detector that overlooks nothing, whole picture and all tiles of each frame, at a low score."""
    options = AnalysisOptions(model=model_path, every=every, end_s=end_s)
    with recognizer_for(options, threads=1) as recognizer:
        analyse(shared / "clips" / clip, tmp_path / "s", recognizer, options)
    session = Session(tmp_path / "s")
    blurring, visible = Blurring(session, "all"), 0
    with FaceDetector(min_score=0.3) as detector, VideoFile(shared / "clips" / clip) as video:
        while (frame := video.read()) is not None and frame.time_s <= session.frame_times[-1]:
            before = frame.image.copy()
            blurring.cover(frame.image, frame.time_s)
            for face in detector.detect(before)[:1]:  # there is one person in these clips
                left, top, width, height = (max(round(v), 0) for v in face.box)
                mask = np.zeros(before.shape[:2], np.uint8)
                cv2.ellipse(mask, (left + width // 2, top + height // 2), (width // 2, height // 2), 0, 0, 360, 1, -1)
                changed = (frame.image != before).any(2)[mask > 0].mean()
                assert changed > 0.85, frame  # a blurred pixel may have its old colour
                visible += 1
    assert visible >= 70


@pytest.mark.parametrize("apart_s", [0, 1e-12, 1e-3])
def test_a_face_of_any_speed_is_covered(apart_s: float) -> None:
    boxes = np.array([[100.0, 100, SIDE, SIDE], [105, 100, SIDE, SIDE]])
    session = session_of(np.array([1, 1 + apart_s]), boxes, 1 / FPS)
    image = NOISE.copy()
    Blurring(session, "all").cover(image, 0.8)
    assert covered(image, (100, 100, SIDE, SIDE)) == 1
