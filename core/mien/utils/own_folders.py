"""Keeps the caches of the libraries under Mien in Mien's own cache folder. `mien` does this before anything else.

Whoever has chosen a folder for them, or has imported the library before, keeps it.
"""

import os
import sys
from pathlib import Path

from platformdirs import user_config_path

from mien.utils import paths

_FONTS = Path("/etc/fonts/fonts.conf")


def choose() -> None:
    """For this process and those that it starts."""
    # A folder in the one for temporary files, which PyTorch makes when a model is traced and leaves there.
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(paths.cache() / "torch"))
    if "matplotlib" not in sys.modules and "MPLCONFIGDIR" not in os.environ:
        _choose_for_matplotlib()
    if sys.platform == "linux" and _FONTS.is_file() and "FONTCONFIG_PATH" not in os.environ:
        os.environ.setdefault("FONTCONFIG_FILE", str(paths.assets() / "fonts.conf"))


def _choose_for_matplotlib() -> None:
    """Its list of fonts comes to Mien; how a person wants plots to look is still read where that stands."""
    os.environ["MPLCONFIGDIR"] = str(paths.cache() / "matplotlib")
    theirs = user_config_path("matplotlib") if sys.platform == "linux" else Path.home() / ".matplotlib"
    if (theirs / "matplotlibrc").is_file():
        os.environ.setdefault("MATPLOTLIBRC", str(theirs / "matplotlibrc"))
