import csv
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.app.seen import PATIENCE_MS, button, says, texts

from mien.live.state import CapturedFrame, LiveResult
from mien.recognition.recognizer import Recognizer
from mien.sources import DemoSource, open_source
from mien.types import BalancingTrace, Face, Frame, Prediction, Recognition, ResizerViews
from mien_app.live.actions import LiveActions
from mien_app.live.baseline import BaselineState
from mien_app.live.last_minute import BIN_S, SPAN_S, LastMinute
from mien_app.live.panel import Shown
from mien_app.live.person_card import PersonCard
from mien_app.live.resizer_card import tinted
from mien_app.services.preferences import Preferences
from mien_app.shell.window import MainWindow
from mien_app.startup import command, headless
from mien_app.startup.headless import run_headless
from mien_app.startup.memory_check import memory_check
from mien_app.widgets.basics import NumberField
from mien_app.widgets.class_colours import colour, readable_on
from mien_app.widgets.page import VisibleTimer
from mien_app.widgets.probability_bars import ProbabilityBars
from mien_app.widgets.qt_images import scaled, to_qimage
from mien_app.widgets.video_view import VideoView, free_spot

CLASSES = ("neutral", "happiness", "wry")


def prediction(
    left: float = 0, top: float = 0, *, track: int = 1, values: tuple[float, ...] = (0.1, 0.7, 0.2), sure: bool = True
) -> Prediction:
    face = Face((left, top, 100, 100), np.zeros((6, 2), np.float32), 0.9)
    row = np.array(values, np.float32)
    return Prediction(track, face, row, row, CLASSES[int(row.argmax())], sure, 0, 0.0)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def view(qtbot: QtBot) -> VideoView:
    made = VideoView()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show_frame(Frame(0, 0.0, np.zeros((480, 640, 3), np.uint8)))
    return made


def test_a_click_selects_a_face(qtbot: QtBot, view: VideoView) -> None:
    view.show_predictions((prediction(0, 0), prediction(300, 200, track=7)), CLASSES, 1)
    with qtbot.waitSignal(view.selected) as signal:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(350, 250).toPoint())
    assert signal.args == [7]
    with qtbot.assertNotEmitted(view.selected):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(200, 400).toPoint())


def test_boxes_are_drawn_over_the_faces(view: VideoView) -> None:
    view.show_predictions((prediction(300, 200),), CLASSES, 1)
    picture = view.grab().toImage()
    ratio = picture.width() / 640
    ink = colour("happiness", 1)
    edge = picture.pixelColor(int(300 * ratio), int(250 * ratio))
    assert abs(edge.red() - ink.red()) + abs(edge.green() - ink.green()) + abs(edge.blue() - ink.blue()) < 90
    inside = picture.pixelColor(int(350 * ratio), int(250 * ratio))
    assert (inside.red(), inside.green(), inside.blue()) == (0, 0, 0)


def test_labels_do_not_cover_each_other() -> None:
    place, taken = QRectF(0, 0, 640, 480), []
    for left, top in ((300, 0), (310, 110), (590, 200), (310, 104)):
        box = QRectF(left, top, 100, 100)
        taken.append(free_spot(QRectF(left, top - 22, 120, 20), box, place, list(taken)))
    assert not any(a.intersects(b) for i, a in enumerate(taken) for b in taken[:i])
    assert all(place.contains(spot) for spot in taken)


def drawn(within: QWidget) -> tuple[list[float], list[float]]:
    """How long the bars are, and where the fine lines stand."""
    items = within.findChild(pg.PlotWidget).getPlotItem().items
    _, bars, lines = [item.opts for item in items if isinstance(item, pg.BarGraphItem)]
    return list(bars["width"]), list(lines["x"])


def test_bars_follow_the_probabilities_in_fixed_order(qtbot: QtBot) -> None:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.set_classes(CLASSES)
    raw = np.array([0.3, 0.3, 0.4], np.float32)
    bars.show_probabilities(np.array([0.1, 0.7, 0.2], np.float32), raw)
    assert bars.accessibleDescription() == "neutral 0.10, happiness 0.70, wry 0.20"
    assert drawn(bars) == (pytest.approx([0.1, 0.7, 0.2]), pytest.approx(raw))
    bars.show_probabilities(None)
    assert bars.accessibleDescription() == ""
    assert drawn(bars)[0] == [0, 0, 0]


