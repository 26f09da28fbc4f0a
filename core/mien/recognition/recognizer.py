"""Turns a frame into predictions; the window, the command line and the benchmark all call this."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.faces.alignment import crop
from mien.faces.detector import FaceDetector
from mien.faces.tracker import Tracker
from mien.models.cards import DEFAULT_MODEL, Card
from mien.probabilities.calibration import calibrated
from mien.probabilities.conformal import prediction_set
from mien.probabilities.smoothing import Smoother
from mien.probabilities.unsure_reasons import reasons
from mien.recognition.settings import RecognizerSettings
from mien.runtimes import AUTO, open_runtime
from mien.types import BalancingTrace, Face, Frame, Image, Prediction, Recognition, ResizerViews
from mien.utils.closeable import Closeable
from mien.utils.images import from_chw, to_chw


@dataclass(frozen=True)
class TrackedFrame:
    """A frame's faces and whose they are."""

    frame: Frame
    faces: list[Face]
    tracks: list[int]
    """One number for each face."""


@dataclass(frozen=True)
class _Reading:
    """What the network says of one crop."""

    crop: NDArray[np.uint8]
    probabilities: NDArray[np.float32]
    """(C,), calibrated."""
    balance: BalancingTrace | None
    views: ResizerViews | None
    unlikeness: float
    """0 of a model that does not say."""


