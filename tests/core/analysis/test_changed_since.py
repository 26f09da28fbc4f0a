"""What was made of a file before it was changed, or before people were set right, is not taken for what it is now."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.core.session.made_sessions import made

from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import OtherAnalysis, is_finished
from mien.analysis.videos import Videos
from mien.session.edits import Edits, write_edits
from mien.session.export import video
from mien.session.export.base import Exporter, ExportOptions
from mien.session.folder import EDITS, MANIFEST
from mien.session.manifest import Input, input_of
from mien.session.session import Session


def made_of(file: Path, folder: Path) -> None:
    """A session that says that it is of a file."""
    manifest = made(folder, "nnn").manifest
    own = replace(manifest, input=input_of(file, size_px=(120, 160)), options=AnalysisOptions().as_dict())
    (folder / MANIFEST).write_bytes(own.to_json())


def test_a_file_that_was_changed_keeps_its_session_until_a_person_chooses(tmp_path: Path) -> None:
    """Else names, pictures of people and blurred videos of the old one would stand beside the new table."""
    file, options = tmp_path / "film.mp4", AnalysisOptions()
    file.write_bytes(b"12345")
    made_of(file, tmp_path / "s")
    assert is_finished(tmp_path / "s", file, options)
    file.touch()
    assert is_finished(tmp_path / "s", file, options)
    for other in (b"12346", b"123456"):
        file.write_bytes(other)
        with pytest.raises(OtherAnalysis, match="before that was changed") as told:
            is_finished(tmp_path / "s", file, options)
        assert "--replace" in told.value.on_command_line


def test_a_file_is_read_again_only_if_it_may_have_been_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of long videos takes minutes to read."""
    file, options = tmp_path / "film.mp4", AnalysisOptions()
    file.write_bytes(b"12345")
    made_of(file, tmp_path / "s")
    read: list[Path] = []
    monkeypatch.setattr(Input, "is_still", lambda _, path: read.append(path) or True)
    assert is_finished(tmp_path / "s", file, options)
    assert read == []
    later = (tmp_path / "s" / MANIFEST).stat().st_mtime + 10
    os.utime(file, (later, later))
    assert is_finished(tmp_path / "s", file, options)
    assert read == [file]


@pytest.mark.parametrize(
    ("videos", "name", "again"),
    [
        (Videos(blur="others:1"), "blurred-others-1.mp4", True),
        (Videos(annotated=True), "annotated.mp4", True),
        (Videos(blur="all"), "blurred-all.mp4", False),
    ],
)
@pytest.mark.parametrize("earlier_s", [1, 0])
def test_a_video_that_shows_who_is_who_is_written_anew_after_an_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, videos: Videos, name: str, again: bool, earlier_s: int
) -> None:
    written: list[str] = []

    def write(session: Session, path: Path, options: ExportOptions) -> int:
        written.append(path.name)
        path.write_bytes(b"")
        return 1

    monkeypatch.setattr(video, "VIDEO", Exporter("video", (".mp4",), write))
    folder = made(tmp_path / "s", "nnn", "hhh").folder
    for _ in range(2):
        videos.write(tmp_path / "film.mp4", folder)
    assert written == [name]
    write_edits(folder, Edits(names={1: "Erika"}))
    edited = (folder / EDITS).stat().st_mtime_ns
    os.utime(folder / name, ns=(edited, edited - earlier_s * 10**9))
    videos.write(tmp_path / "film.mp4", folder)
    assert written == [name] * (2 if again else 1)


def test_a_video_that_was_being_written_during_an_edit_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whom a person took apart just then would stay visible, and nothing would say so.

    It goes at once: what is stopped before the next one is written leaves none.
    """
    seen: list[int] = []

    def write(session: Session, path: Path, options: ExportOptions) -> int:
        assert not path.exists()
        seen.append(len(session.people()))
        if len(seen) == 1:
            write_edits(folder, session.edits.split(1, 1, 3))
        elif len(seen) == 2:
            write_edits(folder, session.edits.marked(0.1))  # which changes nobody
        path.write_bytes(b"")
        return 1

    monkeypatch.setattr(video, "VIDEO", Exporter("video", (".mp4",), write))
    folder = made(tmp_path / "s", "nnn", "hhh").folder
    Videos(blur="others:1").write(tmp_path / "film.mp4", folder)
    assert seen == [2, 3]
