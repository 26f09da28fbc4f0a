from PySide6.QtCore import QRect
from PySide6.QtWidgets import QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from mien_app.widgets.flow import Flow


class Box(QWidget):
    def __init__(self, width: int, height: int = 20) -> None:
        super().__init__()
        self.setFixedSize(width, height)


def places(flow: Flow, width: int) -> list[tuple[int, int]]:
    flow.setGeometry(QRect(0, 0, width, flow.heightForWidth(width)))
    return [(item.geometry().x(), item.geometry().y()) for n in range(flow.count()) if (item := flow.itemAt(n))]


def test_a_line_that_is_full_is_followed_by_another(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    flow = Flow(window)
    flow.setSpacing(10)
    boxes = [Box(100), Box(50, 40), Box(100)]
    for box in boxes:
        flow.addWidget(box)
        box.show()
    assert places(flow, 270) == [(0, 10), (110, 0), (170, 10)]  # each in the middle of its line
    assert places(flow, 269) == [(0, 10), (110, 0), (0, 50)]
    assert (flow.heightForWidth(270), flow.heightForWidth(269), flow.heightForWidth(100)) == (40, 70, 100)
    assert (flow.sizeHint().width(), flow.minimumSize().width()) == (270, 100)
    boxes[1].hide()
    assert (flow.sizeHint().width(), flow.heightForWidth(210)) == (210, 20)


def test_what_expands_takes_the_rest_of_its_line(qtbot: QtBot) -> None:
    window, wide = QWidget(), QWidget()
    qtbot.addWidget(window)
    wide.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    wide.setMinimumSize(40, 20)
    flow = Flow(window)
    flow.setSpacing(10)
    for widget in (Box(100), wide):
        flow.addWidget(widget)
        widget.show()
    assert places(flow, 300) == [(0, 0), (110, 0)]
    assert wide.width() == 190
    assert places(flow, 149) == [(0, 0), (0, 30)]
    assert wide.width() == 149
