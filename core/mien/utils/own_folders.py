"""Puts the caches of the libraries under Mien into Mien's own cache folder, before any of them is imported.

A folder that a person has chosen stays, and so does that of a library that was imported before.
"""

import atexit
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

from platformdirs import user_config_path

from mien.utils import paths

log = logging.getLogger(__name__)

_FONTS = Path("/etc/fonts/fonts.conf")
_TORCH, _MATPLOTLIB = "TORCHINDUCTOR_CACHE_DIR", "MPLCONFIGDIR"
_NOBODYS = "/nonexistent"  # the home of a user who has none


def choose() -> None:
    """Choose folders for this process and those that it starts."""
    if os.name == "posix" and not os.environ.get("HOME"):
        os.environ.pop("HOME", None)  # an empty one would be taken for the root of the disk
        if os.path.expanduser("~") == "~":  # the system does not know this user
            os.environ["HOME"] = _NOBODYS
    # PyTorch makes a folder when it traces a model, by default among the temporary files, and leaves it there.
    os.environ.setdefault(_TORCH, str(paths.cache() / "torch"))
    if "matplotlib" not in sys.modules and _MATPLOTLIB not in os.environ:
        _choose_for_matplotlib()
    if sys.platform == "linux" and _FONTS.is_file() and "FONTCONFIG_PATH" not in os.environ:
        os.environ.setdefault("FONTCONFIG_FILE", str(paths.assets() / "fonts.conf"))


def check() -> None:
    """Say in a line what cannot be kept, since its folder cannot be written; a temporary cache stands in for Mien's."""
    cache = paths.cache()
    kept = {"settings": paths.user_settings().parent, "models": paths.user_weights(), "prepared models": cache}
    lost = {what: folder for what, folder in kept.items() if not _can_be_written(folder)}
    if not lost:
        return
    if cache in lost.values():
        made = tempfile.mkdtemp(prefix="mien-")
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        os.environ[paths.CACHE] = made
        os.environ["XDG_CACHE_HOME"] = made  # for what fontconfig notes of the fonts
        for name in (_TORCH, _MATPLOTLIB):  # where they were chosen above
            if Path(os.environ.get(name, "")).parent == cache:
                os.environ[name] = str(Path(made) / Path(os.environ[name]).name)
    log.warning("%s cannot be written: %s are not kept.", ", ".join(map(str, lost.values())), ", ".join(lost))


def _can_be_written(folder: Path) -> bool:
    there = next((path for path in (folder, *folder.parents) if os.path.exists(path)), folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _choose_for_matplotlib() -> None:
    """Its list of fonts goes to Mien's folder; a person's `matplotlibrc` still counts."""
    os.environ[_MATPLOTLIB] = str(paths.cache() / "matplotlib")
    theirs = user_config_path("matplotlib") if sys.platform == "linux" else Path.home() / ".matplotlib"
    if (theirs / "matplotlibrc").is_file():
        os.environ.setdefault("MATPLOTLIBRC", str(theirs / "matplotlibrc"))
