import csv
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot
from tests.app.conftest import mien_threads
from tests.app.review.reviewing import shown_session
from tests.app.seen import PATIENCE_MS, action, button
from tests.app.watching import wait_for, wait_for_a_face

from mien.curation.add_face import Sample, labels
from mien.curation.sources_table import TABLE
from mien.faces.alignment import crop, crop_side
from mien.session.session import Session
from mien_app.face_actions.dataset_worker import DatasetWorker
from mien_app.face_actions.label_bar import LabelBar
from mien_app.review.frame_reader import ShownFrame
from mien_app.review.session_frames import read_frame
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.widgets.message_bar import MessageBar


@pytest.fixture
def faces(preferences: Preferences, tmp_path: Path) -> Path:
    """The dataset's folder, which is not there yet."""
    preferences.dataset_folder = str(tmp_path / "faces")
    return tmp_path / "faces"


def rows(faces: Path) -> list[dict[str, str]]:
    with (faces / TABLE).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def asked(qtbot: QtBot, bar: LabelBar) -> None:
    """The bar is open, and shows a face."""
    qtbot.waitUntil(lambda: bar.isVisible() and not bar.picture.pixmap().isNull(), timeout=PATIENCE_MS)


def label_it(qtbot: QtBot, bar: LabelBar, text: str) -> None:
    asked(qtbot, bar)
    bar.field.clear()
    qtbot.keyClicks(bar.field, text)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)


def says(qtbot: QtBot, bar: LabelBar, text: str) -> None:
    qtbot.waitUntil(lambda: bar.status.text() == text, timeout=PATIENCE_MS)


def test_the_folder_is_a_preference(tmp_path: Path) -> None:
    kept = Preferences(tmp_path / "settings.ini")
    assert Path(kept.dataset_folder) == Path(kept.sessions_folder) / "dataset"
    kept.dataset_folder = str(tmp_path / "mine")
    assert Preferences(tmp_path / "settings.ini").dataset_folder == str(tmp_path / "mine")


def test_a_live_face_is_labelled_saved_and_taken_back(qtbot: QtBot, window: MainWindow, faces: Path) -> None:
    live, bar = window.live, window.live.faces.label_bar
    qtbot.keyClick(window, Qt.Key.Key_L)
    assert "no face to add" in live.messages.text
    assert not bar.isVisible()
    window.open_source("demo")
    wait_for_a_face(qtbot, window)
    action(live, "Freeze").trigger()
    result = live.presenter.newest
    button(live, "Add to dataset").click()
    asked(qtbot, bar)
    assert not faces.exists()  # nothing is written before it is saved
    assert str(faces) in bar.save.toolTip()
    assert {bar.label.itemText(i) for i in range(bar.label.count())} == set(live.presenter.classes)
    label_it(qtbot, bar, "confused 1")  # no key of it is the page's
    says(qtbot, bar, "Saved as confused 1 (1)")
    assert live.video.hasFocus() or not window.isActiveWindow()

    (row,) = rows(faces)
    prediction = result.recognition.predictions[0]
    assert (row["label"], row["source"], row["person"]) == ("confused 1", "Demo", str(prediction.track_id))
    assert float(row["time_s"]) == pytest.approx(result.recognition.time_s, abs=1e-3)
    face = prediction.face
    kept = cv2.imread(str(faces / row["path"]))
    assert (kept == crop(result.captured.frame.image, face, min(round(crop_side(face)), 224))).all()
    assert np.ptp(kept.astype(int), axis=2).max() > 20  # in colour

    bar.undo.click()
    says(qtbot, bar, "No longer saved as confused 1")
    assert labels(faces) == {}
    assert rows(faces) == []
    label_it(qtbot, bar, "bored")  # the same face, rightly
    says(qtbot, bar, "Saved as bored (1)")
    qtbot.keyClick(window, Qt.Key.Key_L)
    asked(qtbot, bar)
    assert bar.field.text() == "bored"
    assert bar.label.itemText(0) == "bored"
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert labels(faces) == {"bored": 1}
    window.close()
    assert mien_threads() == []


@pytest.mark.usefixtures("german")
def test_a_german_name_is_that_of_its_expression(qtbot: QtBot, preferences: Preferences, faces: Path) -> None:
    background = Background()
    bar = LabelBar(DatasetWorker(preferences, background), MessageBar())
    qtbot.addWidget(bar)
    picture = np.zeros((60, 60, 3), np.uint8)
    bar.ask(lambda: Sample(picture, "Demo", 0.5, 1, 60.0), ("happiness", "mine"), "Person 1")
    assert [bar.label.itemText(i) for i in range(bar.label.count())] == ["Freude", "mine"]
    label_it(qtbot, bar, "freude")
    says(qtbot, bar, "Gespeichert als Freude (1)")
    assert labels(faces) == {"happiness": 1}


