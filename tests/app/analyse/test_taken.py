from dataclasses import replace
from pathlib import Path

import cv2
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, answer, button, says, texts

from mien.analysis.queue import ItemState
from mien.session.folder import EDITS, MANIFEST
from mien.sources import DemoSource
from mien_app.shell.window import MainWindow


def test_a_file_that_was_analysed_otherwise_is_a_choice(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "two.png"), DemoSource(2).draw(0.0))
    page = window.analyse
    window.show_page(page)

    def analysed(*expected: ItemState) -> None:
        qtbot.waitUntil(lambda: tuple(row.item.state for row in page.rows) == expected, timeout=PATIENCE_MS)

    page.add([tmp_path / "two.png"])
    analysed(ItemState.DONE)
    (row,) = page.rows
    session = row.item.job.session
    (session / EDITS).write_text("{}")
    before = (session / MANIFEST).stat().st_mtime_ns
    assert page._host.queue is not None
    other = replace(row.item.options, smoothing_s=0.5)
    page._host.queue.add([row.item.job], other)
    analysed(ItemState.TAKEN)
    qtbot.waitUntil(lambda: says(row, "was analysed before"), timeout=PATIENCE_MS)
    assert not any("--" in text for text in texts(page))
    assert [button(row, text).isVisible() for text in ("Analyse again", "Keep both", "Open")] == [True] * 3

    button(row, "Keep both").click()
    analysed(ItemState.DONE)
    assert row.item.job.session == session.with_name("two-2")
    assert (session / MANIFEST).stat().st_mtime_ns == before

    page._host.queue.add([row.item.job], replace(other, smoothing_s=0.7))
    analysed(ItemState.TAKEN)
    qtbot.waitUntil(lambda: button(row, "Analyse again").isVisible(), timeout=PATIENCE_MS)
    button(row, "Analyse again").click()
    answer(window, "Delete")
    analysed(ItemState.DONE)
    assert '"smoothing_s": 0.7' in (row.item.job.session / MANIFEST).read_text()
