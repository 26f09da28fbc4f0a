"""Where Mien's own files are: at the root of a checkout, or beside the modules of an installed package."""

import os
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path, user_log_path

CACHE = "MIEN_CACHE"
"""The environment variable that names another folder for the cache."""
_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def _resource(folder: str) -> Path:
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _CHECKOUT / folder


def assets() -> Path:
    """The folder of the face-detector model and the demo picture."""
    return _resource("assets")


def documentation() -> Path | None:
    """The first page of the documentation: of the built site, else of its sources; None where there is neither."""
    found = (_CHECKOUT / "build" / "site" / "index.html", _CHECKOUT / "docs" / "index.md")
    return next((path for path in found if path.is_file()), None)


def shipped_weights() -> Path:
    """The folder of the models that come with Mien."""
    return _resource("weights")


def user_weights() -> Path:
    """The folder of a person's own models. It need not exist."""
    return user_data_path("mien", appauthor=False) / "models"


def user_trainings() -> Path:
    """The folder of trainings, running and finished. It need not exist."""
    return user_data_path("mien", appauthor=False) / "trainings"


def cache() -> Path:
    """The folder of files that can be made again. It need not exist."""
    chosen = os.environ.get(CACHE)
    return Path(chosen) if chosen else user_cache_path("mien", appauthor=False)


def user_settings() -> Path:
    """The file of a person's choices. It need not exist."""
    return user_config_path("mien", appauthor=False) / "settings.ini"


def log() -> Path:
    """The file with the tracebacks of errors that nobody foresaw. It need not exist."""
    return user_log_path("mien", appauthor=False) / "mien.log"
