import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, answer, button, named, says
from tests.app.train.learning import look_at

from mien.models import cards, store
from mien.training.losses import LOSSES
from mien.training.runs import runs
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.train.navigation import DATA, RESULT, RUN, SETTINGS, START
from mien_app.train.page import TrainPage
from mien_app.train.process import TrainingProcess
from mien_app.widgets.basics import ComboField

LONG_MS = 120_000  # a process that imports PyTorch, on a machine with other work


def settle(page: TrainPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.foot.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.step == SETTINGS, timeout=PATIENCE_MS)


def begin(page: TrainPage, qtbot: QtBot, epochs: int) -> None:
    settle(page, qtbot)
    page.settings.epochs.setValue(epochs)
    qtbot.mouseClick(page.foot.next, Qt.MouseButton.LeftButton)
    assert not page.foot.next.isEnabled()  # one click, one training
    qtbot.waitUntil(lambda: page.step == RUN, timeout=PATIENCE_MS)
    assert page.process.runs
    assert "Go on resumes it" in page.closing()


def rounds(page: TrainPage) -> Callable[[], bool]:
    return lambda: len(page.training.progress.rounds) >= 1


def trainers() -> list[psutil.Process]:
    """The processes that train for a window of this one."""
    return [child for child in psutil.Process().children() if "--attended" in child.cmdline()]


def call(page: TrainPage, name: str, other: str) -> None:
    """Give a class of the folder another name in the model."""
    named(page.data, ComboField, f"Name of {name} in the model").setCurrentText(other)


@pytest.mark.slow
def test_the_whole_way(page: TrainPage, window: MainWindow, class_folder: Path, qtbot: QtBot) -> None:
    shutil.copy(class_folder / "a" / "00.png", class_folder / "b" / "twice.png")
    (class_folder / "a" / "broken.png").write_text("no picture")
    look_at(page, class_folder, qtbot)
    assert page.draft.counts() == {"a": 19, "b": 20}  # one picture under two labels is left out on both sides
    assert page.data.grid.count() == 20
    call(page, "a", "happiness")
    begin(page, qtbot, 2)
    qtbot.waitUntil(lambda: page.step == RESULT or bool(page.messages.text), timeout=LONG_MS)
    assert page.messages.text == ""
    run = page.draft.run
    assert run is not None
    assert run.finished
    assert len(page.training.progress.rounds) == 2
    assert cards.read_card(str(run.model)).network.classes == ("happiness", "b")
    qtbot.waitUntil(lambda: says(page.result, "does not notice faces that are unlike"), timeout=PATIENCE_MS)
    plain = run.model.read_text()
    values = json.loads(plain)
    values["network"]["unlikeness"] = True
    values["metrics"]["unlike"] = {"kinds": {"as they are": {"n": 400, "unlike": 0.012}}}
    run.model.write_text(json.dumps(values))
    page.show_step(RESULT)
    qtbot.waitUntil(
        lambda: says(page.result, "that it is not sure: 1.2% of the validation faces are"), timeout=PATIENCE_MS
    )
    run.model.write_text(plain)
    page.result.name.setText("light")  # a name that is taken
    qtbot.mouseClick(page.result.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "already" in page.messages.text, timeout=PATIENCE_MS)
    page.result.name.setText("mine")
    qtbot.mouseClick(page.result.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "mine" in cards.available(), timeout=PATIENCE_MS)
    qtbot.waitUntil(page.result.use.isVisible, timeout=PATIENCE_MS)
    qtbot.mouseClick(page.result.use, Qt.MouseButton.LeftButton)
    assert window.live.model == "mine"
    assert window.live.presenter.classes == ("happiness", "b")
    window.show_page(page)
    page.result.delete.click()
    answer(page, "Keep")
    assert run.folder.exists()
    page.result.delete.click()
    answer(page, "Delete")
    assert not run.folder.exists()
    assert "mine" in cards.available()
    named(page.start, QToolButton, "Delete: mine").click()
    assert "mine" in cards.available()
    answer(page, "Delete")
    qtbot.waitUntil(lambda: "mine" not in cards.available(), timeout=PATIENCE_MS)
    window.show_page(window.live)
    assert window.live.model == "light"
    assert window.live.messages.text == "The model 'mine' is there no more: 'light' is used instead."


@pytest.mark.slow
def test_stopped_paused_and_gone_on_with(
    page: TrainPage, class_folder: Path, qtbot: QtBot, preferences: Preferences
) -> None:
    look_at(page, class_folder, qtbot)
    begin(page, qtbot, 200)
    qtbot.waitUntil(rounds(page), timeout=LONG_MS)
    button(page.foot, "Pause").click()
    assert page.process.paused
    done = -1
    while done < page.training.progress.step:  # the steps before it noticed
        done = page.training.progress.step
        qtbot.wait(1500)
    assert done < page.training.progress.steps
    button(page.foot, "Go on").click()
    qtbot.waitUntil(lambda: page.training.progress.step > done, timeout=LONG_MS)
    qtbot.mouseClick(page.foot.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.process.runs, timeout=LONG_MS)
    assert page.step == RUN
    assert page.foot.next.text() == "Go on"
    assert [run.finished for run in runs()] == [False]
    far = page.training.progress.rounds[-1]["epoch"]
    # The program starts anew.
    again = MainWindow(page.settings.start.currentText(), preferences)
    qtbot.addWidget(again)
    again.show()
    again.show_page(again.train)
    again.train.open_run(runs()[0])
    qtbot.waitUntil(rounds(again.train), timeout=LONG_MS)
    qtbot.waitUntil(lambda: again.train.training.progress.rounds[-1]["epoch"] > far, timeout=LONG_MS)
    again.close()
    answer(again, "Close")
    assert trainers() == []


