"""The papers' tables at the scale of two CPU cores: rows from `stem.toml`, their results, the tables as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray

from mien.data.load import TrainingData, load_training
from mien.errors import MienError
from mien.training import reproduce, side_by_side
from mien.training.checkpoint import fingerprint
from mien.training.config import TrainConfig
from mien.training.side_by_side import Learner
from mien.training.stages import prepared
from mien.utils.dataclass_io import from_dict, read_toml
from mien.utils.files import reading, write_atomic
from mien.utils.json_io import read_json, to_json

_SCALE = Path(__file__).with_name("stem.toml")
_RESULT = "result.json"
_DRAWS = 2000
_INTERVAL = (2.5, 97.5)  # percent


@dataclass(frozen=True)
class Line:
    """A row of a table: what it has instead of the scale's own training, and what it stands beside."""

    backbone: str = ""
    loss: str = ""
    up: Literal["", "blind-sr", "bilinear"] = ""
    down: Literal["", "ltr", "bilinear"] = ""
    stn: bool = False
    published: float | None = None
    """Accuracy on FERPlus's test split as the paper prints it, %."""
    against: str = ""
    """The row of the same table that it is compared with."""


@dataclass(frozen=True)
class StemRow:
    """A row of a table with its training."""

    config: TrainConfig
    published: float | None = None
    """See `Line`."""
    against: str = ""
    """Likewise."""

    @property
    def key(self) -> str:
        """What it is called in the folder of rows: all that rows differ in."""
        shape = self.config.network
        if self.config.trained == "head":
            return f"{Path(self.config.start).stem}-balancing-{shape.balancing}"
        return "-".join([shape.backbone, self.config.loss, shape.up, shape.down, *(["stn"] if shape.stn else [])])


@dataclass(frozen=True)
class StemScale:
    """All of `stem.toml`."""

    faces: int
    sizes_px: tuple[int, ...]
    superres: str
    training: TrainConfig
    tables: dict[str, dict[str, Line]] = field(default_factory=dict)

    def rows(self, table: str, start: str = "swin") -> dict[str, StemRow]:
        """The rows of one of the tables, or of `balancing`, by name.

        Args:
            table: which.
            start: the model over which `balancing` is tried.

        Raises:
            MienError: there is no such table.
        """
        if table == "balancing":
            first, *others = reproduce.rows(table, start=start)
            compared = {row.name: StemRow(row.config, against=first.name) for row in others}
            return {first.name: StemRow(first.config), **compared}
        if table not in self.tables:
            raise MienError(f"There is no '{table}'. Choose {', '.join([*self.tables, 'balancing'])}.")
        return {
            name: StemRow(self._config(line), line.published, line.against) for name, line in self.tables[table].items()
        }

    def _config(self, line: Line) -> TrainConfig:
        names = ("backbone", "up", "down", "stn")
        changes = {name: getattr(line, name) for name in names if getattr(line, name)}
        return replace(
            self.training,
            loss=line.loss or self.training.loss,
            network=replace(self.training.network, **changes),
        )


@dataclass(frozen=True)
class RowResult:
    """What a trained row classified as labelled. It is kept, and a row that several tables have is trained once."""

    row: str
    fingerprint: str
    """See `mien.training.checkpoint.fingerprint`."""
    source: str
    n: int
    """Number of validation faces."""
    faces: int
    """Number of training faces."""
    epochs: int
    parameters: int
    """How many learned."""
    accuracy: dict[str, float]
    """By the side, px, to which the validation faces were shrunk."""
    right: dict[str, str]
    """Likewise: whether each face was classified as labelled, a bit a face, in hexadecimal digits."""

    def classified(self, size: int) -> NDArray[np.bool_]:
        """(n,) whether each face, shrunk to a size, was classified as labelled."""
        bits = np.frombuffer(bytes.fromhex(self.right[str(size)]), np.uint8)
        return np.unpackbits(bits, count=self.n).astype(bool)


def load(path: Path = _SCALE) -> StemScale:
    """Load the scale.

    Raises:
        MienError: the file cannot be read, or something in it is wrong.
    """
    with reading(path):
        return from_dict(StemScale, read_toml(path), path.name)


def load_data(scale: StemScale, config: TrainConfig, data: Path) -> TrainingData:
    """Load the faces that all rows with this kind of config learn from; see `mien.data.load.load_training`."""
    shape = config.network
    loaded = load_training(data, rule=config.rule, size=shape.crop_size, channels=shape.channels)
    return replace(loaded, train=loaded.train.subset(torch.arange(min(scale.faces, len(loaded.train)))))