class Recognizer(Closeable):
    """Finds the faces of a frame and reads their expressions, all faces in one batch.

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
        """Load a model by name or path.

        Args:
            model: of `mien.models.cards.locate`.
            runtime: auto takes the fastest that is there.
            threads: on the CPU; None takes every core.
            many: for files, whose frames are read many at once.
            settings: kept, not copied.

        Raises:
            MienError: there is no such model or runtime, or it may not be loaded.
        """
        self.runtime = open_runtime(model, runtime, threads=threads, many=many)
        self.card = self.runtime.card
        self.settings = settings or RecognizerSettings()
        self.detector = FaceDetector()
        self._tracker, self._smoother = Tracker(), Smoother()

    @property
    def classes(self) -> tuple[str, ...]:
        """The names that probabilities stand for."""
        return self.card.network.classes

    @property
    def engine(self) -> str:
        """Runtime and device, as a person reads them."""
        return f"{self.runtime.name}, {self.runtime.device}"

    def close(self) -> None:
        """Free the detector."""
        self.detector.close()

    def recognize(self, frame: Frame, *, views: bool = False) -> Recognition:
        """Find, follow and read the faces of a stream's next frame, the largest first.

        Args:
            frame: of one stream, in its order.
            views: also return the pictures on the way.
        """
        return self.classify([self.detect_and_track(frame)], views=views)[0]

    def detect_and_track(self, frame: Frame) -> TrackedFrame:
        """Find the faces of a stream's next frame and whose they are.

        It shares nothing with `classify`, so that one thread may track while another classifies.
        """
        expected = self._tracker.expected(frame.time_s)
        faces = self._kept(self.detector.find_in_stream(frame.image, expected))
        return TrackedFrame(frame, faces, self._tracker.update(faces, frame.time_s))

    def classify(self, frames: Sequence[TrackedFrame], *, views: bool = False) -> list[Recognition]:
        """Read the faces of a stream's next frames, all in one batch."""
        crops = [prepare(f.frame.image, face, self.card) for f in frames for face in f.faces]
        readings = self._read_crops(crops, views=views)
        read, first = [], 0
        for f in frames:
            own = readings[first : (first := first + len(f.faces))]
            smooth = self._smoother.update(f.tracks, self._raw(own), f.frame.time_s, self.settings.smoothing_s)
            read.append(self._recognition(f.frame, f.faces, f.tracks, smooth, own))
        return read

    def tracking_state(self) -> dict[str, Any]:
        """What `detect_and_track` knows of the frames so far, as plain values for JSON."""
        return {"detector": self.detector.state_dict(), "tracker": self._tracker.state_dict()}

    def smoothing_state(self) -> dict[str, Any]:
        """What `classify` knows of the frames so far."""
        return self._smoother.state_dict()

    def forget(self) -> None:
        """Begin a new stream."""
        self._tracker, self._smoother = Tracker(), Smoother()
        self.detector.load_state_dict([0, 0])

    def load_state(self, follow: dict[str, Any], read: dict[str, Any]) -> None:
        """Go on with a stream from what `tracking_state` and `smoothing_state` gave."""
        self.detector.load_state_dict(follow["detector"])
        self._tracker.load_state_dict(follow["tracker"])
        self._smoother.load_state_dict(read)

    def recognize_picture(self, frame: Frame, *, views: bool = False) -> Recognition:
        """Find and read the faces of a single picture, with more care for small ones and no memory."""
        faces = self.find(frame.image)
        crops = [prepare(frame.image, face, self.card) for face in faces]
        readings = self._read_crops(crops, views=views)
        return self._recognition(frame, faces, range(1, len(faces) + 1), self._raw(readings), readings)

    def _raw(self, readings: list[_Reading]) -> NDArray[np.float32]:
        """(N, C) probabilities of single frames."""
        return np.array([own.probabilities for own in readings], np.float32).reshape(-1, len(self.classes))

    def _recognition(
        self,
        frame: Frame,
        faces: list[Face],
        tracks: Sequence[int],
        smooth: NDArray[np.float32],
        readings: list[_Reading],
    ) -> Recognition:
        predictions = []
        for i, (track, face, own) in enumerate(zip(tracks, faces, readings, strict=True)):
            among, ambiguous = self._among(smooth[i])
            unsure = reasons(face, own.crop, ambiguous=ambiguous, unlikeness=own.unlikeness)
            predictions.append(
                Prediction(
                    track_id=track,
                    face=face,
                    probabilities=smooth[i],
                    raw_probabilities=own.probabilities,
                    label=self.classes[int(smooth[i].argmax())],
                    sure=not unsure,
                    frame_index=frame.index,
                    time_s=frame.time_s,
                    expressions=among,
                    unsure=unsure,
                    balance=own.balance,
                )
            )
        views = tuple(own.views for own in readings if own.views is not None)
        return Recognition(frame.index, frame.time_s, tuple(predictions), views)

    def _among(self, probabilities: NDArray[np.float32]) -> tuple[tuple[int, ...], bool]:
        """The set of expressions, and whether it leaves open which."""
        if self.card.conformal:
            among = prediction_set(probabilities, self.card.conformal, self.settings.coverage)
            return among, len(among) > 1
        return (), float(probabilities.max()) < self.settings.min_confidence

    def find(self, image: Image) -> list[Face]:
        """The largest faces of a BGR picture, as many as the settings allow."""
        return self._kept(self.detector.find(image))

    def _kept(self, faces: list[Face]) -> list[Face]:
        good = [face for face in faces if face.score >= self.settings.min_face_score]
        return good[: self.settings.max_faces]

    def classify_faces(self, image: Image, faces: list[Face]) -> NDArray[np.float32]:
        """(N, C) probabilities of faces whose places are known."""
        return self._raw(self._read_crops([prepare(image, face, self.card) for face in faces], views=False))

    def _read_crops(self, crops: list[NDArray[np.uint8]], *, views: bool) -> list[_Reading]:
        if not crops:
            return []
        output = self.runtime.run(np.stack(crops))
        probabilities = self._calibrated(output.logits)
        balances: Sequence[BalancingTrace | None] = [None] * len(crops)
        if output.uncorrected is not None and output.parts is not None and output.shares is not None:
            before = self._calibrated(output.uncorrected)
            balances = [BalancingTrace(*own) for own in zip(before, output.parts, output.shares, strict=True)]
        unlike = np.zeros(len(crops)) if output.unlikeness is None else output.unlikeness
        size = self.card.network.input_size
        return [
            _Reading(
                crop,
                own,
                balance,
                ResizerViews(_enlarged(crop, size), from_chw(learned), crop.shape[-1]) if views else None,
                float(score),
            )
            for crop, own, balance, learned, score in zip(
                crops, probabilities, balances, output.resized, unlike, strict=True
            )
        ]

    def _calibrated(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        return calibrated(logits, self.card.temperature, self.card.calibration)


def _enlarged(crop: NDArray[np.uint8], size: int) -> Image:
    plain = from_chw(crop.astype(np.float32) / 255)
    return np.asarray(cv2.resize(plain, (size, size), interpolation=cv2.INTER_LINEAR), np.uint8)


def prepare(image: Image, face: Face, card: Card) -> NDArray[np.uint8]:
    """Cut out and align a face for a model: (channels, crop_size, crop_size)."""
    shape = card.network
    return to_chw(crop(image, face, shape.crop_size), shape.crop_size, shape.channels)
