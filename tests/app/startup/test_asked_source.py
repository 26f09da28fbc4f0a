import io
import sys

import pytest

from mien.errors import MienError
from mien_app.startup.command import _source


@pytest.mark.parametrize("typed", ["rtsp://me:secret@camera/1\n", "  rtsp://me:secret@camera/1", "demo:6\n"])
def test_a_source_is_asked_for_where_others_cannot_see_it(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    address = _source("-")
    assert address is not None
    assert address.text == typed.strip()
    assert "secret" not in f"{address} {address!r}"


def test_nothing_typed_is_not_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(MienError, match="No address was written"):
        _source("-")


def test_a_source_that_was_given_is_not_asked_for() -> None:
    assert _source("") is None
    assert str(_source("demo:6")) == "demo:6"
