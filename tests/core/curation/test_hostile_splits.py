import json
from pathlib import Path

import pytest

from mien.curation import split
from mien.errors import MienError
from mien.utils.files import inside


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"train":' * 50_000,
        b'{"train": {}, "judge": {}, "by": "name", "by": "name"}',
        b'{"train": {"a": NaN}, "judge": {}, "by": "name"}',
        b'{"train": {"a": 1}, "judge": {}, "by": "name"}',
        json.dumps({"train": {"a": "b"}, "judge": [], "by": "name"}).encode(),
        b"\x00",
        b'{"by": "name"}',
    ],
)
def test_a_file_that_is_no_split_says_so(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "split.json"
    path.write_bytes(data)
    with pytest.raises(MienError, match="is no split") as told:
        split.read(path)
    assert str(told.value).count(path.name) == 1
    assert "required positional" not in str(told.value)


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", "C:\\x", "C:x", "\\\\host\\x", "..\\x", ""])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(MienError, match="outside"):
        inside(tmp_path, name, through_links=True)


def test_a_link_out_of_the_folder_is_refused_where_links_are(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path)
    with pytest.raises(MienError, match="leads out"):
        inside(tmp_path / "in", "link/x")
    assert inside(tmp_path / "in", "link/x", through_links=True).name == "x"
    assert inside(tmp_path / "in", "a/b").parts[-2:] == ("a", "b")
