"""What a screen reader gets of predictions that change many times a second."""

import time

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_APART_S = 3.0  # between two announcements: a voice takes so long for one


class Announcer:
    """A panel's accessible description, and an announcement where the expression has become another."""

    def __init__(self, panel: QWidget) -> None:
        self._panel = panel
        self._announced, self._at = "", 0.0

    def say(self, short: str, whole: str) -> None:
        """Take a prediction in words.

        Args:
            short: whose face shows what; announced where it is another than before.
            whole: with its figures; read out when the person asks for the panel.
        """
        if self._panel.accessibleDescription() != whole:
            self._panel.setAccessibleDescription(whole)
        now = time.monotonic()
        if short != self._announced and now - self._at >= _APART_S and QAccessible.isActive():
            self._announced, self._at = short, now
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._panel, short))
