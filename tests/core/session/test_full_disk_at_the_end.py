"""A disk that is full when a journal is closed."""

import os
from pathlib import Path

import pytest

from mien.session.journal import Journal, read_progress


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_journal_is_closed_and_keeps_its_last_commit(tmp_path: Path) -> None:
    journal = Journal(tmp_path, ["frame"])
    journal.append([[0]])
    journal.commit(frames=1)
    journal.append([[1]])
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, journal._file.fileno())
    os.close(full)
    journal.close()
    assert (read_progress(tmp_path) or {})["frames"] == 1
