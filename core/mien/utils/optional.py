"""Libraries that Mien does without, until somebody asks for what they do."""

import importlib.util
from typing import Any

from mien import language
from mien.errors import MienError
from mien.utils import own_process

LEFT_OUT = ("torch", "torchvision", "timm", "lightning_fabric", "torchmetrics", "tensorboardX", "scipy", "matplotlib")
"""Modules that requirements/slim.txt does without."""


def install() -> str:
    """What to do where the slim set of requirements/slim.txt does not suffice."""
    if own_process.is_frozen():
        return language.tr("It is not part of this program: install Mien from its source, with its full set.")
    # Both builds of OpenCV write into one folder. And the package index need not have this Mien under its name.
    return language.tr(
        "Install the full set: `pip uninstall opencv-python-headless`, then `pip install .` in Mien's folder."
    )


def install_extra(extra: str) -> str:
    """What to do where a library is not there that one of Mien's extras brings."""
    if own_process.is_frozen():
        return language.tr("It is not part of this program: install Mien from its source, with its extra '{}'.").format(
            extra
        )
    return language.tr('In Mien\'s folder: pip install ".[{}]"').format(extra)


def lacking(error: BaseException | None) -> str:
    """One line about a library that the slim set does without, if that is what an error is about; else nothing."""
    if not isinstance(error, ModuleNotFoundError) or (error.name or "").partition(".")[0] not in LEFT_OUT:
        return ""
    return language.tr("This needs {}, which is not installed. {}").format(error.name, install())


def lacking_to_train() -> str:
    """One line about the first that training needs and is not here; empty where all is. Imports nothing."""
    lack = next((name for name in LEFT_OUT if importlib.util.find_spec(name) is None), "")
    return language.tr("Training needs {}, which is not installed. {}").format(lack, install()) if lack else ""


def load_pandas() -> Any:
    """The module.

    Raises:
        MienError: it is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MienError("pandas is not installed: pip install pandas.") from error
    return pandas
