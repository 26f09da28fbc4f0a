import shutil
from pathlib import Path

import pytest

from mien.session.session import Session


@pytest.fixture
def copy(session: Path, tmp_path: Path) -> Session:
    """A session that may be changed."""
    shutil.copytree(session, tmp_path / "copy")
    return Session(tmp_path / "copy")
