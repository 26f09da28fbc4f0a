"""The folders of trainings: whatever the pictures' folder is called, and whatever another window does meanwhile."""

import sys
import time
from pathlib import Path

import pytest
from killed_at import every_moment

from mien.curation.split import Split
from mien.errors import MienError
from mien.training.runs import Plan, Run, create, crops_name, runs
from mien.utils import paths
from mien.utils.lock import locked

SPLIT = Split({"a/1.png": "a"}, {"a/2.png": "a"}, "picture")


@pytest.fixture(autouse=True)
def trainings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "trainings"
    monkeypatch.setattr(paths, "user_trainings", lambda: folder)
    return folder


def begun(data: Path) -> Run:
    return create(Plan(str(data), "light"), "", SPLIT)


def test_a_name_of_any_length_can_be_trained_on(tmp_path: Path) -> None:
    data = tmp_path / ("ä" * 127)
    data.mkdir()
    assert begun(data).plan.data == str(data)
    assert begun(data).folder != begun(data).folder
    crops = paths.user_trainings() / crops_name(data, time.localtime())
    crops.mkdir()
    run = begun(crops)
    run.remove()
    assert not crops.exists()
    assert data.is_dir()


def test_crops_stay_for_the_other_training_on_them(trainings: Path) -> None:
    crops = trainings / "trip 2026-01-01 10.11.12 faces"
    crops.mkdir(parents=True)
    own = trainings / "my own pictures"
    own.mkdir()
    first, second, other = begun(crops), begun(crops), begun(own)
    first.remove()
    assert crops.is_dir()
    second.remove()
    assert not crops.exists()
    other.remove()
    assert own.is_dir()
    assert runs() == []


def test_one_that_runs_is_not_deleted(tmp_path: Path) -> None:
    run = begun(tmp_path / "data")
    with locked(run.folder, "busy"), pytest.raises(MienError, match="is in use by another training"):
        run.remove()
    assert run.plan.start == "light"
    run.remove()
    assert not run.folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_what_a_kill_leaves_of_one_that_is_deleted_can_be_deleted_again(trainings: Path, tmp_path: Path) -> None:
    run = begun(tmp_path / "data")
    (run.folder / "last.pt").touch()
    (run.folder / "stages" / "first").mkdir(parents=True)
    (run.folder / "stages" / "first" / "last.pt").touch()
    for _ in every_moment(trainings, run.remove):
        assert runs() == [run] or not any(run.folder.rglob("*"))
    assert not run.folder.exists()


def test_one_that_goes_while_they_are_listed_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stays, goes = begun(tmp_path / "stays"), begun(tmp_path / "goes")
    found = list(paths.user_trainings().glob("*/plan.json"))
    goes.remove()
    monkeypatch.setattr(Path, "glob", lambda *_: iter(found))
    assert runs() == [stays]
