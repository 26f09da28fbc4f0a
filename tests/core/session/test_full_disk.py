"""A disk that is full while something is exported: it is said, what was there stays, and nothing half-done is left."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mien.errors import MienError
from mien.models import store
from mien.session.export.base import ExportOptions
from mien.session.export.registry import EXPORTERS
from mien.session.recovery import recover
from mien.session.session import Session
from mien.utils import paths
from mien.utils.folders import is_left_behind

DATA = Path(__file__).parents[2] / "data" / "sessions"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Within this no file can become longer, as on a disk that has no more room."""
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.slow
def test_exports(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA / "unfinished-recording", tmp_path / "session"))
    recover(folder)
    session, out = Session(folder), tmp_path / "out"
    out.mkdir()
    for name, size in (("plot", 500), ("codebook", 50), ("video", 0), ("video", 3000)):
        path = out / f"it{EXPORTERS[name].suffixes[0]}"
        path.write_text("before")
        with room_for(size), pytest.raises(MienError, match=r"cannot be written.*make room") as told:
            EXPORTERS[name].export(session, path)
        assert str(path) in str(told.value)
        assert path.read_text() == "before"
        path.unlink()
    assert list(out.iterdir()) == []
    seen: set[str] = set()
    options = ExportOptions(progress=lambda _: seen.update(path.name for path in out.iterdir()))
    EXPORTERS["video"].export(session, out / "it.mp4", options)
    (name,) = seen
    assert is_left_behind(name)  # so that what a kill leaves of it is passed over, and taken away


def test_models(model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    monkeypatch.setattr(paths, "user_weights", lambda: own)
    with room_for(1000):
        for work in (lambda: store.keep(model_path, "mine"), lambda: store.export(model_path, tmp_path / "a.mien")):
            with pytest.raises(MienError, match=r"cannot be written.*make room"):
                work()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    store.keep(model_path, "mine")  # with room again
    assert {path.name for path in own.iterdir()} == {"mine.json", "mine.safetensors"}
