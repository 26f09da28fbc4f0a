"""Names of classes that look alike, and tables whose columns have names of their own."""

import unicodedata
from pathlib import Path

import pytest
from tests.core.data.datasets import write_image

from mien.curation.labelled_files import LabelledFiles, list_files
from mien.curation.report import examine
from mien.curation.split import split
from mien.data.load import load_training
from mien.errors import MienError

COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "Grün") for form in ("NFC", "NFD"))


def write_classes(root: Path, *names: str) -> None:
    for number, name in enumerate(names):
        for i in range(6):
            write_image(root / name / f"{i}.png", 10 * number + i)


@pytest.mark.parametrize("names", [("Happy", "happy"), (DECOMPOSED, COMPOSED)])
def test_names_that_look_alike_are_one_class_and_that_is_said(
    names: tuple[str, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_classes(tmp_path / "faces", *names, "sad")
    report = examine(tmp_path / "faces")
    assert report.counts() == {names[0]: 12, "sad": 6}
    said = [finding.message for finding in report.findings if finding.kind == "alike names"]
    assert len(said) == 1
    assert said[0].startswith(f"{names[0]} and {names[1]} are one class, {names[0]}:")
    whole = load_training(tmp_path / "faces", rule="majority", size=24, channels=1)
    assert said[0] in caplog.text
    split(report, by="picture").save(tmp_path / "split.json")
    divided = load_training(tmp_path / "faces", rule="majority", size=24, channels=1, divided=tmp_path / "split.json")
    for data in (whole, divided):
        assert data.train.classes == data.valid.classes == (names[0], "sad")
        assert len(data.train) + len(data.valid) == 18


def table(folder: Path, text: str) -> LabelledFiles:
    (folder / "list.csv").write_text(text)
    return list_files(folder / "list.csv")


def test_labels_of_a_table_that_look_alike_are_one_class(tmp_path: Path) -> None:
    listed = table(tmp_path, "path,label\na.png,Joy\nb.png,joy\nc.png,sad\na.png,joy\n")
    assert listed.classes == ("Joy", "sad")
    assert [label for _, label in listed.files] == ["Joy", "Joy", "sad"]
    assert [finding.kind for finding in listed.findings] == ["alike names"]


def test_a_table_with_each_line_twice_has_each_picture_once(tmp_path: Path) -> None:
    lines = ""
    for i in range(16):
        write_image(tmp_path / f"{'klmnopqrstuvwxyz'[i]}.png", i)
        lines += f"{'klmnopqrstuvwxyz'[i]}.png,{'ab'[i % 2]}\n"
    (tmp_path / "list.csv").write_text("path,label\n" + 2 * lines)
    report = examine(tmp_path / "list.csv")
    assert report.counts() == {"a": 8, "b": 8}
    assert {finding.kind for finding in report.findings} == {"few"}
    assert split(report).by == "picture"


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("emotion_name;file_name", "{label};{path}"),
        ("file_name;emotion_name", "{path};{label}"),
        ("Datei;Label", "{path};{label}"),
        ("label;id;Datei", "{label};7;{path}"),
        ("x;path", "{label};{path}"),
    ],
)
def test_columns_are_known_by_what_is_in_them(head: str, row: str, tmp_path: Path) -> None:
    rows = [row.format(path=path, label=label) for path, label in (("a.png", "x"), ("b.png", "y"))]
    listed = table(tmp_path, "\n".join([head, *rows]))
    assert [(path.name, label) for path, label in listed.files] == [("a.png", "x"), ("b.png", "y")]
    assert listed.findings == ()


def test_a_column_that_is_taken_for_the_label_is_said(tmp_path: Path) -> None:
    listed = table(tmp_path, "Bild;Ausdruck;Notiz\na.png;x;1\nb.png;y;2\n")
    assert listed.classes == ("x", "y")
    assert [finding.message for finding in listed.findings] == [
        "No column of the table is called label: Ausdruck is taken for it."
    ]


@pytest.mark.parametrize(
    "text",
    ["Nr;Bild;Ausdruck\n1;a.png;x\n2;b.png;y\n", "before;after;label\na.png;b.png;x\nc.png;d.png;y\n"],
)
def test_columns_that_are_not_clear_are_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(MienError, match=r"which of the columns .*Call these path and label"):
        table(tmp_path, text)


def test_files_that_are_not_there_are_not_called_unreadable(tmp_path: Path) -> None:
    write_image(tmp_path / "a.png", 1)
    (tmp_path / "b.png").write_bytes(b"no picture")
    (tmp_path / "list.csv").write_text("path,label\na.png,x\nb.png,x\nc.png,y\nd.png,y\n")
    said = [(f.message, len(f.paths)) for f in examine(tmp_path / "list.csv").findings if f.kind == "unreadable"]
    assert said == [("2 files are not there.", 2), ("1 file cannot be read as a picture.", 1)]
