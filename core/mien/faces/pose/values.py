"""What is measured of a pose, each figure declared once: for tables and for other programs."""

from collections.abc import Callable
from dataclasses import dataclass

from mien import language
from mien.types import HeadPose


@dataclass(frozen=True)
class PoseValue:
    """One figure."""

    name: str
    unit: str
    meaning: str
    of: Callable[[HeadPose], float]
    digits: int
    """After the point, as it is written."""

    def rounded(self, pose: HeadPose) -> float:
        """As it is written."""
        return round(float(self.of(pose)), self.digits)


POSE_VALUES = (
    PoseValue(
        "pose_yaw",
        "degrees",
        "where the head points: positive towards the picture's left, 0 into the camera",
        lambda pose: pose.yaw_deg,
        2,
    ),
    PoseValue("pose_pitch", "degrees", "likewise, positive downwards", lambda pose: pose.pitch_deg, 2),
    PoseValue("pose_roll", "degrees", "likewise, positive clockwise in the picture", lambda pose: pose.roll_deg, 2),
    PoseValue(
        "pose_x_mm",
        "mm",
        "the bridge of the nose from the camera's axis, positive to the picture's right; for a head of average size "
        "and a focal length of the picture's longer side",
        lambda pose: pose.place_mm[0],
        1,
    ),
    PoseValue("pose_y_mm", "mm", "likewise, positive downwards", lambda pose: pose.place_mm[1], 1),
    PoseValue("pose_z_mm", "mm", "likewise, its distance from the camera", lambda pose: pose.place_mm[2], 1),
    PoseValue(
        "eye_left_open",
        "ratio",
        "height over width of the eye on the picture's left: about 0.3 open, below 0.2 shut",
        lambda pose: pose.eye_left_open,
        4,
    ),
    PoseValue("eye_right_open", "ratio", "of the eye on the picture's right", lambda pose: pose.eye_right_open, 4),
    PoseValue("mouth_open", "ratio", "height over width of the gap between the lips", lambda pose: pose.mouth_open, 4),
)
BLINK = PoseValue(
    "blink",
    "",
    "1 in the frame in which the eyes open again after a blink of at most 0.5 s, else 0",
    lambda pose: pose.blink,
    0,
)
EVERY = (*POSE_VALUES, BLINK)
"""All of them, in the order of a table's columns."""


def in_words(pose: HeadPose) -> str:
    """Where a head points: "yaw -12°, pitch 3°, roll 5°"."""
    angles = map(round, (pose.yaw_deg, pose.pitch_deg, pose.roll_deg))
    return language.tr("yaw {}°, pitch {}°, roll {}°").format(*angles)
