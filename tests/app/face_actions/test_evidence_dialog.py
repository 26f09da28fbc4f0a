import shutil
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.review.reviewing import shown_session
from tests.app.seen import PATIENCE_MS, action, button
from tests.app.watching import person, wait_for, wait_for_a_face

from mien.utils import paths, servers
from mien_app.face_actions import evidence_worker
from mien_app.face_actions.evidence_dialog import EvidenceDialog
from mien_app.services.background import Background
from mien_app.shell.window import MainWindow
from mien_app.startup.inspection import faults
from mien_app.widgets import theme
from mien_app.widgets.scrolling import VerticalScroll


def filled(qtbot: QtBot, view: EvidenceDialog) -> None:
    qtbot.waitUntil(lambda: view.isVisible() and view.save.isEnabled(), timeout=PATIENCE_MS)


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """Grows by one with each call of what the worker uses under this name."""
    calls, real = [], getattr(evidence_worker, name)

    def call(*given: object, **named: object) -> object:
        calls.append(name)
        return real(*given, **named)

    monkeypatch.setattr(evidence_worker, name, call)
    return calls


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
    assert live.host.title == live.host.source == "astronaut.png"
    live.host.title = "in the window's language"
    explain.click()
    assert "in the window's language" in view.who.text()
    assert not view.isModal()
    filled(qtbot, view)
    assert view.choice.currentText() == f"happiness  {read.raw_probabilities[1]:.2f}"
    assert "lowers 'happiness' by up to" in view.sentence.text()
    assert view.map.pixmap().toImage() != view.face.pixmap().toImage()
    assert "Person 1" in view.who.text()
    before = view.map.pixmap().toImage()
    view.choice.setCurrentIndex(0)
    assert "neutral" in view.sentence.text()
    assert view.map.pixmap().toImage() != before

    view.save.click()
    qtbot.waitUntil(lambda: view.status.text().startswith("Saved"), timeout=PATIENCE_MS)
    (saved,) = pictures.glob("*.png")
    assert str(saved) in view.status.text()
    assert cv2.imread(str(saved)).shape[1] > 900
    shutil.rmtree(pictures)
    pictures.touch()
    view.save.click()
    qtbot.waitUntil(lambda: "cannot be written" in view.status.text(), timeout=PATIENCE_MS)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert live.isVisible()


