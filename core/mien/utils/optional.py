"""Libraries that Mien does without, until somebody asks for what they do."""

from typing import Any

from mien.errors import MienError


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
