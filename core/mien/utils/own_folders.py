"""Puts the caches of the libraries under Mien into Mien's own cache folder, before any of them is imported.

A folder that a person has chosen stays, and so does that of a library that was imported before.
"""

import os
import sys
from pathlib import Path

from platformdirs import user_config_path

from mien.utils import paths

_FONTS = Path("/etc/fonts/fonts.conf")


def choose() -> None:
    """Choose folders for this process and those that it starts."""
    # PyTorch makes a folder when it traces a model, by default among the temporary files, and leaves it there.
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(paths.cache() / "torch"))
    if "matplotlib" not in sys.modules and "MPLCONFIGDIR" not in os.environ:
        _choose_for_matplotlib()
    if sys.platform == "linux" and _FONTS.is_file() and "FONTCONFIG_PATH" not in os.environ:
        os.environ.setdefault("FONTCONFIG_FILE", str(paths.assets() / "fonts.conf"))


def _choose_for_matplotlib() -> None:
    """Its list of fonts goes to Mien's folder; a person's `matplotlibrc` still counts."""
    os.environ["MPLCONFIGDIR"] = str(paths.cache() / "matplotlib")
    theirs = user_config_path("matplotlib") if sys.platform == "linux" else Path.home() / ".matplotlib"
    if (theirs / "matplotlibrc").is_file():
        os.environ.setdefault("MATPLOTLIBRC", str(theirs / "matplotlibrc"))
