"""When rows are made durable."""

import os
import time
from pathlib import Path

import pytest

from mien.session.journal import Journal


def test_commits_that_take_long_take_a_tenth_of_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now_s, sync_s = 100.0, 0.0

    def slow_sync(_: int) -> None:
        nonlocal now_s
        now_s += sync_s

    monkeypatch.setattr(time, "monotonic", lambda: now_s)
    monkeypatch.setattr(os, "fsync", slow_sync)
    with Journal(tmp_path, ["frame"]) as journal:
        for lasts_s in (0.0, 0.01, 2.0, 0.0):
            began_s, sync_s = now_s, lasts_s
            journal.commit(frames=1)
            waits_s = max(0.4, 10 * (now_s - began_s))
            now_s += waits_s - 0.01
            assert not journal.due
            now_s += 0.02
            assert journal.due
