"""Faces that were cut out for a training do not stay on the disk when it is never begun."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mien.training.runs import remove_unclaimed_crops
from mien.utils import paths
from mien.utils.json_io import to_json
from mien_app.train import inspection_worker
from mien_app.train.inspection_worker import InspectionWorker


def aged(folder: Path, days: float) -> Path:
    (folder / "happy").mkdir(parents=True)
    (folder / "happy" / "a.png").write_bytes(b"a face")
    then = time.time() - days * 86_400
    os.utime(folder, (then, then))
    return folder


@pytest.fixture
def trainings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "user_trainings", lambda: tmp_path)
    return tmp_path


def test_those_that_a_kill_left_go_after_a_week(trainings: Path) -> None:
    left = [aged(trainings / f"trip 2026-01-0{n} 10.11.12 faces{end}", 8) for n, end in ((1, ""), (2, " 2"))]
    kept = [
        aged(trainings / "trip 2026-01-03 10.11.12 faces", 6),
        aged(trainings / "my faces", 8),
        aged(trainings / "trip 2026-01-04 10.11.12 faces", 8),
    ]
    run = aged(trainings / "trip 2026-01-04 10.11.12 faces 2026-01-05 10.11.12", 8)
    plan = run / "plan.json"
    plan.write_bytes(b"damaged")
    remove_unclaimed_crops()
    assert all(folder.is_dir() for folder in left)  # they may be its own
    plan.write_bytes(to_json({"data": str(kept[-1]), "start": "light"}))
    remove_unclaimed_crops()
    assert not any(folder.exists() for folder in left)
    assert all((folder / "happy" / "a.png").is_file() for folder in (*kept, run))


def test_those_that_nobody_waits_for_go_at_once(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    works: list[Callable[[], Any]] = []
    background: Any = SimpleNamespace(run=lambda work, done, failed: works.append(work))
    worker = InspectionWorker(background)
    faces = aged(tmp_path / "faces", 0)

    def cut_out(*_: object) -> object:
        worker.stop()  # after the last picture
        return SimpleNamespace(root=faces)

    monkeypatch.setattr(inspection_worker, "lacking_to_train", lambda: "")
    monkeypatch.setattr(inspection_worker, "guess", lambda report: "group")
    monkeypatch.setattr(inspection_worker, "_cut_out", cut_out)
    worker.start(tmp_path, crops=False)
    assert works[0]() is None
    assert not faces.exists()
