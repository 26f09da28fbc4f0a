"""The files of a training's folder that more than one module names, and what is said where it is in use."""

from pathlib import Path

from mien import language

CHECKPOINT = "last.pt"
EVENTS = "events.jsonl"
RESULT = "result.json"
"""The comparison with the model that the training started from."""


def in_use(folder: Path) -> str:
    """What a person is told where another process trains in a folder."""
    return language.tr("{} is in use by another training. Wait until it has ended.").format(folder)
