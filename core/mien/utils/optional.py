"""Libraries that Mien does without, until somebody asks for what they do."""

from typing import Any

from mien.errors import MienError

INSTALL = "Install the full set: `pip install mien`, or `pip install .` in Mien's folder."
"""What to do where the slim set of requirements/slim.txt does not suffice."""


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
