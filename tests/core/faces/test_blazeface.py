import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.faces.blazeface import SIDE, BlazeFace, face_of
from mien.faces.windows import whole
from mien.types import Face, Image
from mien.utils import paths

ALONE = ["unshare", "--map-root-user", "--net"]  # a process without any network


def pictures() -> list[Image]:
    """One face: large, small, at an edge and partly outside, in pictures of several shapes; six faces; none."""
    image = cv2.imread(str(paths.assets() / "astronaut.png"))
    half = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    shapes = [image, half, image[:250], image[:, 100:330], image[60:, 190:], image[20:380, 60:300]]
    rows = np.vstack([np.hstack([half, half[:, ::-1], half])] * 2)
    return [*shapes, rows, cv2.resize(rows, (1001, 517)), np.full((120, 90, 3), 127, np.uint8)]


def detect(network: BlazeFace, image: Image) -> list[Face]:
    """The faces of a picture that the network sees as a whole, the best first."""
    height, width = image.shape[:2]
    (found,) = network.look([whole(image).cut(image, SIDE)])
    return [face_of(whole(image).to_picture(points, SIDE), score, width, height) for points, score in found]


def test_it_finds_what_mediapipe_finds(tmp_path: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run([*ALONE, "true"], capture_output=True).returncode:
        pytest.skip("MediaPipe's detector runs only where it can be kept from reporting: no unshare here")
    files = []
    for number, image in enumerate(pictures()):
        files.append(str(tmp_path / f"{number}.png"))
        cv2.imwrite(files[-1], image)
    script = str(Path(__file__).with_name("mediapipe_faces.py"))
    environment = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(
        [*ALONE, sys.executable, script, *files], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    network = BlazeFace(min_score=0.5, same=0.3)
    counts = []
    for image, expected in zip(pictures(), json.loads((tmp_path / "found.json").read_text()), strict=True):
        found = detect(network, image)
        counts.append(len(found))
        assert len(found) == len(expected)
        for face in found:
            other = min(expected, key=lambda e: np.abs(np.subtract(e["box"], face.box)).max())
            # MediaPipe samples pictures at thirty-seconds of a pixel, which shifts all of these a little.
            assert np.abs(np.subtract(other["box"], face.box)).max() <= max(1, 0.02 * face.size)
            assert np.abs(np.subtract(other["keypoints"], face.keypoints)).max() <= 0.02 * face.size
            assert face.score == pytest.approx(other["score"], abs=0.03)
    assert sum(counts) >= 10
    assert counts[-1] == 0


def test_the_same_picture_gives_the_same_numbers() -> None:
    image = pictures()[0]
    one, other = (detect(BlazeFace(min_score=0.5, same=0.3), image) for _ in range(2))
    assert [(f.box, f.score, f.keypoints.tolist()) for f in one] == [
        (f.box, f.score, f.keypoints.tolist()) for f in other
    ]


def test_many_pictures_at_once_give_what_each_gives_alone() -> None:
    network = BlazeFace(min_score=0.3, same=0.3)
    squares = [cv2.resize(image, (192, 192)) for image in pictures()]
    together, alone = network.look(iter(squares)), [network.look([square])[0] for square in squares]
    assert len(together) == len(squares)
    for one, other in zip(together, alone, strict=True):
        assert [(points.tolist(), score) for points, score in one] == [(p.tolist(), score) for p, score in other]


def test_boxes_that_overlap_are_one_face() -> None:
    image = pictures()[1]
    apart, together = (detect(BlazeFace(min_score=0.3, same=same), image) for same in (1.0, 0.3))
    assert len(apart) > 1
    assert len(together) == 1
    assert together[0].score == apart[0].score
    lefts = [face.box[0] for face in apart]
    assert min(lefts) <= together[0].box[0] <= max(lefts)


def test_a_face_over_the_edge_has_its_box_inside() -> None:
    image = pictures()[0]
    network = BlazeFace(min_score=0.5, same=0.3)
    (uncut,) = detect(network, image)
    cut = int(uncut.box[0] + 0.25 * uncut.box[2])
    (face,) = detect(network, image[:, cut:])
    assert face.box[0] == 0
