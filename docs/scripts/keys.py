"""The keys of the window, asked from the window itself."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QAction, QKeySequence

from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.application import make_application


def _lines(actions: list[QAction]) -> Iterator[str]:
    for action in actions:
        if not action.shortcut().isEmpty():
            key = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
            yield f"| `{key}` | {action.text()} |"


def keys() -> str:
    """A table for the whole window, then one a page, as the sheet of keys (`?`) shows them."""
    application = make_application()
    with TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder) / "settings.ini")
        window = MainWindow("light", preferences)
        parts = ["## Everywhere", "| key | what it does |\n| --- | --- |\n" + "\n".join(_lines(window.actions()))]
        pages = {"Live": window.live, "Analyse": window.analyse, "Review": window.review, "Train": window.train}
        for name, page in pages.items():
            space = page.space_action()
            own = [f"| `Space` | {space.text()} |"] if space is not None else []
            table = "\n".join(["| key | what it does |\n| --- | --- |", *own, *_lines(page.key_actions())])
            parts += [f"## {name}", table]
        window.close()
        preferences.write()
        application.processEvents()
    return "\n\n".join(parts)
