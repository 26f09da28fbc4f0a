"""What the window asks of a page."""

from PySide6.QtGui import QAction


class Page:
    """Stands beside a widget's class, as in `class LivePage(QMainWindow, Page)`.

    A page overrides what it has an answer to.
    """

    def key_actions(self) -> list[QAction]:
        """The actions for the sheet of keys; it leaves out those without a key."""
        return []

    def space_action(self) -> QAction | None:
        """What Space does where no button has taken it; no shortcut, so that a focused button can have it."""
        return None

    def show_message(self, text: str) -> None:
        """Show a sentence in the page's message bar."""

    def show_alone(self, alone: bool) -> None:
        """Show the picture and nothing else, for full screen, or everything as it was."""

    def keep_layout(self) -> None:
        """Store the layout: the window is about to close."""

    def shut(self) -> None:
        """Stop everything; threads may still be ending."""

    def wait(self) -> None:
        """Wait until every thread of the page has ended."""
