"""What the pages quote from the code: commands, columns, models, configs, keys. Made anew with every build."""

import contextlib
import io
import json
import math
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from keys import keys

from mien.cli.main import COMMANDS
from mien.cli.main import main as run_command
from mien.expressions import EXPRESSIONS
from mien.faces.pose.values import EVERY
from mien.models.cards import DEFAULT_MODEL, read_card
from mien.session.columns import columns
from mien_app.__main__ import LIVE

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "weights"
_HELP_WIDTH = "80"
_SHRUNK_PX = ("32", "24", "16", "12")


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _help(*words: str) -> str:
    """What a command prints when it is asked for help."""
    os.environ["COLUMNS"] = _HELP_WIDTH
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        run_command([*words, "--help"], extra=LIVE)
    return f"```text\n{printed.getvalue().rstrip()}\n```"


def commands() -> str:
    """Every command with its options."""
    parts = [_help()]
    for name in (*LIVE, *COMMANDS):
        parts.append(f"## mien {name}\n\n{_help(name)}")
    return "\n\n".join(parts)


def table_columns() -> str:
    """The columns of `faces.csv` for a model with the eight expressions."""
    rows = [[f"`{c.name}`", c.kind, c.unit, c.meaning] for c in columns(EXPRESSIONS)]
    return _table(["column", "kind", "unit", "what"], rows)


def pose_values() -> str:
    """What is measured of heads, eyes and mouths."""
    return _table(["name", "unit", "what"], [[f"`{v.name}`", v.unit, v.meaning] for v in EVERY])


def _shipped() -> list[str]:
    names = sorted(path.stem for path in WEIGHTS.glob("*.json"))
    return sorted(names, key=lambda name: (name != DEFAULT_MODEL, name))


def _megabytes(name: str) -> str:
    return f"{(WEIGHTS / f'{name}.safetensors').stat().st_size / 1e6:.0f} MB"


def model_table() -> str:
    """One line a shipped model, with the figures of its card."""
    rows = []
    for name in _shipped():
        card = read_card(str(WEIGHTS / f"{name}.json"))
        figures = card.metrics
        halves, shrunk = figures["half_splits"], figures["accuracy_shrunk_px"]
        rows.append(
            [
                f"[`{name}`](#{name})" + (" (default)" if name == DEFAULT_MODEL else ""),
                f"{card.description}, {_megabytes(name)}",
                f"{figures['accuracy']:.1%}",
                " / ".join(f"{100 * shrunk[px]:.1f}" for px in _SHRUNK_PX) + "%",
                f"{figures['macro_f1']:.3f}".lstrip("0"),
                f"{figures['ece']:.3f}".lstrip("0"),
                f"{halves['accuracy_most_reliable']:.1%}",
            ]
        )
    shrunk_to = f"shrunk to {' / '.join(_SHRUNK_PX)} px"
    return _table(["model", "what", "accuracy", shrunk_to, "macro-F1", "ECE", "the 80% most reliable"], rows)


def model_cards() -> str:
    """The shipped models' cards in words and tables; the whole JSON is folded away."""
    return "\n\n".join(_card(name) for name in _shipped())


def _card(name: str) -> str:
    path = WEIGHTS / f"{name}.json"
    card = read_card(str(path))
    network, figures = card.network, card.metrics
    facts = [
        ["network", f"{network.backbone}, input {network.input_size} px, crop {network.crop_size} px"],
        ["classes", ", ".join(network.classes)],
        ["trained on", f"{card.training.get('data', '')}, {card.training.get('faces', '')} faces"],
        ["started from", str(card.training.get("start", ""))],
        ["teachers", ", ".join(card.training.get("teachers", [])) or "none"],
        ["measured on", f"{figures['source']}, n = {figures['n']}"],
        ["SHA-256", f"`{card.sha256}`"],
    ]
    text = [f"## {name}", card.description + ".", _table(["", ""], facts)]
    text += [f"**What it cannot do.** {card.limits}", f"**Licence.** {card.licence}"]
    text += ["### Prediction sets, class by class { #" + name + "-sets }", _sets(figures["half_splits"])]
    if "unlike" in figures:
        text += ["### Unlike faces { #" + name + "-unlike }", _unlike(figures["unlike"])]
    if "domain_shift" in figures:
        text += ["### Pictures from elsewhere { #" + name + "-elsewhere }", _elsewhere(figures["domain_shift"])]
    whole = json.dumps(json.loads(path.read_bytes()), indent=2)
    folded = "\n".join(f"    {line}" for line in ["```json", *whole.splitlines(), "```"])
    return "\n\n".join([*text, f'??? note "The whole card"\n\n{folded}'])


def _sets(halves: dict[str, Any]) -> str:
    said = (
        f"Asked for {halves['wanted']:.0%}: {halves['coverage']:.1%} of the sets hold the label, "
        f"{halves['size']:.2f} classes each; {halves['single']:.1%} name one class, and {halves['single_right']:.1%} "
        f"of those are right. Fitted on one half, measured on the other, {halves['draws']} draws."
    )
    rows = [
        [name, str(own["n"]), f"{own['coverage']:.1%}", f"{own['size']:.2f}"] for name, own in halves["classes"].items()
    ]
    return f"{said}\n\n{_table(['class', 'faces', 'coverage', 'mean size'], rows)}"


def _unlike(figures: dict[str, Any]) -> str:
    rows = []
    for name, kind in figures["kinds"].items():
        measured = [f"{kind[key]:.1%}" if key in kind else "" for key in ("accuracy", "confidence")]
        before = f"{kind['without_softening_confidence']:.1%}" if "without_softening_confidence" in kind else ""
        rows.append([name, str(kind["n"]), f"{kind['unlike']:.1%}", *measured, before])
    left_out = ", ".join(figures["left_out_of_the_fit"])
    head = ["faces", "n", "called unlike", "accuracy", "mean confidence", "without softening"]
    return f"Not taught to the neuron: {left_out}.\n\n{_table(head, rows)}"


def _elsewhere(figures: dict[str, Any]) -> str:
    own, other = (figures["kinds"][key] for key in ("as they are", "from elsewhere"))
    return (
        f"Taken to come from elsewhere: {other['above_half']:.1%} of {other['n']} faces of {figures['elsewhere']}, "
        f"and {own['above_half']:.1%} of the validation faces. The logits of such pictures are divided by "
        f"{math.exp(figures['strength']):.2f}."
    )


def configs() -> str:
    """The configs that come with Mien, with the comment that each begins with."""
    rows = []
    for path in sorted((ROOT / "core/mien/training/configs").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        comment = []
        for line in text.splitlines():
            if not line.startswith("#"):
                break
            comment.append(line.lstrip("# "))
        base = tomllib.loads(text).get("base", "")
        rows.append([f"`{path.stem}`", " ".join(comment), f"`{base}`" if base else ""])
    return _table(["config", "what", "base"], rows)


MADE: dict[str, Callable[[], str]] = {
    "commands": commands,
    "table columns": table_columns,
    "pose values": pose_values,
    "model table": model_table,
    "model cards": model_cards,
    "configs": configs,
    "keys": keys,
}
"""What stands for `<!-- made: NAME -->` in a page."""