def seen(time_s: float, *predictions: Prediction) -> Recognition:
    return Recognition(0, time_s, predictions, ())


def test_the_timeline_stacks_the_last_minute(page: QWidget) -> None:
    line = LastMinute(LiveActions(page))
    line.set_classes(CLASSES)
    for i in range(100):
        line.add(seen(i * 0.1, prediction(values=(0.25, 0.5, 0.25))), 1)
    picture = line.picture(1)
    now = picture[:, -1]
    inks = [colour(name, i).getRgb()[:3] for i, name in enumerate(CLASSES)]
    assert now[-1, 3] == int(255 * (0.5 - 1 / 3) / (1 - 1 / 3))  # half sure, of three
    strip = int((now[:, 3] == now[-1, 3]).sum()) + 1
    assert tuple(now[-strip - 1, :3]) == inks[0]  # the first class lies at the bottom
    assert tuple(now[len(now) // 2, :3]) == inks[1]
    assert tuple(now[0, :3]) == inks[2]
    assert (picture[0, : -int(10 / BIN_S) - 1, 3] == 0).all()  # before the first frame there is nothing


def test_people_leave_the_timeline_after_a_minute(page: QWidget) -> None:
    line = LastMinute(LiveActions(page))
    line.set_classes(CLASSES)
    line.add(seen(0.0, prediction(track=1), prediction(track=2)), 1)
    assert line.lanes() == [1, 2]
    line.add(seen(SPAN_S / 2, prediction(track=2)), 2)
    line.add(seen(SPAN_S + 1, prediction(track=2)), 2)
    assert line.lanes() == [2]
    line.add(seen(0.0, prediction(track=5)), 5)  # the source has started again
    assert line.lanes() == [5]
    line.resize(400, 100)
    assert not line.grab().isNull()


def test_the_difference_is_red_where_brighter_and_blue_where_darker() -> None:
    plain = np.full((4, 4), 100, np.uint8)
    learned = plain.copy()
    learned[0, 0], learned[1, 1] = 140, 80
    tint, limit = tinted(ResizerViews(plain, learned, 48))
    assert limit == 40
    blue, _, red = tint[0, 0].astype(int)
    assert red > blue + 100
    blue, _, red = tint[1, 1].astype(int)
    assert blue > red + 40
    assert np.ptp(tint[3, 3].astype(int)) == 0


def test_pictures_keep_their_colours_and_are_mirrored() -> None:
    picture = np.zeros((4, 8, 3), np.uint8)
    picture[:, :4, 0] = 200  # blue in BGR, at the left
    assert to_qimage(picture).pixelColor(1, 2).getRgb()[:3] == (0, 0, 200)
    assert to_qimage(picture[..., 0]).pixelColor(1, 2).getRgb()[:3] == (200, 200, 200)
    small = scaled(picture, QSize(4, 2), mirror=True)
    assert (small.width(), small.height()) == (4, 2)
    assert small.pixelColor(3, 1).getRgb()[:3] == (0, 0, 200)
    assert small.pixelColor(0, 1).getRgb()[:3] == (0, 0, 0)


def test_colours_differ_and_can_be_written_on() -> None:
    names = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")
    assert len({colour(name, i).name() for i, name in enumerate(names)}) == 8
    assert colour("mine", 9).isValid()
    assert readable_on(QColor("#F0E442")).lightness() < 50
    assert readable_on(QColor("#0072B2")).lightness() > 200


def test_without_a_window_it_writes_rows_and_a_picture(
    qtbot: QtBot, model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(headless, "_SHOWN_S", 0.0)
    assert run_headless("demo", model_path, frames=6, out=tmp_path) == 0
    for drawn in QApplication.topLevelWidgets():
        if isinstance(drawn, MainWindow):
            qtbot.addWidget(drawn)  # else it is styled anew by all tests that follow
    with (tmp_path / "faces.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 5
    assert {row["track"] for row in rows} == {"1"}
    assert sum(float(rows[0][f"p_{name}"]) for name in ("neutral", "happiness", "surprise", "sadness")) < 1
    assert cv2.imread(str(tmp_path / "window.png")).shape[:2] == (780, 1240)  # in which nothing is shortened
    assert "6 frames" in capsys.readouterr().out


def test_without_a_window_pictures_of_a_folder_are_not_tracked(
    qtbot: QtBot, model_path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(headless, "_draw_window", lambda *_: None)
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for name, people in (("a", 2), ("b", 1)):
        cv2.imwrite(str(pictures / f"{name}.png"), DemoSource(people).draw(0))
    assert run_headless(str(pictures), model_path, frames=2, out=tmp_path / "out") == 0
    with (tmp_path / "out" / "faces.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with closing(open_source(str(pictures))) as source, Recognizer(model_path) as recognizer:
        alone = [recognizer.recognize_picture(frame) for frame in iter(source.read, None)]
    expected = [p.probabilities[0] for recognition in alone for p in recognition.predictions]
    assert len(rows) == 3
    assert [float(row["p_neutral"]) for row in rows] == pytest.approx(expected, abs=1e-4)
    assert "not sure" in capsys.readouterr().out  # the model is untrained


def test_a_missing_display_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(command.sys, "platform", "linux")
    assert not command.has_display()
    monkeypatch.setenv("DISPLAY", ":1")
    assert command.has_display()


def test_the_memory_check_prints_its_way(
    qtbot: QtBot, model_path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = MainWindow(model_path, Preferences(tmp_path / "s.ini"))
    qtbot.addWidget(window)
    assert memory_check(QApplication.instance(), window, 40) < 500
    window.close()
    assert "growth over the last 32 frames" in capsys.readouterr().out


@pytest.mark.slow
def test_the_stall_check_walks_through_the_window() -> None:
    words = [sys.executable, "-m", "mien_app", "live", "--stall-check", "0.3"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    table = [line[:14].strip() for line in done.stdout.splitlines()[1:]]
    assert table == ["no source", "open the demo", "six faces", "Analyse", "Review", "Train", "Live", "change model"]
    assert all(int(line[14:].split()[0]) > 0 for line in done.stdout.splitlines()[1:])


def test_the_prediction_before_and_after_balancing(page: QWidget) -> None:
    card = PersonCard(LiveActions(page))
    card.set_classes(CLASSES)

    def show(*people: Prediction) -> None:
        frame = Frame(0, 0.0, np.zeros((4, 4, 3), np.uint8))
        seen = Recognition(0, 0.0, people, ())
        result = LiveResult(CapturedFrame(frame, frame.image, 0.0), seen, "mine", 0.0)
        card.show_result(Shown(result, 1, result, BaselineState()))

    show(prediction())
    assert not says(card, "Classifier")
    parts = np.array([[0.1, 0.8, 0.1], [0.6, 0.3, 0.1], [0, 0, 0]], np.float32)
    trace = BalancingTrace(np.array([0.2, 0.6, 0.2], np.float32), parts, np.array([0.75, 0.25, 0], np.float32))
    show(replace(prediction(), balance=trace))
    said = texts(card)
    first = said.index("Classifier")
    assert said[first : first + 6] == ["Classifier", "75%", "happiness 0.80", "Anchors", "25%", "neutral 0.60"]
    assert "Attention" not in said  # it is off
    assert drawn(card) == (pytest.approx([0.1, 0.7, 0.2]), pytest.approx([0.2, 0.6, 0.2]))
    button(card, "Before balancing").click()  # counts at once, also where the picture is frozen
    assert drawn(card) == (pytest.approx([0.2, 0.6, 0.2]), pytest.approx([0.1, 0.7, 0.2]))
    card.show_result(None)
    assert not says(card, "Classifier")


def test_a_number_can_be_read(qtbot: QtBot) -> None:
    number = NumberField(least=1, most=99, value=12)
    qtbot.addWidget(number)
    number.show()
    inside = number.lineEdit().rect().marginsRemoved(number.lineEdit().textMargins())
    assert inside.width() >= number.fontMetrics().horizontalAdvance("99")
    qtbot.keyClick(number, Qt.Key.Key_Up)
    assert number.value() == 13


def test_a_visible_timer_ticks_only_while_its_widget_is_shown(qtbot: QtBot) -> None:
    widget, ticks = QWidget(), []
    qtbot.addWidget(widget)
    timer = VisibleTimer(widget, 1, lambda: ticks.append(1))
    assert not timer.isActive()
    widget.show()
    qtbot.waitUntil(lambda: bool(ticks), timeout=PATIENCE_MS)
    widget.hide()
    assert not timer.isActive()
