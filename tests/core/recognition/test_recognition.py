from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from mien.data.faceset import FaceSet
from mien.errors import MienError
from mien.evaluation.end_to_end import SIDES, evaluate_through_detector, pasted
from mien.evaluation.network_classifier import load_classifier
from mien.expressions import EXPRESSIONS
from mien.faces.alignment import FERPLUS_POINTS, FREE_TILT, crop, fit, similarity_transform
from mien.faces.detector import FaceDetector
from mien.recognition.recognizer import Recognizer
from mien.sources import DemoSource
from mien.types import Face, Frame


@pytest.fixture(scope="module")
def recognizer(model_path: str) -> Recognizer:
    with Recognizer(model_path) as made:
        yield made


def demo_frame(index: int = 0) -> Frame:
    source = DemoSource()
    for _ in range(index):
        source.read()
    frame = source.read()
    assert frame is not None
    return frame


def face_at(centre: tuple[float, float], side: float, tilt_deg: float = 0.0) -> Face:
    """A face whose keypoints lie exactly as in FERPlus, scaled, turned and moved."""
    t = np.deg2rad(tilt_deg)
    turn = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
    points = (FERPLUS_POINTS - 0.5) * side @ turn.T + centre
    keypoints = np.vstack([points, points[:2]]).astype(np.float32)
    return Face((centre[0] - side / 2, centre[1] - side / 2, side, side), keypoints, 0.9)


@pytest.mark.parametrize("side", [48, 96, 144, 480])
def test_a_face_that_lies_as_in_ferplus_is_cut_out_whole(side: int) -> None:
    rng = np.random.default_rng(0)
    small = cv2.resize(rng.integers(0, 255, (6, 6), dtype=np.uint8), (48, 48), interpolation=cv2.INTER_CUBIC)
    image = np.zeros((600, 700), np.uint8)
    image[60 : 60 + side, 100 : 100 + side] = cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC)
    cut = crop(image, face_at((100 + side / 2, 60 + side / 2), side), 48)
    assert cut.shape == (48, 48)
    inner = slice(2, -2)
    assert np.abs(cut[inner, inner].astype(float) - small[inner, inner]).mean() < 4


@pytest.mark.parametrize(("tilt", "left"), [(0, 0), (10, 10), (-10, -10), (40, 15), (-70, -15), (90, 0), (-100, -10)])
def test_small_tilts_stay_and_large_ones_are_turned_back_to_them(tilt: float, left: float) -> None:
    points = face_at((200, 200), 100, tilt).keypoints[:4].astype(np.float64)
    matrix = similarity_transform(points, FERPLUS_POINTS * 48)
    moved = points @ matrix[:, :2].T + matrix[:, 2]
    eyes = moved[1] - moved[0]
    assert np.rad2deg(np.arctan2(eyes[1], eyes[0])) == pytest.approx(left, abs=0.01)
    assert np.rad2deg(FREE_TILT) == pytest.approx(15)
    assert np.linalg.norm(eyes) == pytest.approx(0.37 * 48, rel=1e-4)


@pytest.mark.parametrize("tilt", [0, 30, -80])
def test_a_fit_tells_tilt_scale_and_crumpling(tilt: float) -> None:
    face = face_at((200, 200), 100, tilt)
    told = fit(face)
    assert (told.tilt_deg, told.scale) == (pytest.approx(tilt, abs=0.01), pytest.approx(1, rel=1e-4))
    assert told.residual < 1e-4
    crumpled = face.keypoints.copy()
    crumpled[3] = crumpled[2]  # the mouth on the nose
    assert fit(Face(face.box, crumpled, 0.9)).residual > 0.05


def test_a_degenerate_face_does_not_fail() -> None:
    face = Face((10, 10, 0, 0), np.full((6, 2), 10, np.float32), 0.5)
    assert crop(np.zeros((50, 50, 3), np.uint8), face, 48).shape == (48, 48, 3)


def test_the_demo_face_is_found_where_it_is() -> None:
    with FaceDetector() as detector:
        faces = detector.detect(demo_frame().image)
    assert faces
    x, y = faces[0].keypoints[:4].mean(0)
    left, top, width, height = faces[0].box
    assert left < x < left + width
    assert top < y < top + height
    assert faces[0].keypoints[0, 0] < faces[0].keypoints[1, 0]


def test_tiles_find_the_six_people(shared: Path) -> None:
    image = cv2.imread(str(shared / "photos" / "t1.jpg"))
    image = cv2.resize(image, (1280, 720), interpolation=cv2.INTER_AREA)
    with FaceDetector() as detector:
        assert len(detector.detect(image)) == 6


@pytest.mark.parametrize("shape", [(30, 30, 3), (2, 900, 3), (1, 1, 3)])
def test_odd_pictures_have_no_face(shape: tuple[int, ...]) -> None:
    with FaceDetector() as detector:
        assert detector.detect(np.zeros(shape, np.uint8)) == []


def test_a_frame_becomes_predictions(recognizer: Recognizer) -> None:
    frame = demo_frame()
    result = recognizer.recognize(frame, views=True)
    assert result.frame_index == frame.index
    prediction = result.predictions[0]
    assert prediction.probabilities.shape == (8,)
    assert prediction.probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert prediction.label == EXPRESSIONS[int(prediction.probabilities.argmax())]
    assert prediction.confidence == pytest.approx(float(prediction.probabilities.max()))
    assert len(result.views) == len(result.predictions)
    assert result.views[0].bilinear.shape == result.views[0].learned.shape == (32, 32)


def test_faces_are_classified_alike_together_and_alone(recognizer: Recognizer) -> None:
    image = demo_frame().image
    faces = [*recognizer.detect(image), face_at((300, 200), 80), face_at((320, 240), 150, 20)]
    together = recognizer.classify_faces(image, faces)
    alone = np.vstack([recognizer.classify_faces(image, [face]) for face in faces])
    assert np.allclose(together, alone, atol=1e-5)


def test_a_frame_without_a_face(recognizer: Recognizer) -> None:
    result = recognizer.recognize(Frame(7, 0.3, np.zeros((480, 640, 3), np.uint8)), views=True)
    assert (result.predictions, result.views, result.frame_index) == ((), (), 7)


def test_an_unknown_model_is_reported() -> None:
    with pytest.raises(MienError, match="No model"):
        Recognizer("nobody")


def test_pasted_faces_lie_where_they_should() -> None:
    face = np.full((48, 48, 3), 250, np.uint8)
    for place, side in enumerate(SIDES):
        frame, (left, top, width, height) = pasted(face, side, place)
        assert frame.shape == (480, 640, 3)
        assert width == height == side
        assert (frame[int(top) : int(top) + side, int(left) : int(left) + side] > 200).all()
        assert int((frame > 200).all(2).sum()) == side**2


@pytest.mark.slow
def test_through_the_detector(recognizer: Recognizer, model_path: str, shared: Path) -> None:
    from mien.data.load import load_split

    faces: FaceSet = load_split(shared / "ferplus", "valid")
    result = evaluate_through_detector(load_classifier(model_path), faces.subset(torch.arange(40)).arrays)
    assert result.n == 40
    assert 10 < result.found <= 40
    assert 0 <= result.accuracy <= 1
    assert set(result.found_by_side) == {str(side) for side in SIDES}
