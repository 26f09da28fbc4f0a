"""Teaches `light` your own classes, then uses the model: `python custom_model.py faces/ people.jpg`.

`faces/` holds cut-out faces in one sub-folder a class, forty or more of each. Only the head learns, which takes a
minute or two. The same call again goes on where it stopped, or uses the model that is there. A third word sets the
number of epochs.
"""

import sys
from pathlib import Path

from mien import Frame, MienError, Recognizer, read_picture
from mien.data.load import load_training
from mien.training.config import recipe, with_classes
from mien.training.trainer import Trainer


def train(folder: Path, out: Path, *, epochs: int = 12) -> Path:
    """Train a copy of `light` on the folder's classes; the path of the new model's card."""
    config = recipe("light", "head", epochs=epochs)
    shape = config.network
    data = load_training(folder, rule="majority", size=shape.crop_size, channels=shape.channels)
    card = Trainer(with_classes(config, data.train.classes), data, out, name="mine").run()
    assert card is not None  # only a training that was asked to stop has none
    return card


def describe(card: Path, picture: Path) -> list[str]:
    """The class of each face of a picture, by the new model."""
    with Recognizer(str(card)) as recognizer:
        seen = recognizer.recognize_picture(Frame(0, 0.0, read_picture(picture)))
        return [f"{p.label} {p.confidence:.2f}" for p in seen.predictions]


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    try:
        made = train(Path(sys.argv[1]), Path("mine"), epochs=int(sys.argv[3]) if len(sys.argv) > 3 else 12)
        print(made, *describe(made, Path(sys.argv[2])), sep="\n")
    except MienError as error:
        sys.exit(str(error))
