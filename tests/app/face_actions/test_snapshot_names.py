from datetime import datetime
from pathlib import Path

import pytest

from mien_app.face_actions import snapshots


class SetBack(datetime):
    """A clock that is set back after each picture."""

    @classmethod
    def now(cls, tz: object = None) -> "SetBack":
        return cls(2026, 10, 25, 2, 30)


def test_a_snapshot_replaces_none_of_before_the_clock_was_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "folder", lambda: tmp_path)
    monkeypatch.setattr(snapshots, "datetime", SetBack)
    paths = [snapshots.write_png(bytes([number])) for number in range(3)]
    assert [path.read_bytes() for path in paths] == [b"\0", b"\1", b"\2"]