def train_rows(
    scale: StemScale, rows: Iterable[StemRow], data: TrainingData, folder: Path, *, beside: Path, quiet: bool = False
) -> Iterable[RowResult]:
    """Train rows and evaluate them. What is kept in the folder is not done again; what was begun there goes on.

    Args:
        scale: as it was loaded.
        rows: of one of its tables.
        data: of `load_data`.
        folder: each row gets a folder of its own in it.
        beside: where the file that the networks start from is looked for, see `mien.training.stages.prepared`.
        quiet: no progress bars.

    Yields:
        The rows' results, those that are there already first.

    Raises:
        MienError: the folder holds other rows of the same names, or a file cannot be read.
    """
    learners = []
    for row in rows:
        config, own = prepared(row.config, beside, {}), folder / row.key
        if (own / _RESULT).is_file():
            yield _kept(own / _RESULT, fingerprint(config, data, 1))
        else:
            superres = "" if config.trained == "head" else scale.superres
            learners.append(side_by_side.begin(config, data, own, superres=superres))
    for group in side_by_side.groups(learners):
        if not quiet:
            print("Training", ", ".join(learner.folder.name for learner in group), flush=True)
        side_by_side.train(group, data, quiet=quiet)
        yield from _evaluated(scale, group, data)


def _kept(path: Path, expected: str) -> RowResult:
    with reading(path):
        result = from_dict(RowResult, read_json(path), path.name)
    if result.fingerprint != expected:
        raise MienError(f"{path.parent} holds a row that was trained otherwise. Choose another --out.")
    return result


def _evaluated(scale: StemScale, group: list[Learner], data: TrainingData) -> list[RowResult]:
    right: list[dict[str, NDArray[np.bool_]]] = [{} for _ in group]
    for size in scale.sizes_px:
        for own, classes in zip(right, side_by_side.classify(group, data.valid.images, size), strict=True):
            own[str(size)] = (classes == data.valid.targets).numpy()
    results = []
    for learner, own in zip(group, right, strict=True):
        result = RowResult(
            row=learner.folder.name,
            fingerprint=learner.fingerprint,
            source=data.valid.source,
            n=len(data.valid),
            faces=len(data.train),
            epochs=learner.config.epochs,
            parameters=sum(p.numel() for p in learner.network.parameters() if p.requires_grad),
            accuracy={size: round(float(bits.mean()), 4) for size, bits in own.items()},
            right={size: np.packbits(bits).tobytes().hex() for size, bits in own.items()},
        )
        write_atomic(learner.folder / _RESULT, to_json(asdict(result), indent=1))
        results.append(result)
    return results


def difference(after: RowResult, before: RowResult, size: int) -> tuple[float, float, float]:
    """How many points more one row classifies as labelled than another, with the 95% interval over the faces."""
    changes = after.classified(size).astype(np.int8) - before.classified(size).astype(np.int8)
    low, high = interval(changes)
    return 100 * float(changes.mean()), 100 * low, 100 * high


def interval(differences: NDArray[np.integer], *, seed: int = 0) -> tuple[float, float]:
    """95% interval of the mean of (n,) paired differences, by the percentile bootstrap (Efron 1979)."""
    n = len(differences)
    # It matters only how often each value is drawn.
    values, counts = np.unique(differences, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(n, counts / n, size=_DRAWS)
    low, high = np.percentile(drawn @ values / n, _INTERVAL)
    return float(low), float(high)


def markdown(rows: dict[str, StemRow], sizes_px: Sequence[int], results: dict[str, RowResult]) -> str:
    """A table beside the published cells; then, face by face, what each row changes.

    Args:
        rows: of the table.
        sizes_px: to which the validation faces were shrunk.
        results: by `StemRow.key`; rows that are not there are left out.
    """
    sizes = [f"{size} px" for size in sizes_px]
    cells, changes = [], []
    for name, row in rows.items():
        result = results.get(row.key)
        before = results.get(rows[row.against].key) if row.against else None
        if result is None:
            continue
        published = "" if row.published is None else f"{row.published:.2f}"
        cells.append([name, published, *(f"{result.accuracy[str(size)]:.1%}" for size in sizes_px)])
        if before is not None:
            found = (difference(result, before, size) for size in sizes_px)
            shown = [f"{middle:+.1f} ({low:+.1f} to {high:+.1f})" for middle, low, high in found]
            changes.append([name, row.against, *shown])
    text = _grid(["row", "published", *sizes], cells)
    if changes:
        text += "\n" + _grid(["row", "less", *sizes], changes)
    return text


def _grid(head: list[str], rows: list[list[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ["---"] * len(head), *rows))


def as_dict(results: dict[str, RowResult]) -> dict[str, Any]:
    """The results, for JSON."""
    return {name: asdict(result) for name, result in results.items()}
