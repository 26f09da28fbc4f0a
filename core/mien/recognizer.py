"""Turns a frame into predictions; the window, the command line and the benchmark all call this."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from mien import weights
from mien.alignment import crop
from mien.closing import Closing
from mien.data.faceset import to_tensor
from mien.detection import FaceDetector
from mien.nn.device import best_device
from mien.nn.network import NeuralResizer
from mien.types import Face, Frame, Image, Prediction
from mien.weights import DEFAULT_MODEL, Card


@dataclass(frozen=True)
class CropViews:
    """What the network makes of one face; pictures are (h, w) grey or (h, w, 3) BGR."""

    bilinear: Image
    """The crop, enlarged bilinearly to the backbone's input."""
    learned: Image
    """What the backbone sees: after super-resolution and the learned resizer."""


@dataclass(frozen=True)
class Recognition:
    """All faces of one frame."""

    frame_index: int
    time_s: float
    predictions: tuple[Prediction, ...]
    views: tuple[CropViews, ...]
    """One for each prediction; empty unless asked for."""


def _picture(tensor: torch.Tensor) -> Image:
    """(channels, h, w) 0..1 to an OpenCV picture."""
    pixels = (tensor.clamp(0, 1) * 255).round().to(torch.uint8).cpu().permute(1, 2, 0).numpy()
    grey_or_bgr: Image = np.ascontiguousarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels[..., ::-1])
    return grey_or_bgr


class Recognizer(Closing):
    """Finds the faces of a frame and reads their expressions, all faces in one batch."""

    def __init__(self, model: str = DEFAULT_MODEL, *, device: torch.device | None = None, max_faces: int = 16) -> None:
        """Load a model by name or path.

        Raises:
            MienError: there is no such model, or it may not be loaded.
        """
        network, self.card = weights.load(model)
        self.device = device or best_device()
        self.network: NeuralResizer = network.to(self.device)
        self.max_faces = max_faces
        self._detector = FaceDetector()

    @property
    def classes(self) -> tuple[str, ...]:
        """The names that probabilities stand for."""
        return self.card.network.classes

    def close(self) -> None:
        """Free the detector."""
        self._detector.close()

    def recognize(self, frame: Frame, *, views: bool = False) -> Recognition:
        """Find and read all faces of a frame, the largest first.

        Args:
            frame: BGR.
            views: also return the pictures on the way.
        """
        faces = self.find(frame.image)
        probabilities, pictures = self.read(frame.image, faces, views=views)
        predictions = tuple(
            Prediction(
                track_id=number,
                face=face,
                probabilities=row,
                label=self.classes[int(row.argmax())],
                frame_index=frame.index,
                time_s=frame.time_s,
            )
            for number, (face, row) in enumerate(zip(faces, probabilities, strict=True))
        )
        return Recognition(frame.index, frame.time_s, predictions, pictures)

    def find(self, image: Image) -> list[Face]:
        """The largest faces of a BGR picture, at most `max_faces`."""
        return self._detector.find(image)[: self.max_faces]

    @torch.inference_mode()
    def read(
        self, image: Image, faces: list[Face], *, views: bool = False
    ) -> tuple[NDArray[np.float32], tuple[CropViews, ...]]:
        """Read faces whose places are known.

        Returns:
            (N, C) probabilities, and the pictures on the way where asked for.
        """
        if not faces:
            return np.empty((0, len(self.classes)), np.float32), ()
        x = torch.stack([prepare(image, face, self.card) for face in faces]).to(self.device).float() / 255
        stages = self.network.stages(x)
        probabilities = torch.softmax(stages.logits.float() / self.card.temperature, 1).cpu().numpy()
        if not views:
            return probabilities, ()
        size = self.card.network.input_size
        plain = torch.nn.functional.interpolate(x, size=(size, size), mode="bilinear", align_corners=False)
        pictures = (CropViews(_picture(a), _picture(b)) for a, b in zip(plain, stages.resized, strict=True))
        return probabilities, tuple(pictures)


def prepare(image: Image, face: Face, card: Card) -> torch.Tensor:
    """Cut out and align a face for a model: (channels, crop_size, crop_size) uint8."""
    shape = card.network
    return to_tensor(crop(image, face, shape.crop_size), shape.crop_size, shape.channels)
