"""`mien train DATA --config NAME|FILE --out DIR`."""

import argparse
import signal
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mien.data.faceset import FaceSet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mien.training.config import names
    from mien.training.losses import LOSSES

    parser.add_argument("data", type=Path, help="FERPlus, RAF-DB, or a folder of class sub-folders")
    parser.add_argument("--config", default="light", help=f"{', '.join(names())}, or a TOML file")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model, checkpoints and curves")
    parser.add_argument("--stages", type=Path, metavar="DIR", help="where the stages before it are (default: in --out)")
    parser.add_argument("--name", help="name of the model (default: the config's)")
    parser.add_argument("--start", help="initial weights: pretrained, random, a model's name, or a safetensors file")
    parser.add_argument(
        "--image-stream", metavar="FILE", help="for arbex: the published IR-50; for arbex_light: a model"
    )
    parser.add_argument("--landmark-stream", metavar="FILE", help="for arbex: the published MobileFaceNet")
    parser.add_argument("--teachers", help="models to learn from, separated by commas")
    parser.add_argument("--loss", choices=LOSSES, help="on the labels (default: the config's)")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--split", type=Path, metavar="FILE", help="of `mien examine`: which pictures validate")
    parser.add_argument("--judge", action="store_true", help="then compare with the model it started from: result.json")
    parser.add_argument(
        "--reference",
        type=Path,
        metavar="DATA",
        help="with --judge: FERPlus, to evaluate on as well, which shows what was forgotten",
    )
    parser.add_argument("--estimate", action="store_true", help="only estimate how long it will take, from a few steps")
    parser.add_argument(
        "--attended", action="store_true", help="obey pause, go on and stop on standard input, whose end is a stop"
    )
    parser.add_argument("--limit", type=int, help="train on the first N faces only (for a quick trial)")


def run(arguments: argparse.Namespace) -> int:
    """Train; the same command again goes on where it stopped."""
    import torch

    from mien.training import config as configs
    from mien.training.estimate import estimate_s
    from mien.training.stages import load_data, prepared, train_stages
    from mien.training.trainer import Trainer

    options = ("start", "image_stream", "landmark_stream", "loss", "epochs", "batch_size", "learning_rate", "seed")
    given = {key: getattr(arguments, key) for key in options if getattr(arguments, key) is not None}
    if arguments.teachers:
        given["teachers"] = tuple(arguments.teachers.split(","))
    config = configs.load(arguments.config, **given)
    stop = _stop(attended=arguments.attended)
    models: dict[str, Path] | None = {}
    if not arguments.estimate:
        folder = arguments.stages or arguments.out / "stages"
        models = train_stages(config, arguments.data, folder, quiet=arguments.attended, should_stop=stop)
    if models is None:
        return 0
    config = prepared(config, arguments.data, models)
    data = load_data(config, arguments.data, arguments.split)
    if arguments.limit:
        data = replace(data, train=data.train.subset(torch.arange(min(arguments.limit, len(data.train)))))
    config = configs.with_classes(config, data.train.classes)

    name = arguments.name or Path(arguments.config).stem
    if arguments.estimate:
        with tempfile.TemporaryDirectory() as folder:
            seconds = estimate_s(Trainer(config, data, Path(folder), quiet=True))
            print(f"{seconds:.1f} seconds")
        return 0
    card = Trainer(config, data, arguments.out, name=name, quiet=arguments.attended, should_stop=stop).run()
    if card is not None:
        print(f"The model is {card.with_suffix('.safetensors')}, its card {card}.")
        if arguments.judge:
            print(_judge(config.start, card, data.valid, arguments.reference))
    return 0


def _stop(*, attended: bool) -> Callable[[], bool]:
    """What says whether to save and leave: a signal was received, or the attending program asks for it."""
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.set())
    if not attended:
        return asked.is_set
    import psutil

    from mien.training.stdin_control import StdinControl

    # Somebody may be looking at the live view meanwhile.
    psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if psutil.WINDOWS else 10)
    control = StdinControl()
    return lambda: control.should_stop() or asked.is_set()


def _judge(start: str, card: Path, valid: "FaceSet", reference: Path | None) -> str:
    """Compare with the model that the training started from, and write result.json."""
    from mien.cli.main import write_json
    from mien.training.comparison import judge_training
    from mien.training.folder import RESULT

    result = judge_training(start, str(card), valid, reference)
    write_json(card.with_name(RESULT), result.as_dict())
    return "\n".join(result.summary)
