import json
import os

import pytest

from mien.errors import MienError
from mien.utils.json_io import to_json


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_json_does_not_know_is_never_written(value: float) -> None:
    for values in (value, [1, value], {"a": {"b": value}}):
        with pytest.raises(MienError, match="cannot be written as JSON"):
            to_json(values)


@pytest.mark.parametrize("name", ["grün 圖", os.fsdecode(b"caf\xe9.mp4"), "\ud800", "a\nb", "\x1b[2J", "\U0001f600"])
def test_any_name_comes_back(name: str) -> None:
    written = to_json({"name": name}, indent=2)
    assert json.loads(written.decode()) == {"name": name}  # it is UTF-8