def test_the_runtime_is_kept_and_the_newest_request_answered(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = counted(monkeypatch, "open_runtime")
    view = window.live.faces.evidence
    window.open_source("demo:2")
    wait_for(qtbot, window, "2 in view")
    action(window.live, "Freeze").trigger()
    first = window.live.presenter.selection.track
    qtbot.keyClick(window, Qt.Key.Key_E)
    filled(qtbot, view)
    assert view.who.text().startswith(f"Person {first} ")
    told = []
    view.worker.found.connect(told.append)
    explain = action(window.live, "Evidence")  # its key is the other window's now
    explain.trigger()
    assert not view.choice.isEnabled()
    window.live.presenter.step(1)
    other = window.live.presenter.selection.track
    assert other != first
    wait_for(qtbot, window, f"Person {other} ")
    explain.trigger()
    filled(qtbot, view)
    qtbot.wait(100)
    assert view.who.text().startswith(f"Person {other} ")
    assert len(told) == 1
    assert len(loaded) == 1


def test_closing_while_it_computes(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    computed = counted(monkeypatch, "evidence")
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
    assert len(computed) <= 1  # what was asked for last is not begun any more


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person's own models, which is not there yet."""
    monkeypatch.setattr(paths, "user_weights", lambda: tmp_path / "models")
    return tmp_path / "models"


def keep_model(models: Path, model_path: str) -> None:
    models.mkdir()
    for suffix in (".json", ".safetensors"):
        shutil.copy(Path(model_path).with_suffix(suffix), models)


def test_a_face_of_a_session_by_the_model_that_classified_it(
    qtbot: QtBot, window: MainWindow, session: Path, model_path: str, models: Path
) -> None:
    page, view = shown_session(qtbot, window, session), window.review.faces.evidence
    explain = button(page.transport, "Evidence")
    explain.click()
    qtbot.waitUntil(lambda: "No model is called 'untrained'" in view.sentence.text(), timeout=PATIENCE_MS)
    assert not view.save.isEnabled()
    keep_model(models, model_path)
    explain.click()
    filled(qtbot, view)
    now = page.review.now
    prediction = next(p for p in now.session.predictions(page.frames.place) if p.track_id == page.review.person)
    found = [float(view.choice.itemText(i).split()[-1]) for i in range(view.choice.count())]
    assert found == pytest.approx(prediction.probabilities.tolist(), abs=7e-3)  # in hundredths
    assert now.names[page.review.person] in view.who.text()
    now.session.persons[:] = 7
    explain.click()
    assert "is not in this picture" in page.messages.text


@pytest.mark.slow
def test_two_windows_find_evidence_at_once(
    qtbot: QtBot, window: MainWindow, sessions: Path, model_path: str, models: Path
) -> None:
    keep_model(models, model_path)
    other = MainWindow(model_path, window.preferences)
    qtbot.addWidget(other)
    other.show()
    pages = shown_session(qtbot, window, sessions / "mp4"), shown_session(qtbot, other, sessions / "png")
    for page in pages:
        button(page.transport, "Evidence").click()
    for page, name in zip(pages, ("mp4", "png"), strict=True):
        filled(qtbot, page.faces.evidence)
        assert f" {name} " in page.faces.evidence.who.text()
    other.close()
    button(pages[0].transport, "Evidence").click()
    filled(qtbot, pages[0].faces.evidence)


def test_another_model_of_the_same_name_is_not_taken(
    qtbot: QtBot, window: MainWindow, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, view = shown_session(qtbot, window, session), window.review.faces.evidence
    manifest = page.review.now.session.manifest
    monkeypatch.setitem(manifest.__dict__, "model", "light")
    qtbot.keyClick(window, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: "Another version of the model" in view.sentence.text(), timeout=PATIENCE_MS)
    monkeypatch.setattr(servers, "_WINDOWS", True)
    monkeypatch.setitem(manifest.__dict__, "model", "//nas/light.json")
    button(page.transport, "Evidence").click()
    assert "//nas/light.json is on another computer" in page.messages.text


def test_an_error_that_nobody_foresaw_is_told_and_the_next_request_works(
    qtbot: QtBot, window: MainWindow, sessions: Path, model_path: str, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_model(models, model_path)
    page = shown_session(qtbot, window, sessions / "png")
    view, explain = page.faces.evidence, button(page.transport, "Evidence")

    def broken(*_: object) -> None:
        raise RuntimeError("out of luck")

    with monkeypatch.context() as patch:
        patch.setattr(evidence_worker, "evidence", broken)
        explain.click()
        qtbot.waitUntil(lambda: "RuntimeError: out of luck" in view.sentence.text(), timeout=PATIENCE_MS)
    explain.click()
    filled(qtbot, view)


@pytest.mark.parametrize("name", ["live", "review"])
def test_every_control_has_a_name_and_a_tip(window: MainWindow, name: str) -> None:
    view: EvidenceDialog = getattr(window, name).faces.evidence
    for control in [*view.findChildren(QAbstractButton), view.choice, view.face, view.map, view.scale]:
        assert control.accessibleName(), control
        assert control.toolTip(), control


@pytest.mark.parametrize("low", [False, True])
def test_it_grows_with_its_texts_or_scrolls(qtbot: QtBot, qapp: QApplication, low: bool) -> None:
    dialog = EvidenceDialog(Background())
    qtbot.addWidget(dialog)
    dialog.show()
    qapp.processEvents()
    theme.choose(qapp, "light", 2.0)
    qtbot.waitUntil(lambda: dialog.height() > 500, timeout=PATIENCE_MS)
    if low:
        dialog.resize(820, 480)
    (scroll,) = dialog.findChildren(VerticalScroll)
    qtbot.waitUntil(lambda: (scroll.verticalScrollBar().maximum() > 0) == low, timeout=PATIENCE_MS)
    caption = next(one for one in dialog.findChildren(QLabel) if one.text().startswith("The face as"))
    assert caption.geometry().top() > dialog.face.geometry().bottom()
    assert not faults(dialog)
