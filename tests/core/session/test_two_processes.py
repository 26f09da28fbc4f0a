"""Two processes on one session, and on the folder of a person's models."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from mien.errors import MienError
from mien.models import replacing, store
from mien.session.edits import read_edits
from mien.session.folder import MANIFEST
from mien.session.session import Session
from mien.utils import paths
from mien.utils.json_io import read_json, to_json
from mien.utils.lock import NAME, locked

MARK = """
import sys
from pathlib import Path
from mien.session.session import Session
session = Session(Path(sys.argv[1]))
session.keep(session.edits.marked(1.5, "theirs"))
"""

KEEP = """
import sys
from pathlib import Path
from mien.errors import MienError
from mien.models import store
from mien.utils import paths
paths.user_weights = lambda: Path(sys.argv[2])
try:
    store.keep(sys.argv[1], "mine")
except MienError as error:
    sys.exit(str(error))
"""


def test_edits_of_another_process_are_not_written_over(session: Path, tmp_path: Path) -> None:
    copytree(session, tmp_path / "s")
    here = Session(tmp_path / "s")
    here.keep(here.edits.named(1, "Ann"))
    subprocess.run([sys.executable, "-c", MARK, str(tmp_path / "s")], check=True)
    for _ in range(2):
        with pytest.raises(MienError, match="was changed by another Mien"):
            here.keep(here.edits.named(1, "Bob"))
    assert here.edits.names == {1: "Ann"}
    kept = read_edits(tmp_path / "s")
    assert kept.names == {1: "Ann"}
    assert [marker.note for marker in kept.markers] == ["theirs"]
    again = Session(tmp_path / "s")
    again.keep(again.edits.named(1, "Bob").merged(2, 1).with_baseline(1, 0.1, 1.0))
    again.keep(replace(again.edits, names={}))
    assert not (tmp_path / "s" / NAME).exists()


def test_a_session_that_was_deleted_is_not_made_again_by_an_edit(session: Path, tmp_path: Path) -> None:
    here = Session(copytree(session, tmp_path / "s"))
    rmtree(tmp_path / "s")
    with pytest.raises(MienError, match="is gone: somebody has moved or deleted it"):
        here.keep(here.edits.named(1, "Ann"))
    assert here.edits.names == {}
    assert not (tmp_path / "s").exists()


def test_edits_of_an_analysis_that_was_replaced_are_not_written_into_the_new_one(session: Path, tmp_path: Path) -> None:
    here = Session(copytree(session, tmp_path / "s"))
    values = read_json(tmp_path / "s" / MANIFEST)
    (tmp_path / "s" / MANIFEST).write_bytes(to_json({**values, "model": "another", "persons": []}))
    with pytest.raises(MienError, match="Open it again"):
        here.keep(here.edits.named(1, "Ann"))
    assert read_edits(tmp_path / "s") == here.edits


def test_of_many_that_keep_a_model_under_one_name_one_does(model_path: str, tmp_path: Path) -> None:
    words = [sys.executable, "-c", KEEP, model_path, str(tmp_path)]
    many = [subprocess.Popen(words, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate()[1] for process in many]
    assert sorted(process.returncode for process in many) == [0, 1, 1]
    assert sum("There already is a model 'mine'" in text for text in said) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.json", "mine.safetensors"]


def test_a_folder_of_models_that_is_in_use(model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "user_weights", lambda: tmp_path)
    monkeypatch.setattr(replacing, "_PATIENCE_S", 0.1)
    with locked(tmp_path, "busy"), pytest.raises(MienError, match="in use by another Mien"):
        store.keep(model_path, "mine")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("note", ["a  smile", " nods\tand\u2028smiles ", "\u202eabc"])
def test_a_note_of_odd_letters_is_nobody_elses_change(session: Path, tmp_path: Path, note: str) -> None:
    opened = Session(copytree(session, tmp_path / "session"))
    opened.keep(opened.edits.marked(1.0, note))
    opened.keep(opened.edits.named(1, "Ada"))
    assert read_edits(opened.folder) == opened.edits
