import json
import math
import os
from pathlib import Path

import pytest

from mien.errors import MienError
from mien.utils.json_io import DEEPEST, parse_json, read_json


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[" * 100_000, "levels"),
        (b'{"a":' * 100_000, "levels"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "levels"),
        (b'{"a": NaN}', "NaN is no number"),
        (b"[-Infinity]", "-Infinity is no number"),
        (b"[1e999]", "too large"),
        (b"[9223372036854775808]", "64 bits"),
        (b"[" + b"9" * 5000 + b"]", "JSON"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": {"b": 1, "b": 1}}', "twice"),
        (b"", "JSON"),
        (b"\xff\xfe\xfd", "JSON"),
        (b'"\xff"', "JSON"),
        (b"{} {}", "JSON"),
    ],
)
def test_what_is_refused_says_why_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(MienError, match=message) as caught:
        parse_json(data, "it.json")
    assert str(caught.value).startswith("it.json")
    assert "\n" not in str(caught.value)


def test_size_and_parts_are_bounded_before_anything_is_parsed() -> None:
    with pytest.raises(MienError, match="larger"):
        parse_json(b"[1, 2]", "it", largest=5)
    with pytest.raises(MienError, match="more values"):
        parse_json(b"[" + b"[]," * (1 << 20) + b"0]", "it")
    with pytest.raises(MienError, match="more values"):  # which would take thirty times as much memory
        parse_json(b"[" + b"1," * (1 << 22) + b"1,0]", "it")


def test_good_values_come_as_they_are() -> None:
    values = {"a": [1, -2.5, None, True, "x\u00e9\U0001f600"], "b": {"c": 2**63 - 1, "d": -(2**63)}}
    assert parse_json(json.dumps(values).encode(), "it") == values
    assert parse_json("\ufeff[1]".encode(), "it") == [1]
    assert parse_json(b"[" * DEEPEST + b"]" * DEEPEST, "it")
    assert math.isclose(parse_json(b"1e308", "it"), 1e308)


@pytest.mark.parametrize("half", ["\\ud800", "\\udbff", "\\udd00", "\\udfff", "\\udfff\\ud800"])
def test_half_a_pair_can_be_shown_and_written(half: str) -> None:
    values = parse_json(f'{{"{half}": ["{half}x"]}}'.encode(), "it")
    assert set(str(values)) >= {"\N{REPLACEMENT CHARACTER}", "x"}
    str(values).encode()


def test_a_file_name_that_is_not_utf_8_is_still_the_files() -> None:
    assert os.fsencode(parse_json(b'"/a\\udcff"', "it")) == b"/a\xff"


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not a file"):
        read_json(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(OSError, match="not a file"):
            read_json(tmp_path / "pipe")
    with pytest.raises(FileNotFoundError):
        read_json(tmp_path / "none")
