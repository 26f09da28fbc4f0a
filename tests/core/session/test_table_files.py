"""Tables as other people's programs read them."""

import csv
from pathlib import Path

import openpyxl
import pandas
import pytest

from mien.errors import MienError
from mien.session.columns import Value
from mien.session.export.base import ExportOptions
from mien.session.export.registry import EXPORTERS
from mien.session.export.table_file import write_table
from mien.session.session import Session
from mien.utils.csv import plain_number

HEAD = ["frame", "p", "name", "nobody"]
ROWS: list[list[Value]] = [[1, 0.466, "Ann; or Bo", None], [1_000_000, 1e-05, "=1+1", None]]


def test_small_numbers_have_no_exponent_and_stay_what_they_are() -> None:
    for value in (1e-05, -2.5e-07, 1e22, 0.466, 3.0):
        assert "e" not in plain_number(value)
        assert float(plain_number(value)) == value
    assert plain_number(1e-05) == "0.00001"


def test_a_decimal_comma_comes_with_semicolons(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", HEAD, ROWS, ",")
    text = (tmp_path / "a.csv").read_text()
    assert text.splitlines() == ["frame;p;name;nobody", '1;0,466;"Ann; or Bo";', "1000000;0,00001;'=1+1;"]
    read = pandas.read_csv(tmp_path / "a.csv", sep=";", decimal=",")
    assert read["p"].tolist() == [0.466, 1e-05]


def test_a_workbook_has_numbers_as_numbers_and_formulas_as_texts(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", ["=p", *HEAD[1:]], ROWS)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["=p", *HEAD[1:]], *ROWS]
    assert [cell.data_type for cell in sheet[3]] == ["n", "n", "s", "n"]
    assert sheet["A1"].data_type == "s"
    assert sheet["C3"].quotePrefix


def test_what_a_workbook_cannot_hold_is_written_otherwise(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", ["a\x07b"], [["\udce4"]])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [cell.value for (cell,) in sheet.iter_rows()] == ["ab", "\\udce4"]


def test_tsv_says_what_is_not_there(tmp_path: Path) -> None:
    write_table(tmp_path / "a.tsv", HEAD, ROWS, ",")
    with (tmp_path / "a.tsv").open(newline="") as file:
        assert list(csv.reader(file, delimiter="\t"))[1] == ["1", "0.466", "Ann; or Bo", "n/a"]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MienError, match=r"\.csv, \.xlsx, \.tsv"):
        write_table(tmp_path / "a.ods", HEAD, ROWS)


def test_rows_are_the_same_in_every_kind_of_table(copy: Session, tmp_path: Path) -> None:
    copy.keep(copy.edits.named(copy.people()[0], "=HYPERLINK(1)"))
    for name in ("a.csv", "a.xlsx", "a.tsv"):
        EXPORTERS["rows"].export(copy, tmp_path / name)
    EXPORTERS["rows"].export(copy, tmp_path / "b.csv", ExportOptions(decimal=","))
    plain = pandas.read_csv(tmp_path / "a.csv")
    book = pandas.read_excel(tmp_path / "a.xlsx")
    assert "=HYPERLINK(1)" in set(book["name"])
    for other in (
        pandas.read_csv(tmp_path / "a.tsv", sep="\t"),
        pandas.read_csv(tmp_path / "b.csv", sep=";", decimal=","),
    ):
        pandas.testing.assert_frame_equal(plain, other)
    book["name"] = book["name"].replace("=HYPERLINK(1)", "'=HYPERLINK(1)")
    pandas.testing.assert_frame_equal(plain, book, check_dtype=False)
