"""What the window asks of a page. A page that has nothing to say to a question leaves it as it is here."""

from PySide6.QtGui import QAction


class Page:
    """Beside a widget's class: `class LivePage(QMainWindow, Page)`."""

    def key_actions(self) -> list[QAction]:
        """The actions for the sheet of keys; those without a key are left out there."""
        return []

    def space_action(self) -> QAction | None:
        """What Space does where no button has taken it; it is no shortcut, so that a focused button can have it."""
        return None

    def show_alone(self, alone: bool) -> None:
        """Full screen: the picture and nothing else, or everything as it was."""

    def keep_layout(self) -> None:
        """The window is about to close."""

    def shut(self) -> None:
        """Stop everything; threads may still be ending."""

    def wait(self) -> None:
        """Until every thread of the page has ended."""
