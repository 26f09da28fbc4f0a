"""Damaged and hostile models, as somebody exported them."""

import hashlib
import io
import json
import random
import tempfile
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.fuzz.changes import change_bytes, change_json, change_values

from mien.errors import MienError
from mien.models import cards, store, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.utils import paths


@cache
def _good() -> tuple[bytes, bytes]:
    """A small model's card and weights."""
    with tempfile.TemporaryDirectory() as folder:
        config = NetworkConfig(backbone="test_vit", input_size=32, crop_size=24, classes=("a", "b"), head_width=16)
        weights.save(ExpressionNetwork(config), cards.Card("small", config), Path(folder))
        return (Path(folder) / "small.json").read_bytes(), (Path(folder) / "small.safetensors").read_bytes()


def mutated(rng: random.Random) -> tuple[str, bytes]:
    """A `.mien` whose card, header, weights or bytes were changed; its hash is mostly right."""
    card, data = _good()
    values = json.loads(card)
    if rng.random() < 0.4:
        length = int.from_bytes(data[:8], "little")
        if rng.random() < 0.7:
            head = change_json(json.loads(data[8 : 8 + length]), rng)
            data = (
                rng.choice((len(head), len(head), rng.getrandbits(64))).to_bytes(8, "little")
                + head
                + data[8 + length :]
            )
        else:
            data = change_bytes(data, rng)
        if rng.random() < 0.9:
            values["sha256"] = hashlib.sha256(data).hexdigest()
    else:
        part = rng.choice(("network", "network", "network", "calibration", "conformal", ""))
        if part:
            values[part] = change_values(values[part], rng)
        else:
            values = change_values(values, rng)
    text = change_bytes(json.dumps(values).encode(), rng) if rng.random() < 0.1 else json.dumps(values).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        archive.writestr("card.json", text)
        archive.writestr("model.safetensors", data)
    return "mutated.mien", change_bytes(out.getvalue(), rng) if rng.random() < 0.15 else out.getvalue()


def use(path: Path) -> None:
    """Import it into a store of its own, and read it back."""
    own = path.parent / "own"
    paths.user_weights = lambda: own
    with suppress(MienError):
        kept = store.take(path)
        weights.load(str(kept))
