"""CSV lists however they were saved: in the lists of `examine`, FERPlus's votes and a dataset's own table."""

import codecs
from collections.abc import Callable
from pathlib import Path

import cv2
import pytest
from tests.core.curation.test_collect import kept

from mien.curation.add_face import add, labels
from mien.curation.extract_faces import examine_faces
from mien.curation.labelled_files import list_files
from mien.curation.sources_table import TABLE
from mien.data.readers import ferplus
from mien.data.readers.folder import FOLDER, ReadOptions
from mien.errors import MienError
from mien.sources import DemoSource
from mien.utils.csv import read_rows

LINES = ["path,label", 'a.png,"glücklich"', "b c.png,traurig", 'sub/d.png,"glücklich"']
PLAIN = "\n".join(LINES) + "\n"

WAYS: dict[str, bytes] = {
    "comma": PLAIN.encode(),
    "semicolon": PLAIN.replace(",", ";").encode(),
    "tab": PLAIN.replace(",", "\t").encode(),
    "byte-order mark": PLAIN.encode("utf-8-sig"),
    "Excel's own line": ("sep=;\r\n" + PLAIN.replace(",", ";")).encode("utf-8-sig"),
    "UTF-16": PLAIN.replace(",", "\t").encode("utf-16"),
    "UTF-16, big end first": codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
    "UTF-16 without a mark": PLAIN.encode("utf-16-le"),
    "UTF-32": PLAIN.encode("utf-32"),
    "Windows-1252": PLAIN.encode("cp1252"),
    "Windows' line ends": PLAIN.replace("\n", "\r\n").encode(),
    "mixed line ends": "path,label\r\na.png,glücklich\rb c.png,traurig\nsub/d.png,glücklich".encode(),
    "empty lines": PLAIN.replace("\n", "\n\n,\n").encode(),
    "backslashes": PLAIN.replace("/", "\\").encode(),
    "spaces": PLAIN.replace(",", " , ").replace('"', "").encode(),
    "other columns": b"label;n;Image\ngl\xfccklich;1;a.png\ntraurig;2;b c.png\ngl\xfccklich;3;sub\\d.png\n",
    "no head": "\n".join(LINES[1:]).encode(),
    "a comma in the first path": b"x,y.png;traurig\na.png;traurig\n",
}


