"""`mien reproduce table1|table2|table3|balancing --data DATA`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from mien.cli import numbers
from mien.cli.console import output_folder
from mien.training.folder import alone

if TYPE_CHECKING:
    from mien.data.load import TrainingData
    from mien.training.reproduce import Row

EXAMPLE = "mien reproduce table2 --data ferplus/ --scale stem"

_ELSEWHERE = "or choose another folder with --out"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("table", choices=("table1", "table2", "table3", "balancing"), help="which table")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="FERPlus")
    parser.add_argument(
        "--out",
        type=output_folder,
        default=Path("runs/reproduce"),
        metavar="DIR",
        help="folder for the runs and the table (runs/reproduce)",
    )
    parser.add_argument(
        "--epochs", type=numbers.whole(0), metavar="N", help="instead of the paper's 100 (2 for balancing and stem)"
    )
    parser.add_argument("--batch-size", type=numbers.whole(2), metavar="N", help="faces in a batch (the config's)")
    parser.add_argument(
        "--limit", type=numbers.count, metavar="N", help="train on the first N faces only (stem: 4,000)"
    )
    parser.add_argument(
        "--start",
        help="pretrained (needs a connection), random, or a safetensors file; for balancing the model that gets it "
        "(default: swin)",
    )
    parser.add_argument(
        "--scale",
        choices=("paper", "stem", "tiny"),
        default="paper",
        help="tiny: the same rows with tiny backbones at 112 px; stem: for two CPU cores, small transformers over a "
        "network that knows faces, compared face by face; balancing with few faces",
    )


def run(arguments: argparse.Namespace) -> int:
    """Train and evaluate each row; the same command again goes on where it stopped."""
    from dataclasses import replace

    import torch

    if arguments.scale == "stem":
        return _run_stem(arguments)

    from mien.data.load import load_training
    from mien.training.reproduce import rows

    chosen = rows(arguments.table, arguments.scale, arguments.start or "swin")
    first = chosen[0].config
    data = load_training(arguments.data, rule=first.rule, size=first.network.crop_size, channels=first.network.channels)
    if arguments.limit:
        data = replace(data, train=data.train.subset(torch.arange(min(arguments.limit, len(data.train)))))
    with alone(arguments.out, _ELSEWHERE):
        _train_rows(arguments, chosen, data)
    return 0


def _train_rows(arguments: argparse.Namespace, rows: "list[Row]", data: "TrainingData") -> None:
    from dataclasses import replace

    from mien.models.cards import read_card
    from mien.training.reproduce import Cell, markdown
    from mien.training.trainer import Trainer
    from mien.utils.files import write_atomic
    from mien.utils.json_io import write_json

    cells = []
    for number, row in enumerate(rows):
        given = {key: getattr(arguments, key) for key in ("epochs", "batch_size", "start")}
        config = replace(row.config, **{key: value for key, value in given.items() if value is not None})
        print(f"{arguments.table}, {row.name}")
        folder = arguments.out / arguments.table / f"{number:02d}"
        trainer = Trainer(config, data, folder, name="model")
        card_path = trainer.run()
        if card_path is None:
            continue  # another process writes the table
        metrics = read_card(str(card_path)).metrics
        cells.append(Cell(replace(row, config=config), metrics, trainer.start, len(data.train)))
        table = arguments.out / f"{arguments.table}.md"
        write_atomic(table, markdown(arguments.table, cells).encode())
        write_json(table.with_suffix(".json"), [cell.as_dict() for cell in cells])
    if cells:
        print(table.read_text(encoding="utf-8"))


def _run_stem(arguments: argparse.Namespace) -> int:
    from dataclasses import replace

    from mien.training import stem_tables
    from mien.utils.files import write_atomic
    from mien.utils.json_io import write_json

    scale = stem_tables.load()
    scale = replace(scale, faces=arguments.limit or scale.faces)
    given = {key: getattr(arguments, key) for key in ("epochs", "batch_size", "start")}
    given = {key: value for key, value in given.items() if value is not None}
    rows = {
        name: replace(row, config=replace(row.config, **given))
        for name, row in scale.rows(arguments.table, arguments.start or "swin").items()
    }
    data = stem_tables.load_data(scale, next(iter(rows.values())).config, arguments.data)
    folder, results = arguments.out / "stem", {}
    with alone(arguments.out, _ELSEWHERE):
        for result in stem_tables.train_rows(scale, rows.values(), data, folder / "rows", beside=arguments.data):
            results[result.row] = result
            text = stem_tables.markdown(rows, scale.sizes_px, results)
            write_atomic(folder / f"{arguments.table}.md", text.encode())
            write_json(folder / f"{arguments.table}.json", stem_tables.as_dict(results))
    print(text)
    return 0
