"""What a message says: its text, its kind, and the file that was written."""

import enum
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from PySide6.QtGui import QIcon

from mien import language
from mien_app.widgets import icons
from mien_app.widgets.theme import theme


class Kind(enum.Enum):
    """What a message is about; the value is the style sheet's."""

    DONE = "done"
    ATTENTION = "attention"
    FAILED = "failed"
    BUSY = "busy"
    """Something goes on. It is not kept, since the next one says how far it is."""


@dataclass(frozen=True)
class Message:
    """One message."""

    text: str
    kind: Kind
    file: Path | None = None
    """What was written."""
    at: datetime = field(default_factory=datetime.now)


_ICONS = MappingProxyType(
    {Kind.DONE: icons.done, Kind.ATTENTION: icons.attention, Kind.FAILED: icons.failed, Kind.BUSY: icons.busy}
)


def word(kind: Kind) -> str:
    """A kind in a word."""
    return {
        Kind.DONE: language.tr("Done"),
        Kind.ATTENTION: language.tr("Note"),
        Kind.FAILED: language.tr("Failed"),
        Kind.BUSY: language.tr("Working"),
    }[kind]


def icon(kind: Kind, size: int) -> QIcon:
    """A kind as a sign in the text's colour; its background has the kind's."""
    return icons.icon(_ICONS[kind], theme().text, theme().text, size)