@pytest.mark.parametrize("way", [way for way in WAYS if way != "a comma in the first path"])
def test_a_list_of_labels(way: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.png", "b c.png", "sub/d.png"):
        (tmp_path / name).touch()
    (tmp_path / "list.csv").write_bytes(WAYS[way])
    listed = list_files(tmp_path / "list.csv")
    assert [(path.relative_to(tmp_path).as_posix(), label) for path, label in listed.files] == [
        ("a.png", "glücklich"),
        ("b c.png", "traurig"),
        ("sub/d.png", "glücklich"),
    ]


def test_what_divides_every_line_counts(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_bytes(WAYS["a comma in the first path"])
    assert [cells for _, cells in read_rows(tmp_path / "l.csv")] == [["x,y.png", "traurig"], ["a.png", "traurig"]]


def test_a_line_end_in_quotes(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_bytes(b'path,note,label\na.png,"two\r\nlines; and ""quotes""",x\nb.png,,y\n')
    assert [label for _, label in list_files(tmp_path / "l.csv").files] == ["x", "y"]
    assert read_rows(tmp_path / "l.csv")[1] == (3, ["a.png", 'two\r\nlines; and "quotes"', "x"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"path,label\na.png,\nb.png,x\n", "line 2 has an empty label"),
        (b"path,label\na.png,x\nb.png,  \n", "line 3 has an empty label"),
        (b"path;label\n;x\nb.png;y\n", "line 2 has an empty path"),
        (b"path,label\na.png,x\nb.png,y,\nc.png\n", "line 4 has not"),
        (b"path,label\na.png,x\0\nb.png,y\n", "NUL byte"),
        (b"path,label\na\0.png,x\nb.png,y\n", "NUL byte"),
        (b"\0" * 40, "NUL byte"),
        (b'path,label\n"a.png,x\nb.png,y\n', "cannot be read as a CSV file"),
        (b"path,label\n" + b"x" * 200_000 + b",y\n", "cannot be read as a CSV file"),
        (b"", "0 classes"),
        (b"a.png b.png c.png\n", "line 1 has not"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_bytes(data)
    with pytest.raises(MienError, match=said):
        list_files(tmp_path / "l.csv")


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", ";").encode("cp1252"),
        lambda text: text.replace(",", "\t").encode("utf-8-sig"),
    ],
)
def test_votes_that_a_spreadsheet_saved(save: Callable[[str], bytes], tmp_path: Path) -> None:
    folder = tmp_path / "FER2013Train"
    folder.mkdir()
    votes = [4, 3, 0, 0, 1, 0, 0, 2, 0, 0]
    (folder / "label.csv").write_bytes(save("fer1.png,48," + ",".join(map(str, votes)) + "\r\n"))
    assert ferplus.read_votes(tmp_path, "train") == {"fer1.png": votes}


@pytest.mark.parametrize(
    "label", ["../evil", "../../evil", "/evil", "a/b", "..\\evil", "C:\\evil", "..", "nul", "train"]
)
def test_a_label_is_no_way_out_of_the_folder_of_faces(label: str, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), DemoSource().draw(0))
    (tmp_path / "list.csv").write_text(f"path,label\na.png,{label}\na.png,good\n")
    with pytest.raises(MienError, match="folder"):
        examine_faces(tmp_path / "list.csv", tmp_path / "deep" / "faces")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "list.csv"]


def test_faces_of_a_list_stay_in_the_folder_and_none_replaces_another(tmp_path: Path) -> None:
    names = ["../list/a.png", "sub/../a.png", "sub/a.png", "other/sub/a.png", "sub/A.jpg"]
    for number, name in enumerate(names):
        (path := tmp_path / "list" / name).parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(path), cv2.resize(DemoSource().draw(number / 500), (160, 120), interpolation=cv2.INTER_AREA))
    rows = "\n".join(f"{name},{'ab'[number % 2]}" for number, name in enumerate(names))
    (tmp_path / "list" / "l.csv").write_text(f"{rows}\nsub/a.png,b\n")
    examine_faces(tmp_path / "list" / "l.csv", tmp_path / "faces")
    made = sorted(path.relative_to(tmp_path / "faces").as_posix() for path in tmp_path.glob("faces/**/*.png"))
    assert made == ["a/list/a.png", "a/sub/A-2.png", "a/sub/a.png", "b/list/a.png", "b/sub/a-2.png", "b/sub/a.png"]


@pytest.mark.parametrize(
    "name", ["../fer1.png", "/etc/fer1.png", "..\\fer1.png", "C:fer1.png", "//host/share/fer1.png"]
)
def test_votes_name_no_picture_outside_their_folder(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "FER2013Train"
    folder.mkdir()
    (folder / "label.csv").write_text(f"fer2.png,48,{','.join('9000000000')}\n{name},48,{','.join('9000000000')}\n")
    assert list(ferplus.read_votes(tmp_path, "train")) == ["fer2.png"]
    assert "1 rows do not have the name of an image" in caplog.text


@pytest.mark.parametrize("save", [lambda t: t.replace(",", ";").encode("utf-8-sig"), lambda t: t.encode("utf-16")])
def test_a_datasets_table_that_a_spreadsheet_saved(save: Callable[[str], bytes], tmp_path: Path) -> None:
    add(tmp_path, "a", kept(1))
    add(tmp_path, "b", kept(2))
    table = tmp_path / TABLE
    table.write_bytes(save(table.read_text()))
    assert list(labels(tmp_path)) == ["b", "a"]
    add(tmp_path, "a", kept(3))
    assert [cells[1] for _, cells in read_rows(table)] == ["label", "a", "b", "a"]
    assert table.read_bytes().startswith(b"path,label,")


def test_linked_class_folders_are_the_same_to_examine_and_train(class_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (class_folder / "b").rename(tmp_path / "elsewhere" / "b")
    (class_folder / "b").symlink_to(tmp_path / "elsewhere" / "b")
    (class_folder / "loop").symlink_to(class_folder)
    (class_folder / "above").symlink_to(tmp_path)
    (class_folder / "gone").symlink_to(tmp_path / "nothing")
    (class_folder / "a" / "inside").symlink_to(tmp_path / "elsewhere")
    listed = list_files(class_folder)
    assert listed.classes == ("a", "b")
    assert len(listed.files) == 40
    assert listed.findings == ()
    read = [FOLDER.load(class_folder, split, ReadOptions(size=24)) for split in ("train", "valid")]
    assert [faces.classes for faces in read] == [("a", "b"), ("a", "b")]
    assert sum(map(len, read)) == 40
