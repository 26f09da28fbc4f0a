"""The rows of the paper's Tables 1 to 3 (Hwang et al. 2022) as training configs, beside the published cells."""

from dataclasses import dataclass, replace
from typing import Literal

from mien.errors import MienError
from mien.losses import LossName
from mien.nn.config import NetworkConfig
from mien.training import config as configs
from mien.training.config import TrainConfig

Scale = Literal["paper", "tiny"]

BACKBONES = {
    # the paper's name: (timm's name of the paper's model, of a tiny one)
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
    """One cell of a table."""

    name: str
    config: TrainConfig
    published: float
    """Accuracy on FERPlus, %, as the paper prints it."""


def _row(
    name: str,
    published: float,
    backbone: str,
    loss: LossName,
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


def rows(table: str, scale: Scale = "paper") -> list[Row]:
    """The rows of `table1`, `table2` or `table3`; `tiny` has the same rows with tiny backbones at 112 px."""
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
        cells: list[tuple[LossName, float, float]] = [
            ("ce", 88.72, 88.87),
            ("pdls", 88.69, 88.91),
            ("fpdls", 88.78, 89.50),
        ]
        result = []
        for loss, vanilla, proposed in cells:
            result.append(_row(f"{loss}, vanilla", vanilla, "Swin-B", loss, scale, vanilla=True))
            result.append(_row(f"{loss}, proposed", proposed, "Swin-B", loss, scale))
        return result
    raise MienError(f"There is no '{table}'. Choose table1, table2 or table3.")


@dataclass(frozen=True)
class Cell:
    """What a row came to here."""

    row: Row
    accuracy: float
    source: str
    """Which faces it was measured on."""
    n: int
    start: str
    """Which weights the backbone started from."""
    faces: int
    """Training faces."""


def markdown(table: str, cells: list[Cell]) -> str:
    """The table beside the published cells, each with what it was got with."""
    head = (
        f"# {table}\n\nPublished: FERPlus test split, ImageNet-pretrained backbones, 100 epochs.\n\n"
        "| row | published | here | measured on | backbone | start | epochs | training faces |\n"
        "|---|---|---|---|---|---|---|---|\n"
    )
    lines = [
        f"| {c.row.name} | {c.row.published:.2f} | {100 * c.accuracy:.2f} | {c.source}, n = {c.n} "
        f"| {c.row.config.network.backbone} | {c.start} | {c.row.config.epochs} | {c.faces} |"
        for c in cells
    ]
    return head + "\n".join(lines) + "\n"
