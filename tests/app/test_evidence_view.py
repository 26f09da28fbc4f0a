import shutil
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.seen import action, button, says
from tests.app.test_collect_bar import reviewed
from tests.app.test_window import PATIENCE_MS, person, wait_for_a_face

from mien.utils import paths
from mien_app.face_actions.evidence_dialog import EvidenceDialog
from mien_app.shell.window import MainWindow


def filled(qtbot: QtBot, view: EvidenceDialog) -> None:
    qtbot.waitUntil(lambda: view.isVisible() and view.save.isEnabled(), timeout=PATIENCE_MS)


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("mien_app.face_actions.snapshots.folder", lambda: tmp_path / "pictures")
    return tmp_path / "pictures"


def test_what_speaks_for_a_live_face_is_shown_and_saved(
    qtbot: QtBot, window: MainWindow, pictures: Path, shared: Path
) -> None:
    live, view = window.live, window.live.faces.evidence
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert "no face to look into" in live.messages.text
    assert not view.isVisible()
    explain = button(person(window), "Evidence")
    assert not explain.isEnabled()
    live.use("light-1")  # which is less sure of this smile than `light`, whom no covered part sways
    window.open_source(str(shared / "photos" / "astronaut.png"))
    wait_for_a_face(qtbot, window)
    read = live.presenter.newest.recognition.predictions[0]
    explain.click()
    assert not view.isModal()
    filled(qtbot, view)
    assert view.choice.currentText() == f"happiness  {read.raw_probabilities[1]:.2f}"
    assert "lowers 'happiness' by up to" in view.said.text()
    assert view.map.pixmap().toImage() != view.face.pixmap().toImage()
    assert "Person 1" in view.who.text()
    assert "astronaut.png" in view.who.text()
    before = view.map.pixmap().toImage()
    view.choice.setCurrentIndex(0)
    assert "neutral" in view.said.text()
    assert view.map.pixmap().toImage() != before

    view.save.click()
    qtbot.waitUntil(lambda: view.kept.text().startswith("Saved"), timeout=PATIENCE_MS)
    (saved,) = pictures.glob("*.png")
    assert str(saved) in view.kept.text()
    assert cv2.imread(str(saved)).shape[1] > 900
    shutil.rmtree(pictures)
    pictures.touch()
    view.save.click()
    qtbot.waitUntil(lambda: "cannot be written" in view.kept.text(), timeout=PATIENCE_MS)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert live.isVisible()


def test_the_runtime_is_kept_and_the_newest_question_answered(qtbot: QtBot, window: MainWindow) -> None:
    view = window.live.faces.evidence
    window.open_source("demo:2")
    qtbot.waitUntil(lambda: says(person(window), "2 in view"), timeout=PATIENCE_MS)
    action(window.live, "Freeze").trigger()
    first = window.live.presenter.selection.track
    qtbot.keyClick(window, Qt.Key.Key_E)
    filled(qtbot, view)
    assert view.who.text().startswith(f"Person {first} ")
    runtime = view._work._kept[2]
    told = []
    view._work.found.connect(told.append)
    explain = action(window.live, "Evidence")  # its key is the other window's now
    explain.trigger()
    assert not view.choice.isEnabled()
    window.live.presenter.step(1)
    qtbot.waitUntil(lambda: not says(person(window), f"Person {first} "), timeout=PATIENCE_MS)
    explain.trigger()
    filled(qtbot, view)
    qtbot.wait(100)
    assert view.who.text().startswith(f"Person {window.live.presenter.selection.track} ")
    assert window.live.presenter.selection.track != first
    assert len(told) == 1
    assert view._work._kept[2] is runtime


def test_closing_while_it_computes(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    for _ in range(2):
        action(window.live, "Evidence").trigger()
    view = window.live.faces.evidence
    assert view.isVisible()
    assert not view.choice.isEnabled()
    window.close()
    assert not view.isVisible()
    qtbot.wait(200)
    assert mien_threads() == []
    assert window._background._pool.activeThreadCount() == 0  # what was asked for last is not begun any more


def test_a_face_of_a_session_by_the_model_that_read_it(
    qtbot: QtBot, window: MainWindow, session: Path, model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "user_weights", lambda: tmp_path / "models")
    page, view = reviewed(qtbot, window, session).review, window.review.faces.evidence
    explain = page.finding[-1]
    qtbot.keyClick(window, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: "No model is called 'untrained'" in view.said.text(), timeout=PATIENCE_MS)
    assert not view.save.isEnabled()
    (tmp_path / "models").mkdir()
    for suffix in (".json", ".safetensors"):
        shutil.copy(Path(model_path).with_suffix(suffix), tmp_path / "models")
    explain.trigger()
    filled(qtbot, view)
    now = page.review.now
    prediction = next(p for p in now.session.predictions(page.frames.place) if p.track_id == page.review.person)
    read = [evidence.probability for evidence in view._found.values()]
    assert read == pytest.approx(prediction.probabilities.tolist(), abs=2e-3)
    assert now.names[page.review.person] in view.who.text()
    now.session.persons[:] = 7
    explain.trigger()
    assert "is not in this picture" in page.banner.text


def test_another_model_of_the_same_name_is_not_taken(
    qtbot: QtBot, window: MainWindow, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, view = reviewed(qtbot, window, session).review, window.review.faces.evidence
    made = page.review.now.session.description
    monkeypatch.setitem(made.__dict__, "model", "light")
    qtbot.keyClick(window, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: "Another version of the model" in view.said.text(), timeout=PATIENCE_MS)


@pytest.mark.parametrize("name", ["live", "review"])
def test_every_control_has_a_name_and_a_tip(window: MainWindow, name: str) -> None:
    view: EvidenceDialog = getattr(window, name).faces.evidence
    for control in [*view.findChildren(QAbstractButton), view.choice, view.face, view.map, view.scale]:
        assert control.accessibleName(), control
        assert control.toolTip(), control
