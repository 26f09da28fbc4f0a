"""Writes what MediaPipe's own detector finds in pictures to found.json.

Run it where there is no network: it reports its use.
"""

import json
import sys
from pathlib import Path
from typing import Any

import cv2
import mediapipe as mp
from mediapipe.tasks.python import BaseOptions, vision
from mediapipe.tasks.python.components.containers.detections import Detection

from mien.utils import paths

MODEL = paths.assets() / "face_detection_full_range_sparse.tflite"


def as_values(detection: Detection, width: int, height: int) -> dict[str, Any]:
    box = detection.bounding_box
    return {
        "box": [box.origin_x, box.origin_y, box.width, box.height],
        "keypoints": [[point.x * width, point.y * height] for point in detection.keypoints],
        "score": detection.categories[0].score,
    }


def main(pictures: list[str]) -> None:
    options = vision.FaceDetectorOptions(
        base_options=BaseOptions(model_asset_buffer=MODEL.read_bytes()),
        min_detection_confidence=0.5,
        min_suppression_threshold=0.3,
    )
    found = []
    with vision.FaceDetector.create_from_options(options) as detector:
        for path in pictures:
            rgb = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB)
            height, width = rgb.shape[:2]
            detections = detector.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)).detections
            found.append([as_values(d, width, height) for d in detections])
    Path("found.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
