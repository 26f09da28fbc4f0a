"""Tables of trainings that differ in one thing: Tables 1 to 3 of Hwang et al. 2022 beside the published figures, and
what reliability balancing is worth over a trained model.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from mien.errors import MienError
from mien.models.cards import read_card
from mien.nn.config import Balancing, NetworkConfig
from mien.training import config as configs
from mien.training.config import TrainConfig

Scale = Literal["paper", "tiny"]
TABLES = ("table1", "table2", "table3", "balancing")

BACKBONES = {
    # the paper's name: (timm's name of the paper's model, timm's name of a tiny one)
    "ViT": ("vit_small_patch16_224.augreg_in21k_ft_in1k", "vit_tiny_patch16_224"),
    "DeiT": ("deit_small_patch16_224.fb_in1k", "deit_tiny_patch16_224"),
    "ConViT": ("convit_small.fb_in1k", "convit_tiny"),
    "XCiT": ("xcit_small_12_p16_224.fb_in1k", "xcit_nano_12_p16_224"),
    "Swin-S": ("swin_small_patch4_window7_224.ms_in22k_ft_in1k", "swin_tiny_patch4_window7_224"),
    "Swin-B": ("swin_base_patch4_window7_224.ms_in22k_ft_in1k", "swin_tiny_patch4_window7_224"),
    "Swin-L": ("swin_large_patch4_window7_224.ms_in22k_ft_in1k", "swin_tiny_patch4_window7_224"),
}
_TINY_INPUT = 112


@dataclass(frozen=True)
class Row:
    """One training of a table."""

    name: str
    config: TrainConfig
    published: float | None = None
    """Accuracy on FERPlus, %, as the paper prints it; None for rows of our own."""


def _row(
    name: str,
    published: float,
    backbone: str,
    loss: str,
    scale: Scale,
    *,
    vanilla: bool = False,
    up: Literal["sr", "bilinear"] = "sr",
    down: Literal["ltr", "bilinear"] = "ltr",
    stn: bool = False,
) -> Row:
    base = configs.load("paper")
    full, tiny = BACKBONES[backbone]
    network = NetworkConfig(
        backbone=full if scale == "paper" else tiny,
        input_size=224 if scale == "paper" else _TINY_INPUT,
        channels=3,
        up="bilinear" if vanilla else up,
        down="bilinear" if vanilla else down,
        stn=stn,
    )
    return Row(name, replace(base, network=network, loss=loss), published)


def rows(table: str, scale: Scale = "paper", start: str = "swin") -> list[Row]:
    """The rows of one of `TABLES`.

    Args:
        table: which.
        scale: `paper`, or `tiny` for the same rows with tiny backbones at 112 px.
        start: the model over which `balancing` is tried.

    Raises:
        MienError: there is no such table.
    """
    if table == "balancing":
        return _balancing_rows(start)
    if table == "table1":
        published = {
            "ViT": (88.84, 88.87),
            "DeiT": (88.00, 88.09),
            "ConViT": (88.12, 88.53),
            "XCiT": (88.22, 88.81),
            "Swin-S": (88.69, 89.28),
        }
        result = []
        for backbone, (vanilla, proposed) in published.items():
            result.append(_row(f"{backbone}, CE, vanilla", vanilla, backbone, "ce", scale, vanilla=True))
            result.append(_row(f"{backbone}, F-PDLS, proposed", proposed, backbone, "fpdls", scale))
        return result
    if table == "table2":
        return [
            _row("a: bilinear", 88.69, "Swin-S", "fpdls", scale, vanilla=True),
            _row("b: bilinear + LTR", 88.53, "Swin-S", "fpdls", scale, up="bilinear"),
            _row("c: SR + bilinear", 89.03, "Swin-S", "fpdls", scale, down="bilinear"),
            _row("d: SR + LTR", 89.28, "Swin-S", "fpdls", scale),
            _row("e: Swin-B, SR + STN + LTR", 89.50, "Swin-B", "fpdls", scale, stn=True),
        ]
    if table == "table3":
        cells: list[tuple[str, float, float]] = [
            ("ce", 88.72, 88.87),
            ("pdls", 88.69, 88.91),
            ("fpdls", 88.78, 89.50),
        ]
        result = []
        for loss, vanilla, proposed in cells:
            result.append(_row(f"{loss}, vanilla", vanilla, "Swin-B", loss, scale, vanilla=True))
            result.append(_row(f"{loss}, proposed", proposed, "Swin-B", loss, scale))
        return result
    raise MienError(f"There is no '{table}'. Choose {', '.join(TABLES)}.")


def _balancing_rows(start: str) -> list[Row]:
    """In all rows only what follows the backbone learns, so that they differ in nothing but the balancing."""
    base, network = configs.load("swin-arbex", start=start), read_card(start).network
    choices: dict[str, Balancing] = {
        "without balancing": "none",
        "anchors only": "anchors",
        "attention only": "attention",
        "both": "both",
    }
    return [Row(name, replace(base, network=replace(network, balancing=choice))) for name, choice in choices.items()]


@dataclass(frozen=True)
class Cell:
    """A row's figures here."""

    row: Row
    metrics: dict[str, Any]
    """Of the trained model's card."""
    start: str
    """The initial weights, in words."""
    faces: int
    """Number of training faces."""

    def as_dict(self) -> dict[str, Any]:
        """The figures, for JSON."""
        halves = self.metrics.get("half_splits", {})
        return {
            "row": self.row.name,
            "accuracy": self.metrics["accuracy"],
            "accuracy_most_reliable": halves.get("accuracy_most_reliable"),
            "nll": halves.get("nll"),
            "ece": self.metrics["ece"],
            "source": self.metrics["source"],
            "n": self.metrics["n"],
            "start": self.start,
            "trained": self.row.config.trained,
            "epochs": self.row.config.epochs,
            "faces": self.faces,
        }


def markdown(table: str, cells: list[Cell]) -> str:
    """The table as Markdown, beside the published figures where there are some, with the conditions of each row."""
    lines = [f"# {table}", ""]
    if any(cell.row.published for cell in cells):
        lines += ["Published: FERPlus test split, ImageNet-pretrained backbones, 100 epochs.", ""]
    rows = [_columns(cell) for cell in cells]
    lines += [_line(rows[0]), _line(["---"] * len(rows[0])), *(_line(row.values()) for row in rows)]
    return "\n".join(lines) + "\n"


def _columns(cell: Cell) -> dict[str, object]:
    own = cell.as_dict()
    published = {} if cell.row.published is None else {"published": f"{cell.row.published:.2f}"}
    return {
        "row": own["row"],
        **published,
        "accuracy": f"{own['accuracy']:.2%}",
        "the 80% most reliable": "-"
        if own["accuracy_most_reliable"] is None
        else f"{own['accuracy_most_reliable']:.2%}",
        "NLL": "-" if own["nll"] is None else f"{own['nll']:.4f}",
        "ECE": f"{own['ece']:.4f}",
        "measured on": f"{own['source']}, n = {own['n']}",
        "backbone": cell.row.config.network.backbone,
        "start": own["start"],
        "trained": own["trained"],
        "epochs": own["epochs"],
        "training faces": own["faces"],
    }


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
