"""Whether a cluster's workers would do what this machine would: they run these functions, and answer."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mien.analysis.options import AnalysisOptions
from mien.errors import MienError
from mien.models.cards import read_card
from mien.session.manifest import versions

_ENDS = 1 << 20  # bytes at both ends of a file that are compared; a whole film would be read by each worker


@dataclass(frozen=True)
class Expected:
    """What this machine has."""

    versions: dict[str, str]
    model: str
    """Name or path."""
    model_sha256: str


def expected(options: AnalysisOptions) -> Expected:
    """What workers must have for these options.

    Raises:
        MienError: there is no such model here.
    """
    return Expected(versions(), options.model, read_card(options.model).sha256)


def misfits(here: Expected) -> list[str]:
    """What differs on the machine that runs this, in words."""
    own = versions()
    found = [
        f"{name} {own.get(name, 'is missing')} instead of {version}"
        for name, version in here.versions.items()
        if own.get(name) != version
    ]
    try:
        if read_card(here.model).sha256 != here.model_sha256:
            found.append(f"another model is called {here.model}")
    except MienError as error:
        found.append(str(error))
    return found


def marks(paths: Sequence[Path]) -> dict[Path, str]:
    """Size and hash of both ends of each file, as the machine that runs this has it; empty where it cannot be read."""
    return {path: _mark(path) for path in paths}


def _mark(path: Path) -> str:
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            begin = file.read(_ENDS)
            file.seek(max(size - _ENDS, 0))
            return f"{size} {hashlib.sha256(begin + file.read(_ENDS)).hexdigest()}"
    except OSError:
        return ""


def differing_workers(answers: dict[str, Any]) -> str:
    """What the workers answered to `misfits`, by their address; empty where all fit."""
    said = []
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, Exception):
            answer = [f"it has another Mien, or none ({type(answer).__name__}: {answer})"]
        if answer:
            said.append(f"{worker}: {', '.join(answer)}")
    return "; ".join(said)


def differing_files(here: dict[Path, str], answers: dict[str, Any]) -> dict[Path, str]:
    """For each file that some worker does not have as this machine has it, a sentence."""
    found = {}
    for path, mark in here.items():
        for worker, there in sorted(answers.items()):
            theirs = there.get(path, "") if isinstance(there, dict) else ""
            if theirs != mark:
                how = "is another file" if theirs else "cannot be read"
                found[path] = f"{path} {how} on the worker {worker}. Put it there under the same path."
                break
    return found
