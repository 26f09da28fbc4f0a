"""An unexpected error while something is painted is a message, as everywhere; it ends nothing.

An error keeps the lines that it came through, and a painter among them that has not ended crashes Qt with its window.
"""

import ast
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import mien_app
from mien.types import Frame
from mien_app.widgets import confusion_matrix
from mien_app.widgets.confusion_matrix import ConfusionMatrix
from mien_app.widgets.video_view import VideoView


def fail(*given: object) -> None:
    raise ValueError("poor")


def video(monkeypatch: pytest.MonkeyPatch) -> QWidget:
    monkeypatch.setattr(VideoView, "_draw_picture", fail)
    made = VideoView()
    made.show_frame(Frame(0, 0.0, np.zeros((40, 40, 3), np.uint8)))
    return made


def matrix(monkeypatch: pytest.MonkeyPatch) -> QWidget:
    monkeypatch.setattr(confusion_matrix, "readable_on", fail)
    made = ConfusionMatrix()
    made.show_counts(["a", "b"], [[3, 1], [2, 4]])
    return made


@pytest.mark.parametrize("make", [video, matrix])
def test_an_error_leaves_no_painter_at_work(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, make: object) -> None:
    assert callable(make)
    widget = make(monkeypatch)
    qtbot.addWidget(widget)
    with qtbot.captureExceptions() as exceptions:
        widget.show()
        qtbot.waitUntil(lambda: bool(exceptions))
        widget.hide()
    _, error, trace = exceptions[0]
    assert str(error) == "poor"
    painters = []
    while trace is not None:
        painters += [value for value in trace.tb_frame.f_locals.values() if isinstance(value, QPainter)]
        trace = trace.tb_next
    assert painters
    assert not any(painter.isActive() for painter in painters)


def test_whoever_paints_ends_it_whatever_happens() -> None:
    left = []
    for path in Path(mien_app.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        ended = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
        left += [f"{path}:{call.lineno}" for call in calls if call.func.id == "QPainter" and id(call) not in ended]
    assert left == []
