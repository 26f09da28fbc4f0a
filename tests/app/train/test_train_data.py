import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS

from mien.curation.labelled_files import list_files
from mien_app.shell.window import MainWindow
from mien_app.train.navigation import DATA, START
from mien_app.train.page import TrainPage

LONG_MS = 120_000  # on a machine with other work


def many(folder: Path) -> None:
    for name in "ab":  # a file system has a most of links to one file
        (folder / name).mkdir(parents=True)
        cv2.imwrite(str(folder / name / "0.png"), np.zeros((8, 8), np.uint8))
        for i in range(1, 15_000):
            os.link(folder / name / "0.png", folder / name / f"{i}.png")


def loop(folder: Path) -> None:
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "again").symlink_to(folder)
    (folder / "b").symlink_to(folder / "a")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder.mkdir(), "0 classes"),
        (lambda folder: (folder / "a").mkdir(parents=True), "0 classes"),
        (loop, "0 classes"),
        (lambda folder: None, "does not exist"),
    ],
)
def test_folders_that_cannot_be_learned_from(
    make: Callable[[Path], None], said: str, page: TrainPage, tmp_path: Path, qtbot: QtBot
) -> None:
    make(tmp_path / "bad")
    page.open(tmp_path / "bad")
    qtbot.waitUntil(lambda: said in page.messages.text, timeout=PATIENCE_MS)
    assert page.step == START


def test_one_class_and_unreadable_files(page: TrainPage, class_folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    one = tmp_path / "one"
    shutil.copytree(class_folder / "a", one / "a")
    page.open(one)
    qtbot.waitUntil(lambda: "1 class with" in page.messages.text, timeout=PATIENCE_MS)
    for path in (class_folder / "b").iterdir():
        path.write_text("no picture")
    page.open(class_folder, crops=True)
    qtbot.waitUntil(lambda: page.step == DATA, timeout=PATIENCE_MS)
    page.foot.next.click()
    qtbot.waitUntil(lambda: "b has too few" in page.messages.text, timeout=PATIENCE_MS)
    assert page.step == DATA


@pytest.mark.slow
def test_tens_of_thousands_of_files(page: TrainPage, tmp_path: Path, qtbot: QtBot) -> None:
    many(tmp_path / "many")
    assert len(list_files(tmp_path / "many").files) == 30_000
    page.open(tmp_path / "many", crops=True)
    longest, last = 0.0, time.monotonic()

    def arrived() -> bool:
        nonlocal longest, last
        now = time.monotonic()
        longest, last = max(longest, now - last), now
        return page.step == DATA

    qtbot.waitUntil(arrived, timeout=300_000)
    assert "Looking at the pictures" in page.messages.text or not page.messages.text
    assert page.draft.counts() == {"a": 0, "b": 0}  # one picture thirty thousand times, under two labels
    assert longest < 5  # the window answers meanwhile


def test_two_windows_look_at_one_folder_at_once(
    page: TrainPage, window: MainWindow, model_path: str, tmp_path: Path, shared: Path, qtbot: QtBot
) -> None:
    """Each cuts the faces out for itself."""
    for name in "ab":
        (tmp_path / "photos" / name).mkdir(parents=True)
        shutil.copy(shared / "photos" / "astronaut.png", tmp_path / "photos" / name)
    other = MainWindow(model_path, window.preferences)
    qtbot.addWidget(other)
    for one in (page, other.train):
        one.open(tmp_path / "photos", crops=False)
    for one in (page, other.train):
        qtbot.waitUntil(lambda one=one: one.step == DATA, timeout=LONG_MS)
    folders = {one.draft.report.root for one in (page, other.train)}
    assert len(folders) == 2
    other.close()
    assert [folder.is_dir() for folder in folders].count(True) == 1  # no training was begun with its faces
    window.close()
    assert not any(folder.is_dir() for folder in folders)
