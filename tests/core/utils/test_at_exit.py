import gc

import pytest

from mien.utils import at_exit


class Work:
    def __init__(self, ended: list[str], name: str, fails: bool = False) -> None:
        self.ended, self.name, self.fails = ended, name, fails
        at_exit.at_exit(self.end)

    def end(self) -> None:
        self.ended.append(self.name)
        if self.fails:
            raise RuntimeError(self.name)


def test_what_still_works_is_ended_the_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_exit, "_ends", [])
    ended: list[str] = []
    kept = [Work(ended, "first"), Work(ended, "second", fails=True)]
    Work(ended, "gone")
    gc.collect()
    assert len(at_exit._ends) == len(kept)
    with pytest.raises(RuntimeError, match="second"):
        at_exit._end_all()
    assert ended == ["second", "first"]
