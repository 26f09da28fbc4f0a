"""Opens the folder of a file in the system's file manager."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def show_in_folder(path: Path) -> None:
    """Open a folder, or the one that a file is in; the nearest one that is still there."""
    folder = next(place for place in (path, *path.absolute().parents) if place.is_dir())
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
