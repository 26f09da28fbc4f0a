"""68 landmarks of each face in a session's tables, by choice."""

import csv
from pathlib import Path

import cv2
import pytest

from mien.analysis.options import AnalysisOptions
from mien.cli.main import main
from mien.errors import MienError
from mien.utils import paths
from mien.utils.images import read_picture


@pytest.mark.slow
def test_they_lie_on_the_face_in_another_tools_columns(model_path: str, tmp_path: Path) -> None:
    words = ["--model", model_path, "--out", str(tmp_path), "--pose", "--landmarks", "--columns", "openface"]
    cv2.imwrite(str(tmp_path / "face.png"), read_picture(paths.assets() / "astronaut.png")[30:210, 130:310])
    assert main(["analyze", str(tmp_path / "face.png"), *words]) == 0
    (row,) = csv.DictReader((tmp_path / "face" / "faces.csv").open())
    points = [(float(row[f"x_{place}"]), float(row[f"y_{place}"])) for place in range(68)]
    for place, own in ((30, "nose"), (62, "mouth")):
        assert points[place] == pytest.approx((float(row[f"{own}_x"]), float(row[f"{own}_y"])), abs=12)
    left, top = float(row["left"]), float(row["top"])
    assert all(left - 20 < x < left + float(row["width"]) + 20 for x, _ in points)
    assert all(top - 20 < y < top + float(row["height"]) + 20 for _, y in points)


def test_they_come_with_the_pose() -> None:
    with pytest.raises(MienError, match="ask for pose too"):
        AnalysisOptions(landmarks=True)
    assert main(["analyze", "a.mp4", "--out", "o", "--landmarks"]) == 2
