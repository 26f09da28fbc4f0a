import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, button, named, texts
from tests.app.train.learning import look_at

from mien.curation.report import examine
from mien.curation.split import split
from mien.models.cards import read_card
from mien.training.runs import Plan, Run, create
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup.material import training_result
from mien_app.train.curve import Curve
from mien_app.train.data_step import DataStep
from mien_app.train.draft import Draft
from mien_app.train.navigation import DATA, RESULT, RUN, SETTINGS, START, Foot, Situation
from mien_app.train.page import TrainPage
from mien_app.train.progress import TrainingProgress
from mien_app.widgets.basics import ComboField


def test_the_past_of_a_resumed_training_says_nothing_of_its_rate() -> None:
    progress = TrainingProgress()
    past = [{"event": "step", "step": step, "loss": 1.0} for step in range(20, 500, 20)]
    start = {"event": "start", "step": 0, "steps": 1000, "epochs": 10, "classes": ["a", "b"]}
    progress.add([start, *past])
    assert progress.step == 480
    assert progress.left_s is None  # not a second or so
    progress.add([{"event": "step", "step": 500, "loss": 1.0}])
    assert progress.left_s is not None


def test_an_empty_curve_has_no_axes(qtbot: QtBot) -> None:
    curve = Curve("Loss")
    qtbot.addWidget(curve)
    curve.show()
    axes = [curve._plot.getAxis(name) for name in ("left", "bottom")]
    curve.draw([], [], "")
    assert not any(axis.isVisible() for axis in axes)
    curve.draw([0.0, 1.0], [2.0, 1.0], "1.00")
    assert all(axis.isVisible() for axis in axes)


def test_the_keyboard_stays_at_the_foot(qtbot: QtBot) -> None:
    foot = Foot()
    qtbot.addWidget(foot)
    foot.show_situation(Situation(SETTINGS, data=True, run=False, finished=False, running=False, paused=False))
    foot.show()
    qtbot.waitExposed(foot)
    foot.activateWindow()
    foot.next.setFocus()
    qtbot.waitUntil(foot.next.hasFocus, timeout=PATIENCE_MS)
    foot.show_situation(Situation(RUN, data=True, run=True, finished=False, running=True, paused=False))
    assert foot.pause.hasFocus()


@pytest.fixture
def step(qtbot: QtBot, class_folder: Path) -> DataStep:
    draft = Draft()
    draft.begin(examine(class_folder), "picture")
    made = DataStep(draft, Background(draft))
    made._draft_kept = draft  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.show()
    return made


def test_single_pictures_are_left_out_and_say_their_class(qtbot: QtBot, step: DataStep) -> None:
    draft = step._draft
    step.refresh()
    assert draft.report is not None
    first = draft.report.classes[0]
    before = draft.counts()[first]
    item = step.grid.item(0)
    assert item.text() == first
    step.grid.setCurrentItem(item)
    qtbot.keyClick(step.grid, Qt.Key.Key_Return)
    assert draft.counts()[first] == before - 1
    qtbot.waitUntil(lambda: item.text() == f"\N{MULTIPLICATION SIGN} {first}", timeout=PATIENCE_MS)
    assert item.data(Qt.ItemDataRole.UserRole) in draft.out
    qtbot.keyClick(step.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: item.text() == first, timeout=PATIENCE_MS)
    assert draft.counts()[first] == before


def test_a_name_that_another_class_has_in_other_capitals_is_that_one(step: DataStep) -> None:
    step.refresh()
    first, second = step.findChildren(ComboField)[:2]
    first.setCurrentText("Joy")
    second.setCurrentText("joy")
    assert set(step._draft.names.values()) == {"Joy"}
    first.setCurrentText("other")
    assert list(step._draft.names.values()) == ["other", "Joy"]


def test_two_labels_that_become_one_class_leave_nothing_out(class_folder: Path, step: DataStep, qtbot: QtBot) -> None:
    shutil.copy(next((class_folder / "a").iterdir()), class_folder / "b" / "again.png")
    draft = step._draft
    draft.begin(examine(class_folder), "picture")
    step.refresh()
    said = next(line for line in step.findChildren(QLabel) if line.text() == "The same picture is labelled a and b.")
    assert sum(draft.counts().values()) == 39
    first = named(step, ComboField, "Name of a in the model")
    first.setCurrentText("b")
    assert sum(draft.counts().values()) == 41
    qtbot.waitUntil(lambda: not said.isVisible(), timeout=PATIENCE_MS)
    first.setCurrentText("a")
    assert sum(draft.counts().values()) == 39
    qtbot.waitUntil(said.isVisible, timeout=PATIENCE_MS)


@pytest.mark.usefixtures("german")
def test_expressions_are_offered_in_the_windows_language(step: DataStep) -> None:
    step.refresh()
    first = step._draft.report.classes[0]
    names = named(step, ComboField, f"Name von {first} im Modell")
    names.setCurrentText("Freude")
    assert step._draft.names[first] == "happiness"
    names.setCurrentText("verwirrt")
    assert step._draft.names[first] == "verwirrt"
    names.setCurrentText("(weglassen)")
    assert step._draft.names[first] == ""
    assert names.findText("happiness") == -1


