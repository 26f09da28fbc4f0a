"""Predictions for other programs, while a source runs: JSON lines, and what else `registry` lists."""

from mien.sending.base import Sender, SendOptions
from mien.sending.registry import names, open_sender, warning
from mien.sending.sending import Sending

__all__ = ["SendOptions", "Sender", "Sending", "names", "open_sender", "warning"]
