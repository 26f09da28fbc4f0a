"""A model that is there is replaced by another: at any moment it can be loaded, as the old one or the new one.

Its weights and its card are two files, and the card has the hash of the weights. So the new weights are first written
beside the old; the card is what decides; then they take their place. After a kill before that, they are read from where
they are, and the next writer finishes the move.
"""

import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mien.errors import MienError
from mien.models.cards import Card, coming_weights, read_card, verified_weights, write_card
from mien.utils.files import write_atomic
from mien.utils.lock import locked
from mien.utils.renaming import put_in_place

_PATIENCE_S = 10.0  # with another process that writes a model


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Within this, no other process replaces, keeps or removes a model in a folder.

    Raises:
        MienError: another one does, or the folder cannot be written.
    """
    with locked(folder, f"{folder} is in use by another Mien. Try again when it has ended.", wait_s=_PATIENCE_S):
        yield


@contextmanager
def unchanged(card: Card, path: Path) -> Iterator[None]:
    """Within this, nobody else changes a model, whose weights are those that were read.

    Args:
        card: of the model, as it was read.
        path: of its card.

    Raises:
        MienError: see `alone`, or it has other weights by now.
    """
    with alone(path.parent):
        if read_card(str(path)).sha256 != card.sha256:
            raise MienError(f"{path} was changed by another Mien meanwhile, and stays as that left it. Try again.")
        yield


def write_files(data: bytes, card: Card, path: Path) -> None:
    """Write a model's weights and its card, which has their hash.

    Args:
        data: of the safetensors file.
        card: of the model.
        path: of the card.

    Raises:
        OSError: they cannot be written; a model that was there stays.
    """
    own, coming = path.with_suffix(".safetensors"), coming_weights(path)
    if not path.exists():
        write_atomic(own, data)
        write_card(card, path)  # last: it is what makes the model listed
        return
    _finish_move(path)
    write_atomic(coming, data)
    try:
        with suppress(OSError):  # there are none, or a disk that knows no permissions
            coming.chmod(stat.S_IMODE(own.stat().st_mode))
        write_card(card, path)
    except BaseException:
        coming.unlink(missing_ok=True)
        raise
    put_in_place(coming, own)


def _finish_move(path: Path) -> None:
    """Where a kill left the card's weights beside their place, bring them there."""
    if coming_weights(path).exists():
        try:
            data, _ = verified_weights(str(path))
        except MienError:  # there is nothing that could be lost
            return
        write_atomic(path.with_suffix(".safetensors"), data)
