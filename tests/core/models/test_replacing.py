import hashlib
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from killed_at import every_moment

from mien.errors import MienError
from mien.models import cards, replacing, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.training.recalibration import Recalibrated


def other(tiny: NetworkConfig) -> ExpressionNetwork:
    network = ExpressionNetwork(tiny)
    with torch.no_grad():
        for value in network.parameters():
            value.add_(1)
    return network


def made(data: bytes, card: cards.Card) -> tuple[bytes, cards.Card]:
    return data, replace(card, sha256=hashlib.sha256(data).hexdigest())


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize("killed_before", [False, True], ids=["whole", "killed before"])
def test_a_model_is_the_old_or_the_new_one_whenever_writing_it_is_killed(saved: Path, killed_before: bool) -> None:
    old = cards.verified_weights(str(saved))
    if killed_before:  # between its card and its weights
        old = made(b"old", old[1])
        cards.coming_weights(saved).write_bytes(old[0])
        cards.write_card(old[1], saved)
    new = made(b"new", old[1])
    seen = []
    for _ in every_moment(saved.parent, lambda: replacing.write_files(*new, saved)):
        seen.append(cards.verified_weights(str(saved)))
        assert seen[-1] in (old, new)
    assert seen[0] == old
    assert seen[-1] == new
    assert sorted(path.name for path in saved.parent.iterdir()) == ["mine.json", "mine.safetensors"]


def test_a_full_disk_leaves_the_old_model(saved: Path, tiny: NetworkConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    old, card = cards.verified_weights(str(saved))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("write_card", "write_atomic"):
        with monkeypatch.context() as patched:
            patched.setattr(replacing, name, full)
            with pytest.raises(OSError, match="No space"):
                weights.write(other(tiny), card, saved)
        assert cards.verified_weights(str(saved)) == (old, card)
        assert sorted(path.name for path in saved.parent.iterdir()) == ["mine.json", "mine.safetensors"]


def test_a_shared_models_new_weights_keep_its_permissions(saved: Path, tiny: NetworkConfig) -> None:
    own = saved.with_suffix(".safetensors")
    own.chmod(0o644)
    weights.write(other(tiny), cards.read_card(str(saved)), saved)
    assert sys.platform == "win32" or own.stat().st_mode & 0o777 == 0o644


def test_weights_beside_a_model_that_its_card_does_not_name_are_passed_over(saved: Path) -> None:
    data, card = cards.verified_weights(str(saved))
    cards.coming_weights(saved).write_bytes(b"others")
    assert cards.verified_weights(str(saved)) == (data, card)
    saved.with_suffix(".safetensors").write_bytes(b"damaged")
    with pytest.raises(MienError, match="not the file that its card describes"):
        cards.verified_weights(str(saved))


@pytest.mark.parametrize("changed", [False, True])
def test_a_model_that_another_has_replaced_meanwhile_is_not_calibrated(
    saved: Path, tiny: NetworkConfig, changed: bool
) -> None:
    network, card = weights.load(str(saved))
    again = Recalibrated(network, replace(card, temperature=2.0), torch.zeros(1, 8).numpy(), None, changed)
    kept = weights.write(other(tiny), card, saved)
    with pytest.raises(MienError, match="changed by another Mien"):
        again.write(str(saved))
    assert cards.verified_weights(str(saved))[1] == kept
