"""Turns a frame into predictions; the window, the command line and the benchmark all call this."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.errors import MienError
from mien.faces.detector import FaceDetector
from mien.faces.pose.estimator import PoseEstimator
from mien.faces.tracker import Tracker
from mien.models.cards import DEFAULT_MODEL
from mien.probabilities.conformal import prediction_set
from mien.probabilities.smoothing import Smoother
from mien.probabilities.unsure_reasons import reasons
from mien.recognition.classifier import ClassifiedCrop, classify_crops, prepare
from mien.recognition.settings import RecognizerSettings
from mien.runtimes import AUTO, open_runtime
from mien.types import Face, Frame, HeadPose, Image, Prediction, Recognition
from mien.utils import forks
from mien.utils.closeable import Closeable
from mien.utils.given_pictures import as_image


@dataclass(frozen=True)
class TrackedFrame:
    """A frame, its faces, and whose they are."""

    frame: Frame
    faces: list[Face]
    tracks: list[int]
    """A number for each face, the same for one person from frame to frame."""
    left_out: int = 0
    """How many smaller faces were found beyond what the settings allow."""
    low_score: int = 0
    """How many were found with a lower score than the settings ask for."""


class Recognizer(Closeable):
    """Detects the faces of a frame and classifies their expressions, all faces in one batch.

    Use it on one thread; `settings` may be changed from any.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        runtime: str = AUTO,
        threads: int | None = None,
        many: bool = False,
        settings: RecognizerSettings | None = None,
    ) -> None:
        """Load a model.

        Args:
            model: a name or a path, see `mien.models.cards.locate`.
            runtime: see `mien.runtimes.names`; `auto` takes the fastest one that works here.
            threads: on the CPU, 1 or more; None takes every core.
            many: for files, whose frames are classified many at once.
            settings: not copied, so that a change counts from the next frame on.

        Raises:
            MienError: there is no such model or runtime, the model cannot be loaded, or `threads` is less than 1.
        """
        self.runtime = open_runtime(model, runtime, threads=threads, many=many)
        self.card = self.runtime.card
        """The model's card."""
        self.settings = settings or RecognizerSettings()
        """Taken anew for each frame."""
        self.detector = FaceDetector()
        self._tracker, self._smoother, self._poses = Tracker(), Smoother(), PoseEstimator()
        self._closed = False

    @property
    def classes(self) -> tuple[str, ...]:
        """What the C probabilities stand for."""
        return self.card.network.classes

    @property
    def runs_on(self) -> str:
        """Runtime and device, for a person: "OpenVINO, CPU"."""
        return f"{self.runtime.name}, {self.runtime.device}"

    @property
    def passed_over(self) -> str:
        """Why a faster runtime is not used, in a sentence; empty where none was tried in vain."""
        return self.runtime.passed_over

    def close(self) -> None:
        """Free the detector. What was closed recognises nothing any more."""
        if not self._closed:
            self._closed = True
            self.detector.close()

    def recognize(self, frame: Frame, *, views: bool = False) -> Recognition:
        """Detect and classify a frame's faces, the largest first; in a stream they are tracked and smoothed too.

        Args:
            frame: a still, or the next one of a stream.
            views: also return what the resizer made of each face.

        Raises:
            MienError, TypeError: as `detect_and_track`.
        """
        return self.classify([self.detect_and_track(frame)], views=views)[0]

    def recognize_picture(self, frame: Frame, *, views: bool = False) -> Recognition:
        """Detect and classify a frame's faces as a still's: more careful with small faces, and nothing is smoothed.

        Args:
            frame: has nothing to do with the frames before it, whether it says so or not.
            views: also return what the resizer made of each face.

        Raises:
            MienError, TypeError: as `detect_and_track`.
        """
        return self.recognize(replace(_checked(frame), still=True), views=views)

    def detect(self, image: Image) -> list[Face]:
        """The largest faces of a single BGR picture (H, W, 3), as many as the settings allow.

        Raises:
            MienError: the recogniser is closed, or the picture is none, see `mien.utils.given_pictures`.
            TypeError: neither is it anything like a picture.
        """
        self._check_open()
        return self._good(self.detector.detect(as_image(image)))[: self.settings.max_faces]

    def detect_and_track(self, frame: Frame) -> TrackedFrame:
        """Detect the faces of a frame, and tell whose they are; those of a still are numbered.

        It shares nothing with `classify`, so that one thread may track while another classifies.

        Raises:
            MienError: the recogniser is closed, or the frame has no picture, see `mien.utils.given_pictures`.
            TypeError: it is no frame.
        """
        self._check_open()
        frame = _with_image(_checked(frame))
        if frame.still:
            found = self.detector.detect(frame.image)
            faces = self._good(found)
            tracks = list(range(1, len(faces) + 1))
        else:
            expected = self._tracker.expected(frame.time_s)
            found = self.detector.detect_in_stream(frame.image, expected)
            faces = self._good(found)
            tracks = self._tracker.update(faces, frame.time_s)  # also those that are not classified
        most = self.settings.max_faces
        return TrackedFrame(frame, faces[:most], tracks[:most], max(len(faces) - most, 0), len(found) - len(faces))

    def classify(
        self, frames: Sequence[TrackedFrame], *, views: bool = False, ready_made: bool = False
    ) -> list[Recognition]:
        """Classify the faces of stills or of a stream's next frames, all in one batch.

        Args:
            frames: with their faces.
            views: also return what the resizer made of each face.
            ready_made: see `mien.recognition.classifier.classify_crops`.

        Raises:
            MienError: the recogniser is closed.
        """
        self._check_open()
        crops = [prepare(f.frame.image, face, self.card) for f in frames for face in f.faces]
        classified = iter(classify_crops(self.runtime, crops, views=views, ready_made=ready_made))
        recognitions = []
        for f in frames:
            own = [next(classified) for _ in f.faces]
            raw, now_s = self._raw(own), f.frame.time_s
            still = f.frame.still
            shown = raw if still else self._smoother.update(f.tracks, raw, now_s, self.settings.smoothing_s)
            recognitions.append(self._recognition(f, shown, own, self._measured(f)))
        return recognitions

    def classify_faces(self, image: Image, faces: Sequence[Face]) -> NDArray[np.float32]:
        """(N, C) probabilities of N faces that were detected before, in a BGR picture (H, W, 3).

        Raises:
            MienError, TypeError: as `detect`.
        """
        self._check_open()
        image = as_image(image)
        return self._raw(classify_crops(self.runtime, [prepare(image, face, self.card) for face in faces]))

    def tracking_state(self) -> dict[str, Any]:
        """What `detect_and_track` knows of the frames so far, as plain values for JSON."""
        return {"detector": self.detector.state_dict(), "tracker": self._tracker.state_dict()}

    def smoothing_state(self) -> dict[str, Any]:
        """What `classify` knows of the frames so far, as plain values for JSON."""
        return {"probabilities": self._smoother.state_dict(), "poses": self._poses.state_dict()}

    def load_state(self, tracking: dict[str, Any], smoothing: dict[str, Any]) -> None:
        """Go on with the stream whose `tracking_state` and `smoothing_state` these are.

        Whatever is raised where they are something else, the recogniser must be `reset`.
        """
        # Older ones are the smoother's alone.
        probabilities, poses = smoothing.get("probabilities", smoothing), smoothing.get("poses")
        if any(len(values) != len(self.classes) for _, values in probabilities.values()):
            raise ValueError("another number of classes")
        self.detector.load_state_dict(tracking["detector"])
        self._tracker.load_state_dict(tracking["tracker"])
        self._smoother.load_state_dict(probabilities)
        if poses is not None:
            self._poses.load_state_dict(poses)

    def reset(self) -> None:
        """Begin a new stream."""
        self._tracker, self._smoother, self._poses = Tracker(), Smoother(), PoseEstimator()
        self.detector.reset()

    def lose_tracks(self) -> None:
        """Go on with a stream in which nobody is where they were, as its pictures are turned: all numbers are new."""
        self._tracker.end_all()
        self.detector.reset()

    def _check_open(self) -> None:
        forks.claim()
        if self._closed:
            raise MienError("This recogniser is closed. Make a new Recognizer, or use this one inside its `with`.")

    def _good(self, faces: list[Face]) -> list[Face]:
        return [face for face in faces if face.score >= self.settings.min_face_score]

    def _raw(self, crops: Sequence[ClassifiedCrop]) -> NDArray[np.float32]:
        """(N, C) probabilities of single frames."""
        return np.array([own.probabilities for own in crops], np.float32).reshape(-1, len(self.classes))

    def _measured(self, tracked: TrackedFrame) -> list[HeadPose | None]:
        if not self.settings.pose:
            return [None] * len(tracked.faces)
        return self._poses.measure(tracked.frame, tracked.faces, tracked.tracks)

    def _recognition(
        self,
        tracked: TrackedFrame,
        smooth: NDArray[np.float32],
        crops: Sequence[ClassifiedCrop],
        poses: Sequence[HeadPose | None],
    ) -> Recognition:
        frame = tracked.frame
        pairs = zip(tracked.tracks, tracked.faces, smooth, crops, poses, strict=True)
        predictions = tuple(self._prediction(frame, *own) for own in pairs)
        views = tuple(own.views for own in crops if own.views is not None)
        return Recognition(frame.index, frame.time_s, predictions, views, tracked.left_out, tracked.low_score)

    def _prediction(
        self,
        frame: Frame,
        track: int,
        face: Face,
        probabilities: NDArray[np.float32],
        crop: ClassifiedCrop,
        pose: HeadPose | None,
    ) -> Prediction:
        expressions, ambiguous = self._prediction_set(probabilities)
        unsure = reasons(face, crop.crop, ambiguous=ambiguous, unlikeness=crop.unlikeness, pose=pose)
        return Prediction(
            track_id=track,
            face=face,
            probabilities=probabilities,
            raw_probabilities=crop.probabilities,
            label=self.classes[int(probabilities.argmax())],
            sure=not unsure,
            frame_index=frame.index,
            time_s=frame.time_s,
            expressions=expressions,
            unsure=unsure,
            balance=crop.balance,
            pose=pose,
        )

    def _prediction_set(self, probabilities: NDArray[np.float32]) -> tuple[tuple[int, ...], bool]:
        """The prediction set, and whether it leaves open which class it is."""
        if self.card.conformal:
            classes = prediction_set(probabilities, self.card.conformal, self.settings.coverage)
            return classes, len(classes) > 1
        return (), float(probabilities.max()) < self.settings.min_confidence


def _checked(frame: Frame) -> Frame:
    if not isinstance(frame, Frame):
        raise TypeError(
            f"{type(frame).__name__} is no frame. Pass mien.Frame(index, time_s, image); for single pictures there is "
            "mien.read(picture)."
        )
    return frame


def _with_image(frame: Frame) -> Frame:
    """The frame with its picture as BGR of 8 bits; itself where it has that."""
    image = as_image(frame.image)
    return frame if image is frame.image else replace(frame, image=image)
