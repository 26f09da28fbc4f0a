"""`mien train DATA --config NAME|FILE --out DIR`."""

import argparse
import signal
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from mien.cli import numbers
from mien.cli.console import output_folder, say
from mien.cli.signals import Interrupt
from mien.errors import MienError
from mien.training.folder import alone
from mien.training.stdin_control import StdinControl

if TYPE_CHECKING:
    from mien.data.faceset import FaceSet

EXAMPLE = "mien train pictures/ --config finetune --split split.json --out run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mien.training.config import names
    from mien.training.losses import LOSSES

    parser.add_argument(
        "data",
        type=Path,
        help="FERPlus, RAF-DB, a folder of class sub-folders, or with --split a table of paths and labels",
    )
    parser.add_argument("--config", default="light", help=f"{', '.join(names())}, or a TOML file (light)")
    parser.add_argument(
        "--out", type=output_folder, required=True, metavar="DIR", help="folder for the model, checkpoints and curves"
    )
    parser.add_argument(
        "--stages",
        type=output_folder,
        metavar="DIR",
        help="folder of the trainings that this one needs first (in --out)",
    )
    parser.add_argument("--name", help="name of the model (the config's)")
    parser.add_argument("--start", help="initial weights: pretrained, random, a model's name, or a safetensors file")
    parser.add_argument(
        "--image-stream", metavar="FILE", help="for arbex: the published IR-50; for arbex-light: a model"
    )
    parser.add_argument("--landmark-stream", metavar="FILE", help="for arbex: the published MobileFaceNet")
    parser.add_argument("--teachers", metavar="MODELS", help="models to learn from, separated by commas")
    parser.add_argument("--loss", choices=LOSSES, help="the loss on the labels (the config's)")
    parser.add_argument(
        "--epochs", type=numbers.whole(0), metavar="N", help="how often to go through all faces (the config's)"
    )
    parser.add_argument("--batch-size", type=numbers.whole(2), metavar="N", help="faces in a batch (the config's)")
    parser.add_argument(
        "--learning-rate",
        type=numbers.number(above=True),
        metavar="RATE",
        help="the highest learning rate (the config's)",
    )
    parser.add_argument("--seed", type=numbers.seed, metavar="N", help="for everything random (the config's)")
    parser.add_argument(
        "--split",
        type=Path,
        metavar="FILE",
        help="which pictures train and which validate, as `mien examine --split` wrote it",
    )
    parser.add_argument(
        "--judge", action="store_true", help="afterwards compare with the model it started from, into result.json"
    )
    parser.add_argument(
        "--reference",
        type=Path,
        metavar="DATA",
        help="with --judge: also evaluate on FERPlus in this folder, which shows what was forgotten",
    )
    parser.add_argument(
        "--estimate", action="store_true", help="only estimate, from a few steps, how long it will take"
    )
    parser.add_argument(
        "--attended",
        action="store_true",
        help="for programs: take pause, go on and stop from standard input, whose end means stop",
    )
    parser.add_argument(
        "--limit", type=numbers.count, metavar="N", help="train on N faces only, spread over all, for a quick trial"
    )


def run(arguments: argparse.Namespace) -> int:
    """Train; the same command again goes on where it stopped. 130 if a signal stopped it."""
    if arguments.reference:
        if not arguments.judge:
            raise MienError("--reference needs --judge.")
        from mien.data.readers.registry import reader_for

        reader_for(arguments.reference)  # else a wrong path would be noticed after hours
    writes_nothing = arguments.estimate
    with nullcontext() if writes_nothing else alone(arguments.out, "or choose another folder with --out"):
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    import torch

    from mien.curation.extract_faces import warn_of_whole_pictures
    from mien.data.readers.registry import is_own
    from mien.training import config as configs
    from mien.training.estimate import estimate_s
    from mien.training.stages import load_data, prepared, train_stages
    from mien.training.trainer import Trainer

    options = ("start", "image_stream", "landmark_stream", "loss", "epochs", "batch_size", "learning_rate", "seed")
    given = {key: getattr(arguments, key) for key in options if getattr(arguments, key) is not None}
    if arguments.teachers:
        given["teachers"] = tuple(arguments.teachers.split(","))
    config = configs.load(arguments.config, **given)
    stop = _Stop(attended=arguments.attended)
    models: dict[str, Path] | None = {}
    if not arguments.estimate:
        folder = arguments.stages or arguments.out / "stages"
        models = train_stages(config, arguments.data, folder, quiet=arguments.attended, should_stop=stop)
    if models is None:
        return stop.code
    config = prepared(config, arguments.data, models)
    data = load_data(config, arguments.data, arguments.split)
    seen = arguments.attended or arguments.estimate  # by the window, which asks what the pictures are
    if not seen and (arguments.split or is_own(arguments.data)):
        warn_of_whole_pictures(arguments.data, data.train.names)
    if arguments.limit:
        last, count = len(data.train) - 1, min(arguments.limit, len(data.train))  # a folder's lie class by class
        data = replace(data, train=data.train.subset(torch.linspace(0, last, count).long()))
    config = configs.with_classes(config, data.train.classes)

    name = arguments.name or Path(arguments.config).stem
    if arguments.estimate:
        with tempfile.TemporaryDirectory() as folder:
            seconds = estimate_s(Trainer(config, data, Path(folder), quiet=True))
            print(f"{seconds:.3f} seconds")
        return 0
    card = Trainer(config, data, arguments.out, name=name, quiet=arguments.attended, should_stop=stop).run()
    if card is None:
        return stop.code
    say(f"The model is {card.with_suffix('.safetensors')}, its card {card}.")
    if arguments.judge:
        print(_judge(config.start, card, data.valid, arguments.reference))
    return 0


class _Stop:
    """Says whether to save and leave: a signal was received, or the attending program asks for it.

    Before the first step, and where it comes again, a signal ends the command at once.
    """

    def __init__(self, *, attended: bool) -> None:
        self.code = 0
        """What to leave with."""
        self._steps, self._interrupt = False, Interrupt()
        self._control: StdinControl | None = None
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._signalled)
        if attended:
            import psutil

            # Somebody may be looking at the live view meanwhile.
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if psutil.WINDOWS else 10)
            self._control = StdinControl()

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        if self.code or not self._steps:
            self._interrupt(number, frame)
            return
        self.code = 130
        if self._control is not None:
            self._control.stop()  # it may be paused

    def __call__(self) -> bool:
        self._steps = True
        return bool(self.code) or (self._control is not None and self._control.should_stop())


def _judge(start: str, card: Path, valid: "FaceSet", reference: Path | None) -> str:
    """Compare with the model that the training started from, and write result.json."""
    from mien.training.folder import RESULT
    from mien.training.result import judge_training
    from mien.utils.json_io import write_json

    result = judge_training(start, str(card), valid, reference)
    write_json(card.with_name(RESULT), result.as_dict())
    return "\n".join(result.summary)