def test_what_stops_a_training_stays_in_view(page: TrainPage, window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 640)
    page.show_step(RUN)
    page.foot.show_situation(Situation(RUN, data=True, run=True, finished=False, running=True, paused=False))
    qtbot.wait(20)
    assert page.foot.stop.visibleRegion().boundingRect().size() == page.foot.stop.size()


_UNTIL_STOPPED = """
import pathlib, sys
sys.stdin.readline()
if {!r}:
    pathlib.Path({!r}).write_text("[]")
"""


@pytest.mark.parametrize("ends", [False, True])
def test_a_training_can_be_gone_back_to_while_other_pictures_are_looked_at(
    page: TrainPage, class_folder: Path, model_path: str, ends: bool, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = create(Plan(str(class_folder), model_path), "", split(examine(class_folder)))
    waits = _UNTIL_STOPPED.format(ends, str(run.result))
    monkeypatch.setattr("mien_app.train.page.command", lambda _: [sys.executable, "-c", waits])
    page.open_run(run)
    assert page.step == RUN
    page.foot.leave.click()
    look_at(page, class_folder, qtbot)
    if ends:  # while the others are looked at
        page.process.stop()
        page.process._asked = False
        qtbot.waitUntil(lambda: "The training is finished." in page.messages.text, timeout=PATIENCE_MS)
        assert page.step == DATA
        button(page.messages, "Result").click()
        assert page.step == RESULT
        assert page.result._run == run
        return
    page.foot.leave.click()
    page.open_run(run)
    assert page.step == RUN
    assert page.foot.stop.isVisible()
    page.foot.stop.click()
    qtbot.waitUntil(lambda: not page.process.runs, timeout=PATIENCE_MS)
    assert page.foot.next.text() == "Go on"


def test_older_trainings_can_be_shown(page: TrainPage, class_folder: Path, model_path: str, qtbot: QtBot) -> None:
    made = split(examine(class_folder))
    for _ in range(6):
        create(Plan(str(class_folder), model_path), "", made)
    page.show_step(START)

    def shown(count: int) -> Callable[[], bool]:
        return lambda: sum("not finished" in line for line in texts(page.start)) == count

    qtbot.waitUntil(shown(4), timeout=PATIENCE_MS)
    page.start.older.click()
    qtbot.waitUntil(shown(6), timeout=PATIENCE_MS)
    assert page.start.older.isHidden()


def test_a_model_is_exported_under_the_name_that_is_written(
    page: TrainPage, tmp_path: Path, model_path: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(tmp_path / "run")
    run.folder.mkdir()
    for suffix in (".json", ".safetensors"):
        shutil.copy(Path(model_path).with_suffix(suffix), run.model.with_suffix(suffix))
    asked = []

    def answer(_: object, title: str, proposed: str, kinds: str) -> tuple[str, str]:
        asked.append(Path(proposed).name)
        return str(tmp_path / "for you.mien"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    page.result._run = run
    page.result.name.setText("no/name")
    page.result.export.click()
    assert "'no/name' cannot be a model's name" in page.messages.text
    page.result.name.setText("angst")
    page.result.export.click()
    qtbot.waitUntil(lambda: "Saved" in page.messages.text, timeout=PATIENCE_MS)
    assert asked == ["angst.mien"]
    with zipfile.ZipFile(tmp_path / "for you.mien") as archive:
        assert json.loads(archive.read("card.json"))["name"] == "angst"


def test_how_good_a_model_is_stands_with_its_interval(page: TrainPage, tmp_path: Path, model_path: str) -> None:
    for name in ("a", "b"):
        (tmp_path / "faces" / name).mkdir(parents=True)
    page.result.show_result(training_result(tmp_path / "faces"), read_card(model_path))
    for figures in ("90.0% (76.9 to 96.0%)", "55.0% (39.8 to 69.3%)", "80.0% (65.2 to 89.5%)"):
        assert figures in texts(page.result)


def test_names_of_figures_stand_in_a_line_where_there_is_room(
    page: TrainPage, window: MainWindow, tmp_path: Path, model_path: str, qtbot: QtBot
) -> None:
    for name in ("a", "b"):
        (tmp_path / "faces" / name).mkdir(parents=True)
    window.resize(1024, 700)
    page.result.show_result(training_result(tmp_path / "faces"), read_card(model_path))
    page.show_step(RESULT)
    qtbot.wait(50)
    names = [line for line in page.result.findChildren(QLabel) if line.text().startswith("classified as labelled")]
    assert len(names) == 3
    assert all(name.height() < 2 * name.fontMetrics().height() for name in names)


def test_the_folder_of_ferplus_is_asked_for_where_data_was_chosen_last(
    page: TrainPage, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {str(tmp_path): str(tmp_path / "ferplus")}  # by where the question begins
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda _parent, _title, begin="": answers.pop(begin, ""))
    preferences.keep_last_folder("dataset", str(tmp_path))
    for chosen in (str(tmp_path / "ferplus"), ""):  # the second time it is cancelled
        page.settings.reference.click()
        assert preferences.reference_folder == chosen