@pytest.mark.slow
def test_a_trainer_that_is_killed_loses_little(page: TrainPage, class_folder: Path, qtbot: QtBot) -> None:
    before = cards.available()
    look_at(page, class_folder, qtbot)
    begin(page, qtbot, 200)
    qtbot.waitUntil(rounds(page), timeout=LONG_MS)
    (trainer,) = trainers()
    trainer.kill()
    qtbot.waitUntil(lambda: not page.process.runs, timeout=LONG_MS)
    assert "ended unexpectedly" in page.messages.text
    far = len(page.training.progress.rounds)
    assert cards.available() == before
    qtbot.mouseClick(page.foot.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.training.progress.rounds) > far, timeout=LONG_MS)
    qtbot.mouseClick(page.foot.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.process.runs, timeout=LONG_MS)


def test_going_back_loses_nothing(page: TrainPage, class_folder: Path, qtbot: QtBot) -> None:
    look_at(page, class_folder, qtbot)
    call(page, "b", "pain")
    settle(page, qtbot)
    page.settings.epochs.setValue(7)
    page.settings.trained.setCurrentIndex(1)
    page.foot.back.click()
    assert page.step == DATA
    button(page.foot, "Leave").click()
    assert page.step == START
    page.show_step(SETTINGS)
    assert page.settings.epochs.value() == 7
    assert page.draft.names["b"] == "pain"


def test_another_folder_takes_the_place_of_a_training_that_is_about_to_begin(
    page: TrainPage, class_folder: Path, qtbot: QtBot
) -> None:
    look_at(page, class_folder, qtbot)
    settle(page, qtbot)
    page.foot.next.click()
    page.open(class_folder, crops=True)
    qtbot.waitUntil(lambda: page.step == DATA, timeout=PATIENCE_MS)
    assert not runs()
    assert not page.process.runs
    assert page.foot.next.isEnabled()


def test_a_model_is_imported_and_the_datasets_faces_counted_in_the_background(
    page: TrainPage, class_folder: Path, tmp_path: Path, preferences: Preferences, qtbot: QtBot
) -> None:
    preferences.dataset_folder = str(class_folder)
    page.show_step(START)
    qtbot.waitUntil(
        lambda: "40 faces under 2 labels" in page.start.collected.accessibleDescription(), timeout=PATIENCE_MS
    )
    page.open(store.export("light", tmp_path / "mine.mien"))
    assert page.messages.text == ""  # it is still being checked
    qtbot.waitUntil(lambda: "already is a model 'light'" in page.messages.text, timeout=PATIENCE_MS)


def test_settings_changed_by_hand_are_looked_through(page: TrainPage, class_folder: Path, qtbot: QtBot) -> None:
    look_at(page, class_folder, qtbot)
    settle(page, qtbot)
    qtbot.waitUntil(lambda: "learning_rate" in page.settings.all.toPlainText(), timeout=PATIENCE_MS)
    page.settings.expert.setChecked(True)
    page.settings.all.setPlainText(page.settings.all.toPlainText().replace("learning_rate", "learning_rat"))
    page.foot.next.click()
    assert "'learning_rat' is unknown" in page.messages.text
    assert page.step == SETTINGS
    assert not runs()


def test_the_losses_on_offer_are_the_registered_ones(page: TrainPage) -> None:
    choice = page.settings.loss
    offered = [choice.itemData(i) for i in range(choice.count())]
    assert offered == [name for name, kind in LOSSES.items() if kind.summary]
    assert choice.currentData() == "ls"


@pytest.mark.slow
def test_the_time_is_estimated(page: TrainPage, class_folder: Path, qtbot: QtBot) -> None:
    look_at(page, class_folder, qtbot)
    settle(page, qtbot)
    qtbot.waitUntil(lambda: "about" in named(page.settings, QLabel, "How long it will take").text(), timeout=LONG_MS)


def test_why_a_training_failed_is_told_in_a_line(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[bool, str]] = []
    process = TrainingProcess()
    process.ended.connect(lambda complete, why: told.append((complete, why)))
    for code in ("import sys; sys.exit('mien: The disk is full.')", "1 / 0", "import os; os.abort()"):
        process.start([sys.executable, "-c", code], tmp_path / "events.jsonl", {})
        qtbot.waitUntil(lambda: not process.runs, timeout=LONG_MS)
    foreseen, unforeseen, crash = (why for _, why in told)
    assert not any(complete for complete, _ in told)
    assert foreseen == "The disk is full."
    assert "unexpected went wrong (ZeroDivisionError: division by zero)" in unforeseen
    assert "Traceback" in caplog.text
    assert "ended unexpectedly. Press Go on" in crash
