import csv
import threading
from pathlib import Path

import numpy as np
import pytest
from mien.types import Face, Frame, Prediction
from mien_app import live_command
from mien_app.application import run_headless
from mien_app.bars import ProbabilityBars
from mien_app.palette import colour
from mien_app.pictures import to_qimage
from mien_app.video_view import VideoView
from mien_app.window import MainWindow
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

CLASSES = ("neutral", "happiness", "wry")


def prediction(left: float, top: float, probabilities: tuple[float, ...] = (0.1, 0.7, 0.2)) -> Prediction:
    face = Face((left, top, 100, 100), np.zeros((6, 2), np.float32), 0.9)
    values = np.array(probabilities, np.float32)
    return Prediction(0, face, values, CLASSES[int(values.argmax())], 0, 0.0)


@pytest.fixture
def window(qtbot: QtBot, model_path: str) -> MainWindow:
    made = MainWindow(model_path)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_demo_is_recognised_and_closing_leaves_no_thread(qtbot: QtBot, window: MainWindow) -> None:
    window.open_source("demo")
    qtbot.waitUntil(lambda: "Face of" in window._detail.text(), timeout=30_000)
    assert "Demo" in window._status.text()
    assert window._crops._pictures[1].pixmap().width() > 0
    window.close()
    assert [t.name for t in threading.enumerate() if t.name.startswith("mien-")] == []


def test_sources_are_switched_while_running(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_source("demo")
    first = window.pipeline
    qtbot.waitUntil(lambda: first.frames.peek() is not None, timeout=30_000)
    window.open_source("97")
    qtbot.waitUntil(lambda: "Camera 97 cannot be opened" in window._status.text(), timeout=30_000)
    assert "cannot be opened" in window._video._text
    window.open_source("demo")
    qtbot.waitUntil(lambda: "Face of" in window._detail.text(), timeout=30_000)
    assert window.pipeline is not first


def test_a_broken_file_that_is_dropped_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "not a video.mp4"
    broken.write_text("text")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(broken))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: "no video or picture" in window._status.text(), timeout=30_000)


def test_a_click_selects_a_face(qtbot: QtBot) -> None:
    view = VideoView()
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show_frame(Frame(0, 0.0, np.zeros((480, 640, 3), np.uint8)))
    view.show_predictions((prediction(0, 0), prediction(300, 200)), CLASSES, 0)
    with qtbot.waitSignal(view.selected) as signal:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(350, 250).toPoint())
    assert signal.args == [1]
    with qtbot.assertNotEmitted(view.selected):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(200, 400).toPoint())


def test_boxes_are_drawn_over_the_faces(qtbot: QtBot) -> None:
    view = VideoView()
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show_frame(Frame(0, 0.0, np.zeros((480, 640, 3), np.uint8)))
    view.show_predictions((prediction(300, 200),), CLASSES, 0)
    picture = view.grab().toImage()
    ink = colour("happiness", 1)
    edge = picture.pixelColor(int(300 * picture.width() / 640), int(250 * picture.height() / 480))
    assert abs(edge.red() - ink.red()) + abs(edge.green() - ink.green()) + abs(edge.blue() - ink.blue()) < 90
    inside = picture.pixelColor(int(350 * picture.width() / 640), int(250 * picture.height() / 480))
    assert (inside.red(), inside.green(), inside.blue()) == (0, 0, 0)


def test_bars_follow_the_probabilities_in_fixed_order(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.set_classes(CLASSES)
    bars.show_probabilities(np.array([0.1, 0.7, 0.2], np.float32))
    assert [item.toPlainText() for item in bars._values] == ["0.10", "0.70", "0.20"]
    assert list(bars._bars.opts["width"]) == pytest.approx([0.1, 0.7, 0.2])
    bars.show_probabilities(None)
    assert [item.toPlainText() for item in bars._values] == ["", "", ""]


def test_pictures_keep_their_colours() -> None:
    picture = np.zeros((3, 5, 3), np.uint8)
    picture[..., 0] = 200  # blue in BGR
    assert to_qimage(picture).pixelColor(4, 2).getRgb()[:3] == (0, 0, 200)
    assert to_qimage(picture[..., 0]).pixelColor(4, 2).getRgb()[:3] == (200, 200, 200)


def test_colours_differ_for_each_expression() -> None:
    names = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")
    assert len({colour(name, i).name() for i, name in enumerate(names)}) == 8
    assert colour("mine", 9).isValid()


def test_without_a_window_it_writes_rows_and_a_picture(
    qtbot: QtBot, model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_headless("demo", model_path, frames=6, out=tmp_path) == 0
    with (tmp_path / "faces.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 5
    assert sum(float(rows[0][name]) for name in ("neutral", "happiness", "surprise", "sadness")) < 1
    assert (tmp_path / "window.png").stat().st_size > 10_000
    assert "6 frames" in capsys.readouterr().out


def test_a_missing_display_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(live_command.sys, "platform", "linux")
    assert not live_command.has_display()
    monkeypatch.setenv("DISPLAY", ":1")
    assert live_command.has_display()
