"""The store of a person's own models: kept under a name, exported as one file, imported from one, removed.

The file is a zip of a card and its weights. Nothing in it is unpacked to a path that it names, and it is kept only if
every tensor fits the card, so that a stranger's file can neither run code nor overwrite anything.
"""

import io
import unicodedata
import zipfile
from contextlib import suppress
from dataclasses import asdict, replace
from itertools import chain, count, dropwhile
from pathlib import Path

from mien import language
from mien.errors import MienError
from mien.models import cards
from mien.models.replacing import alone, write_files
from mien.utils import paths
from mien.utils.files import check_input, reason_about, remove_left_over, write_atomic, writing
from mien.utils.json_io import to_json
from mien.utils.names import is_reserved
from mien.utils.zips import DAMAGED, open_zip

ENDING = ".mien"
_CARD, _WEIGHTS = "card.json", "model.safetensors"
_LONGEST = 63  # of a name, letters
_LARGEST_RATIO = 4  # between the files inside and the zip; weights hardly get smaller


def _is_told(letter: str) -> bool:
    """Whether a name may have this in it; many scripts write vowels as marks on a letter."""
    return _begins(letter) or letter in " .+-" or unicodedata.category(letter).startswith("M")


def _begins(letter: str) -> bool:
    """Whether a name may begin with this."""
    return letter.isalnum() or letter == "_"


def check_characters(name: str) -> str:
    """The name without spaces around it, if a model may be called so, wherever it is.

    Raises:
        MienError: it cannot be a file's name.
    """
    name = unicodedata.normalize("NFC", name).strip()
    told = _begins(name[:1]) and all(map(_is_told, name)) and len(name) <= _LONGEST
    if not told or is_reserved(name) or cards.is_file_name(name):
        raise MienError(
            language.tr("'{}' cannot be a model's name. Use at most {} letters, digits, spaces, '-' and '_'.").format(
                name[:80], _LONGEST
            )
        )
    return name


def check_name(name: str) -> str:
    """The name without spaces around it, if a model of a person's own may have it.

    Raises:
        MienError: it cannot be a file's name, or a model has it already.
    """
    name = check_characters(name)
    if _taken_by(name) is not None:
        raise MienError(
            language.tr("There already is a model '{}'. Choose another name, or remove that one first.").format(name)
        )
    return name


def suggest_name(text: str) -> str:
    """A name like the text, such as a folder's name, that `check_name` takes."""
    plain = "".join(letter if _is_told(letter) else " " for letter in unicodedata.normalize("NFC", text))
    begun = "".join(dropwhile(lambda letter: not _begins(letter), plain))
    stem = " ".join(begun.split())[: _LONGEST - 5].rstrip(" .") or "model"  # a number may follow
    taken = {name.lower() for name in cards.available()}
    names = chain([stem], (f"{stem} {number}" for number in count(2)))
    return next(
        name for name in names if name.lower() not in taken and not is_reserved(name) and not cards.is_file_name(name)
    )


def keep(model: str, name: str) -> Path:
    """Keep a model under a new name.

    Args:
        model: its name, or the path of its card.
        name: see `check_name`.

    Returns:
        The path of the new card.

    Raises:
        MienError: it cannot be loaded, kept or called so; nothing is kept then.
    """
    name = check_name(name)
    data, card = cards.verified_weights(model)
    return _write(data, replace(card, name=name))


def _write(data: bytes, card: cards.Card) -> Path:
    card = replace(card, graph="")  # which does not come along
    path = paths.user_weights() / f"{card.name}.json"
    with alone(path.parent), writing(path):
        check_name(card.name)  # somebody else may have taken it since
        remove_left_over(path.parent)
        write_files(data, card, path)
    return path


def export(model: str, path: Path, name: str = "") -> Path:
    """Write a model as one file to give to others.

    Args:
        model: its name, or the path of its card.
        path: the file; `.mien` is added where it has another ending.
        name: what it is called there; empty for its own.

    Returns:
        The file.

    Raises:
        MienError: the model cannot be loaded or called so, or the file cannot be written.
    """
    data, card = cards.verified_weights(model)
    card = replace(card, name=check_characters(name) if name else card.name)
    path = path if path.suffix == ENDING else path.with_name(path.name + ENDING)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:  # weights hardly get smaller
        archive.writestr(_CARD, to_json(asdict(card), indent=2))
        archive.writestr(_WEIGHTS, data)
    with writing(path):
        write_atomic(path, buffer.getvalue())
    return path


def take(path: Path, name: str = "", *, renamed: bool = False) -> Path:
    """Keep a model that somebody exported.

    Args:
        path: the file.
        name: to keep it under; empty for its own.
        renamed: where another model has that name, keep it under one like it.

    Returns:
        The path of its card.

    Raises:
        MienError: it was refused, and why; nothing is kept then.
    """
    check_input(path)
    from mien.models import weights

    try:
        with open_zip(path) as archive:
            inside = {info.filename: info for info in archive.infolist()}
            if set(inside) != {_CARD, _WEIGHTS}:
                raise MienError(language.tr("{} is not a model that Mien exported.").format(path))
            if inside[_CARD].file_size > cards.LARGEST or inside[_WEIGHTS].file_size > cards.LARGEST_WEIGHTS:
                raise MienError(language.tr("{} is larger than any model of Mien's, and was not opened.").format(path))
            if sum(info.file_size for info in inside.values()) > _LARGEST_RATIO * path.stat().st_size:
                raise MienError(
                    language.tr("{} is packed smaller than any model of Mien's can be, and was not opened.").format(
                        path
                    )
                )
            text, data = archive.read(_CARD), archive.read(_WEIGHTS)
    except (OSError, *DAMAGED) as error:
        raise MienError(
            language.tr("{} is not a model that Mien exported: {}.").format(path, reason_about(path, error))
        ) from error
    card = cards.parse_card(text, path.name)
    weights.build(cards.verified(data, card, path), card, path)  # refuses what does not fit
    name = check_characters(name or card.name)
    if renamed and _another_has(name, card):
        name = suggest_name(name)
    return _write(data, replace(card, name=check_name(name)))


def _another_has(name: str, card: cards.Card) -> bool:
    """Whether a name is that of a model with other weights than a card's."""
    if (taken := _taken_by(name)) is None:
        return False
    with suppress(MienError):
        return cards.read_card(taken).sha256 != card.sha256
    return True  # a damaged one


def _taken_by(name: str) -> str | None:
    """The model whose name differs from a name in capitals at most."""
    return next((taken for taken in cards.available() if taken.lower() == name.lower()), None)


def remove(name: str) -> None:
    """Delete one of the person's own models.

    Raises:
        MienError: there is no such model, it came with Mien, or it cannot be deleted.
    """
    card = cards.locate(name)
    if card.parent != paths.user_weights():
        raise MienError(
            language.tr("'{}' came with Mien and cannot be removed. Yours are in {}.").format(
                name, paths.user_weights()
            )
        )
    try:
        with alone(card.parent):
            card.unlink()  # first: it is what makes the model listed
            for path in (card.with_suffix(".safetensors"), cards.coming_weights(card), card.with_suffix(".graph")):
                path.unlink(missing_ok=True)
            for path in paths.cache().glob(f"{cards.translation_name(card.stem)}-{16 * '[0-9a-f]'}.*"):
                path.unlink(missing_ok=True)  # it has all weights in it
    except OSError as error:
        raise MienError(language.tr("'{}' cannot be removed: {}.").format(name, error.strerror)) from error