def test_what_cannot_be_saved_is_told_and_may_be_tried_again(qtbot: QtBot, window: MainWindow, faces: Path) -> None:
    live, bar = window.live, window.live.faces.label_bar
    window.open_source("demo:6")
    wait_for(qtbot, window, "6 in view")
    qtbot.keyClick(window, Qt.Key.Key_L)
    label_it(qtbot, bar, "a/b")
    qtbot.waitUntil(lambda: "leave out /" in live.messages.text, timeout=PATIENCE_MS)
    label_it(qtbot, bar, "")
    qtbot.waitUntil(lambda: "Give the face a label" in live.messages.text, timeout=PATIENCE_MS)
    faces.touch()
    label_it(qtbot, bar, "bored")
    qtbot.waitUntil(lambda: "cannot be written" in live.messages.text, timeout=PATIENCE_MS)
    faces.unlink()
    label_it(qtbot, bar, "bored")
    says(qtbot, bar, "Saved as bored (1)")
    assert len(rows(faces)) == 1


def test_a_face_of_a_session_into_another_folder(
    qtbot: QtBot, window: MainWindow, faces: Path, session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, bar = shown_session(qtbot, window, session), window.review.faces.label_bar
    page.review.go(12)
    qtbot.waitUntil(lambda: page.frames.place == 12, timeout=PATIENCE_MS)
    page.review.step_person(1)
    qtbot.keyClick(window, Qt.Key.Key_L)
    asked(qtbot, bar)
    assert bar.status.text().startswith(page.review.now.names[page.review.person])
    mine = tmp_path / "mine"
    (mine / "Bored").mkdir(parents=True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(mine))
    bar.folder.click()
    assert window.preferences.dataset_folder == str(mine)
    assert str(mine) in bar.save.toolTip()
    label_it(qtbot, bar, "bored")
    says(qtbot, bar, "Saved as Bored (1)")
    assert not faces.exists()
    (row,) = rows(mine)
    opened = Session(session)
    assert (row["source"], row["person"]) == (opened.video.name, str(page.review.person))
    assert float(row["time_s"]) == pytest.approx(opened.frame_times[12], abs=1e-3)
    face = opened.face(12, page.review.person)
    frame = read_frame(opened, 12)
    assert (cv2.imread(str(mine / row["path"])) == crop(frame.image, face, round(crop_side(face)))).all()


def test_a_picture_that_is_shown_smaller_is_read_anew(
    qtbot: QtBot, window: MainWindow, faces: Path, session: Path
) -> None:
    page, bar = shown_session(qtbot, window, session), window.review.faces.label_bar
    shown = page.frames.shown
    small = type(shown.frame)(shown.frame.index, shown.frame.time_s, shown.frame.image[::2, ::2])
    page.frames.shown = ShownFrame(shown.place, small, shown.width)
    qtbot.keyClick(window, Qt.Key.Key_L)
    label_it(qtbot, bar, "bored")
    says(qtbot, bar, "Saved as bored (1)")
    opened = Session(session)
    face = opened.face(shown.place, page.review.person)
    kept = cv2.imread(str(faces / rows(faces)[0]["path"]))
    assert (kept == crop(shown.frame.image, face, round(crop_side(face)))).all()


def test_who_is_not_in_the_picture_is_told(qtbot: QtBot, window: MainWindow, faces: Path, session: Path) -> None:
    page = shown_session(qtbot, window, session)
    shown, page.frames.shown = page.frames.shown, None
    qtbot.keyClick(window, Qt.Key.Key_L)
    assert "no picture to take a face from" in page.messages.text
    page.frames.shown = shown
    page.review.now.session.persons[:] = 7
    qtbot.keyClick(window, Qt.Key.Key_L)
    assert "is not in this picture" in page.messages.text
    assert not page.faces.label_bar.isVisible()
    assert not faces.exists()


@pytest.mark.parametrize("name", ["live", "review"])
def test_every_control_has_a_name_and_a_tip(window: MainWindow, name: str) -> None:
    bar: LabelBar = getattr(window, name).faces.label_bar
    for control in [*bar.findChildren(QAbstractButton), bar.label, bar.field, bar.picture]:
        assert control.accessibleName(), control
        assert control.toolTip(), control
