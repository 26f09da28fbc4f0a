"""A disk that is full when a table is closed: what was to be said of it has been said."""

import os
from pathlib import Path

import numpy as np
import pytest

from mien.errors import MienError
from mien.types import Frame, Recognition
from mien_app.startup.live_table import LiveTable


def write_until_full(path: Path) -> None:
    frame, nobody = Frame(0, 0.0, np.zeros((8, 8, 3), np.uint8)), Recognition(0, 0.0, (), ())
    with LiveTable(path) as table:
        table.write(frame, nobody, ("a", "b"))
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, table._file.fileno())
        os.close(full)
        table.write(frame, nobody, ("a", "b"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_named_with_the_table(tmp_path: Path) -> None:
    with pytest.raises(MienError, match=r"faces.csv cannot be written"):
        write_until_full(tmp_path / "faces.csv")
