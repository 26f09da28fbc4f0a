"""How many passes of the first network a stream takes, which is what finding costs."""

from collections.abc import Iterable

import numpy as np
import pytest
from tests.core.faces.no_faces import cartoon
from tests.core.faces.pasting import astronaut, ground, paste, patch

from mien.benchmark.frame import fitted
from mien.faces.blazeface import BlazeFace
from mien.faces.detector import FaceDetector
from mien.faces.tracker import Tracker
from mien.sources import DemoSource
from mien.types import Image


def count_passes(monkeypatch: pytest.MonkeyPatch, frames: Iterable[Image]) -> list[int]:
    """Passes of the first network for each frame of a stream."""
    return [sum(looks) for looks in count_looks(monkeypatch, frames)]


def count_looks(monkeypatch: pytest.MonkeyPatch, frames: Iterable[Image]) -> list[list[int]]:
    """The same, of those that are waited for together."""
    passes: list[list[int]] = [[]]
    look = BlazeFace.look

    def counted(self: BlazeFace, squares: Iterable[Image]) -> object:
        found = look(self, squares)
        passes[-1].append(len(found))
        return found

    monkeypatch.setattr(BlazeFace, "look", counted)
    with FaceDetector() as detector:
        tracker = Tracker()
        for number, frame in enumerate(frames):
            tracker.update(detector.detect_in_stream(frame, tracker.expected(number / 25)), number / 25)
            passes.append([])
    return passes[:-1]


def test_the_passes_of_a_stream_are_bounded(monkeypatch: pytest.MonkeyPatch, grounds: list[Image]) -> None:
    random = np.random.default_rng(3)
    busy = [ground(grounds, 1920, 1080, random) for _ in range(13)]  # where everything is new in each frame
    assert max(count_passes(monkeypatch, busy)) <= 6
    still = count_passes(monkeypatch, busy[:1] * 25)
    assert np.mean(still[13:]) < 4.5
    faces = ground(grounds, 1920, 1080, random)
    for number in range(4):
        paste(faces, patch(*astronaut(), 40), 300 * number + 200, 500)
    assert np.mean(count_passes(monkeypatch, [faces] * 25)[13:]) < 4
    six = fitted(DemoSource(6).draw(0.0), 1920, 1080)
    passes = count_passes(monkeypatch, [six] * 25)[13:]
    assert np.mean(passes) < 3
    assert sum(count % 2 for count in passes) <= 1  # two are made at a time


def test_what_is_noticed_beside_people_costs_no_wait_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    demo = DemoSource(6)
    frames = (fitted(frame.image, 1920, 1080) for _ in range(49) if (frame := demo.read()) is not None)
    looks = count_looks(monkeypatch, frames)[13:]
    assert np.mean([sum(one) for one in looks]) > 3  # some was
    assert np.mean([sum(-(-count // 2) for count in one) for one in looks]) < 1.75


def test_what_was_no_face_is_not_looked_at_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    house = cartoon(np.random.default_rng(47), 360, 480)  # in which the whole frame shows it each time
    passes = count_passes(monkeypatch, [house] * 37)
    assert np.mean(passes[13:]) < 3.5
