import time

import cv2
import numpy as np
import pytest
from scipy.stats import binom
from tests.core.probabilities.test_calibration import drawn

from mien.errors import MienError
from mien.models import cards
from mien.probabilities.conformal import (
    LEAST_FACES,
    LEVELS,
    Conformal,
    fit_conformal,
    nonconformity,
    prediction_set,
    prediction_sets,
    quantile,
)
from mien.probabilities.unsure_reasons import REASONS, SENTENCES, reasons, sharpness, turn
from mien.recognition.classifier import prepare
from mien.recognition.recognizer import Recognizer
from mien.recognition.settings import RecognizerSettings
from mien.types import Face, Frame, Image
from mien.utils import paths
from mien.utils.images import read_picture


def shares(count: int, seed: int, classes: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities that are not true ones, and labels: what is promised must hold all the same."""
    logits, targets = drawn(count, classes, seed)
    powers = np.exp(2.5 * logits + np.linspace(0, 1.5, classes))
    return powers / powers.sum(1, keepdims=True), targets


@pytest.mark.parametrize("coverage", [0.8, 0.9, 0.95, 0.99])
def test_each_class_is_covered_as_often_as_asked_for(coverage: float) -> None:
    hits = np.zeros(4)
    faces = np.zeros(4)
    for seed in range(30):
        known = fit_conformal(*shares(1_000, seed))
        probabilities, targets = shares(1_000, 1_000 + seed)
        sets = prediction_sets(probabilities, known, coverage)
        hits += np.bincount(targets, sets[np.arange(1_000), targets], minlength=4)
        faces += np.bincount(targets, minlength=4)
    # Calibration faces are drawn too, which makes as much noise again as the others: twice the variance.
    low = binom.ppf(1e-4, faces // 2, coverage) / (faces // 2)
    assert (hits / faces >= low).all()
    assert hits.sum() / faces.sum() <= max(coverage + 0.02, 0.88)  # the best class is always held: 0.8 cannot be met


def test_one_quantile_for_all_would_not_cover_each_class() -> None:
    probabilities, targets = shares(20_000, 0)
    own = nonconformity(probabilities)[np.arange(20_000), targets]
    limit = quantile(own, 0.9)
    per_class = [float((own[targets == k] <= limit).mean()) for k in range(4)]
    assert min(per_class) < 0.87
    sets = prediction_sets(probabilities, fit_conformal(probabilities, targets), 0.9)
    assert all(sets[targets == k, k].mean() >= 0.9 - 1e-9 for k in range(4))


def test_any_coverage_can_be_asked_for_and_more_means_larger_sets() -> None:
    known = fit_conformal(*shares(3_000, 0))
    probabilities, targets = shares(3_000, 1)
    sizes, before = [], np.zeros((3_000, 4), bool)
    for coverage in np.arange(0.8, 0.9901, 0.005):
        sets = prediction_sets(probabilities, known, float(coverage))
        assert (sets >= before).all()
        assert sets[np.arange(3_000), targets].mean() > coverage - 0.02
        sizes.append(sets.sum())
        before = sets
    assert sizes[0] < sizes[-1]
    assert prediction_sets(probabilities, known, 0.995).all()
    assert (prediction_sets(probabilities, known, 0.5) == prediction_sets(probabilities, known, 0.8)).all()
    assert (prediction_sets(probabilities, known, 0.9) == prediction_sets(probabilities, known, 0.9 + 1e-12)).all()


def test_the_order_of_the_faces_makes_no_difference() -> None:
    probabilities, targets = shares(500, 0)
    order = np.random.default_rng(0).permutation(500)
    assert fit_conformal(probabilities, targets) == fit_conformal(probabilities[order], targets[order])


def test_quantiles_by_hand() -> None:
    nine = np.arange(1, 10) / 10.0
    assert quantile(nine, 0.9) == 0.9  # the ninth of nine: ceil(10 * 0.9)
    assert quantile(nine, 0.8) == 0.8
    assert quantile(nine[:8], 0.9) == 1.0  # too few: the class is always held
    assert quantile(np.array([]), 0.8) == 1.0
    assert nonconformity(np.array([[0.5, 0.25, 0.25]])).tolist() == [[0, 0.5, 0.5]]


def test_small_and_empty_classes_take_the_quantiles_of_all() -> None:
    probabilities, targets = shares(400, 0, classes=5)
    few = np.flatnonzero(targets == 3)[LEAST_FACES - 1 :]
    keep = np.setdiff1d(np.flatnonzero(targets != 4), few)
    known = fit_conformal(probabilities[keep], targets[keep])
    assert known.faces[3:] == (LEAST_FACES - 1, 0)
    own = nonconformity(probabilities[keep])[np.arange(len(keep)), targets[keep]]
    assert known.quantiles[3] == known.quantiles[4]
    assert known.quantiles[4][10] == pytest.approx(quantile(own, LEVELS[10]), abs=1e-5)
    assert known.quantiles[0] != known.quantiles[4]
    one = fit_conformal(probabilities[:1], targets[:1])
    assert set(one.quantiles[0]) == {1.0}


def test_sets_are_never_empty_and_finite_at_extremes() -> None:
    known = Conformal(((0.0,) * len(LEVELS),) * 3, (30, 30, 30))
    rows = np.array([[1, 0, 0], [1 / 3, 1 / 3, 1 / 3], [1e-30, 1, 1e-30], [0.4, 0.4, 0.2]], np.float32)
    sets = prediction_sets(rows, known, 0.9)
    assert sets.sum(1).tolist() == [1, 3, 1, 2]
    assert prediction_sets(np.empty((0, 3)), known, 0.9).shape == (0, 3)
    assert prediction_set(rows[3], known, 0.9) == (0, 1)


@pytest.fixture(scope="module")
def astronaut() -> Image:
    image = read_picture(paths.assets() / "astronaut.png")
    assert image is not None
    return image


@pytest.fixture(scope="module")
def light() -> Recognizer:
    with Recognizer("light") as made:
        yield made


def why(light: Recognizer, image: Image) -> tuple[str, ...]:
    face = light.detect(image)[0]
    return reasons(face, prepare(image, face, light.card), ambiguous=False)


def test_a_good_face_has_no_reason_and_a_bad_one_its_own(light: Recognizer, astronaut: Image) -> None:
    assert why(light, astronaut) == ()
    size = light.detect(astronaut)[0].size
    blurred = cv2.GaussianBlur(astronaut, (0, 0), 3 * size / 48)
    assert why(light, np.asarray(blurred, np.uint8)) == ("blurred",)
    for length in (np.ones((1, round(size / 4))), np.ones((round(size / 4), 1))):
        moved = cv2.filter2D(astronaut, -1, length / length.size)
        assert why(light, np.asarray(moved, np.uint8)) == ("blurred",)
    scale = 22 / size
    small = cv2.resize(astronaut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    frame = np.full((200, 300, 3), 90, np.uint8)
    frame[50 : 50 + small.shape[0], 80 : 80 + small.shape[1]] = small
    assert "small" in why(light, frame)


def test_sharpness_knows_neither_size_nor_contrast(light: Recognizer, astronaut: Image) -> None:
    def of(image: Image) -> float:
        face = light.detect(image)[0]
        return sharpness(prepare(image, face, light.card))

    plain = of(astronaut)
    half = np.asarray(cv2.resize(astronaut, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA), np.uint8)
    faint = np.asarray(60 + 0.5 * astronaut, np.uint8)
    assert of(half) == pytest.approx(plain, rel=0.25)
    assert of(faint) == pytest.approx(plain, rel=0.15)
    face = light.detect(astronaut)[0]  # of the sharp picture: a much blurred face is not found
    made = [np.asarray(cv2.GaussianBlur(astronaut, (0, 0), s), np.uint8) for s in (2, 6, 12)]
    blurred = [sharpness(prepare(image, face, light.card)) for image in made]
    assert plain > blurred[0] > blurred[1] > blurred[2]
    assert np.isfinite(sharpness(np.zeros((1, 48, 48), np.uint8)))
    assert np.isfinite(sharpness(np.full((3, 96, 96), 255, np.uint8)))


def test_a_turned_head(astronaut: Image, light: Recognizer) -> None:
    face = light.detect(astronaut)[0]
    assert turn(face) < 0.3
    for tilt in (0.0, 35.0):
        matrix = cv2.getRotationMatrix2D((250.0, 200.0), tilt, 1.7)
        points = face.keypoints @ matrix[:, :2].T + matrix[:, 2]
        same = Face(face.box, points.astype(np.float32), 0.9)
        assert turn(same) == pytest.approx(turn(face), abs=1e-3)
    aside = face.keypoints.copy()
    aside[2] = aside[0] + (0.0, 20.0)  # the nose below an eye
    crop = prepare(astronaut, face, light.card)
    turned = Face(face.box, aside, 0.9)
    assert turn(turned) == pytest.approx(0.5, abs=0.15)
    aside[2] = aside[0] + (-8.0, 20.0)
    assert reasons(Face(face.box, aside, 0.9), crop, ambiguous=True) == ("turned", "ambiguous")
    same_place = Face(face.box, np.full((6, 2), 7, np.float32), 0.9)
    assert np.isfinite(turn(same_place))


def test_reasons_have_sentences_and_cost_little(astronaut: Image, light: Recognizer) -> None:
    assert set(SENTENCES) == set(REASONS)
    assert all(text.endswith(".") for text in SENTENCES.values())
    face = light.detect(astronaut)[0]
    crop = prepare(astronaut, face, light.card)
    spent = []
    for _ in range(200):
        began = time.perf_counter()
        reasons(face, crop, ambiguous=False)
        spent.append(time.perf_counter() - began)
    assert min(spent) < 5e-4  # 0.1 ms; other processes may run


def test_the_recogniser_forms_sets(light: Recognizer, astronaut: Image) -> None:
    frame = Frame(0, 0.0, astronaut)
    read = light.recognize_picture(frame).predictions[0]
    assert read.expressions[0] == light.classes.index(read.label)
    assert read.sure == (not read.unsure)
    assert 0 < read.reliability <= 1
    assert read.reliability == pytest.approx(float(read.probabilities.max()))
    with pytest.raises(MienError, match=r"0\.8 to 0\.99"):
        RecognizerSettings(coverage=0.995)
    light.settings = RecognizerSettings(coverage=0.99)
    try:
        wide = light.recognize_picture(frame).predictions[0]
    finally:
        light.settings = RecognizerSettings()
    assert set(read.expressions) < set(wide.expressions)
    assert (wide.unsure, wide.sure) == (("ambiguous",), False)


def test_a_model_without_the_values_keeps_the_threshold(model_path: str, astronaut: Image) -> None:
    assert not cards.read_card(model_path).conformal
    frame = Frame(0, 0.0, astronaut)
    with Recognizer(model_path, settings=RecognizerSettings(min_confidence=0.0)) as recognizer:
        read = recognizer.recognize_picture(frame).predictions[0]
        assert (read.expressions, read.unsure, read.sure) == ((), (), True)
        recognizer.settings.min_confidence = 1.01
        read = recognizer.recognize_picture(frame).predictions[0]
        assert (read.expressions, read.unsure, read.sure) == ((), ("ambiguous",), False)
