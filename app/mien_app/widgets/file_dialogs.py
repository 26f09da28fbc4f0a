"""Questions for files and folders: each begins where the last one of its kind ended."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from mien import language
from mien.sources import PICTURES, VIDEOS
from mien_app.services.preferences import Preferences


def media() -> str:
    """The kinds of files that can be looked at. What a file is, is decided by its content: all can be shown."""
    videos, pictures = (" ".join(f"*{ending}" for ending in sorted(kinds)) for kinds in (VIDEOS, PICTURES))
    return ";;".join(
        (
            language.tr("Videos and pictures") + f" ({videos} {pictures})",
            language.tr("Videos") + f" ({videos})",
            language.tr("Pictures") + f" ({pictures})",
            language.tr("All files") + " (*)",
        )
    )


def _begin(preferences: Preferences, what: str) -> str:
    """The folder to begin in: the last one that is still there, else the person's documents."""
    last = preferences.last_folder(what)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return next(str(place) for place in (last, documents, Path.home(), "/") if place and Path(place).is_dir())


def ask_folder(parent: QWidget, preferences: Preferences, what: str, title: str) -> Path | None:
    """Ask for a folder.

    Args:
        parent: who asks.
        preferences: keep the folder that it is in.
        what: the kind of question, whose last folder is where it begins.
        title: of the window.

    Returns:
        None if the person cancels, as for the others.
    """
    folder = QFileDialog.getExistingDirectory(parent, title, _begin(preferences, what))
    if not folder:
        return None
    preferences.keep_last_folder(what, str(Path(folder).parent))
    return Path(folder)


def ask_files(parent: QWidget, preferences: Preferences, what: str, title: str, kinds: str) -> list[Path]:
    """Ask for files of some kinds, as in `media`."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, _begin(preferences, what), kinds)
    if names:
        preferences.keep_last_folder(what, str(Path(names[0]).parent))
    return [Path(name) for name in names]


def ask_file(parent: QWidget, preferences: Preferences, what: str, title: str, kinds: str) -> Path | None:
    """Ask for one file."""
    name, _ = QFileDialog.getOpenFileName(parent, title, _begin(preferences, what), kinds)
    if not name:
        return None
    preferences.keep_last_folder(what, str(Path(name).parent))
    return Path(name)


def ask_new_file(
    parent: QWidget, preferences: Preferences, what: str, title: str, proposed: str, kinds: str
) -> Path | None:
    """Ask where to write a file; one without an ending gets that of the proposed name."""
    place = str(Path(_begin(preferences, what)) / proposed)
    name, _ = QFileDialog.getSaveFileName(parent, title, place, kinds)
    if not name:
        return None
    path = Path(name)
    preferences.keep_last_folder(what, str(path.parent))
    if path.suffix:
        return path
    endings = Path(proposed).suffixes
    return path.with_name(path.name + "".join(endings[-2:] if endings[-1:] == [".gz"] else endings[-1:]))
