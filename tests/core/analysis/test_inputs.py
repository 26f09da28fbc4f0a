from pathlib import Path

import pytest

from mien.analysis.inputs import expand_paths, jobs
from mien.errors import MienError


def test_files_folders_and_patterns(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.MOV", "c.txt", "sub/a.mp4", "[x].mp4"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert [p.name for p in expand_paths([str(tmp_path)])] == ["[x].mp4", "a.mp4", "b.MOV"]
    assert [p.name for p in expand_paths([str(tmp_path / "*.mp4"), str(tmp_path / "a.mp4")])] == ["[x].mp4", "a.mp4"]
    assert [p.name for p in expand_paths([str(tmp_path / "[x].mp4")])] == ["[x].mp4"]
    with pytest.raises(MienError, match="does not exist"):
        expand_paths([str(tmp_path / "nothing*")])
    for address in ("0", "demo:2", "rtsp://me:secret@camera/1"):
        with pytest.raises(MienError, match="only files are analysed") as told:
            expand_paths([address])
        assert "secret" not in told.value.on_command_line
    both = jobs([tmp_path / "a.mp4", tmp_path / "sub" / "a.mp4", tmp_path / "a.mov"], tmp_path)
    assert [job.session.name for job in both] == ["a.mp4", "a.mp4-2", "a.mov"]
