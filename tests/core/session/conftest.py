import shutil
from copy import deepcopy
from pathlib import Path

import pytest

from mien.session.session import Session


@pytest.fixture(scope="session")
def opened(session: Path) -> Session:
    """Opening one starts a process."""
    return Session(session)


@pytest.fixture
def copy(opened: Session, session: Path, tmp_path: Path) -> Session:
    """A session that may be changed."""
    made = deepcopy(opened)
    made.folder = Path(shutil.copytree(session, tmp_path / "copy"))
    return made
