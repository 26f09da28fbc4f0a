"""A line that floats over a page: what went wrong and what to do, or what was done."""

import re
from collections import deque
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QWidget

from mien_app.widgets.basics import label, plain_tip
from mien_app.widgets.flow import Flow
from mien_app.widgets.messages import Kind, Message, icon, word
from mien_app.widgets.show_in_folder import show_in_folder
from mien_app.widgets.theme import GAP, MARGIN

_WIDEST_PX, _ICON_PX = 640, 20
_KEPT = 50  # past messages
_LOOK_S, _WORD_S = 4.0, 0.4  # to notice a message, and to read a word


def _breakable(text: str) -> str:
    """Let paths go on in the next line after a sign: Qt breaks them at slashes alone, and a name may be long."""
    return re.sub(r"\S*[/\\]\S*", lambda path: re.sub(r"([-_.])(?=\w)", "\\1\u200b", path[0]), text)


class MessageBar(QFrame):
    """Shows one message until it is closed, or for as long as it takes to read. Screen readers are alerted.

    It moves nothing: it lies over an edge of the page, or over the opposite one if the pointer is there.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "message")
        self.setAccessibleName(self.tr("Message"))
        self.past: deque[Message] = deque(maxlen=_KEPT)
        """The oldest first."""
        self._over: QWidget | None = None
        self._edge = Qt.Edge.TopEdge
        self._kind = Kind.ATTENTION
        self._said = ""
        self._file: Path | None = None
        self._icon = label()
        self._word = label()
        self._text = label(wrap=True)
        self._button = QToolButton()
        self._button.clicked.connect(self._take)
        self._button.hide()
        self._offered: Callable[[], object] = lambda: None
        self._folder = QToolButton()
        self._folder.setText(self.tr("Show in folder"))
        self._folder.setAccessibleName(self._folder.text())
        self._folder.clicked.connect(self._show_file)
        self._close = close = QToolButton()
        close.setText("\N{MULTIPLICATION SIGN}")
        close.setToolTip(self.tr("Close"))
        close.setAccessibleName(self.tr("Close this message"))
        close.clicked.connect(self.hide)
        self._offers = QWidget()
        offers = Flow(self._offers)
        for button in (self._button, self._folder):  # where there is something to do
            offers.addWidget(button)
            button.hide()
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN, GAP // 2, GAP // 2, GAP // 2)
        grid.setColumnStretch(2, 1)
        for column, widget in ((0, self._icon), (1, self._word), (2, self._text), (3, self._offers), (4, close)):
            grid.addWidget(widget, 0, column)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._end)
        self.hide()

    def float_over(self, page: QWidget, over: QWidget, edge: Qt.Edge = Qt.Edge.TopEdge) -> None:
        """Choose the place.

        Args:
            page: the bar lies in front of everything in it.
            over: the part of the page whose edge it covers.
            edge: top or bottom.
        """
        self.setParent(page)
        self._over, self._edge = over, edge
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown; empty while there is none."""
        return "" if self.isHidden() else self._said

    def say(self, text: str, seconds: float | None = None) -> None:
        """Show something that a person should know: for some seconds and until it can be read, or until closed."""
        self._show(Message(text, Kind.ATTENTION), seconds)

    def fail(self, text: str) -> None:
        """Show what went wrong, until it is closed."""
        self._show(Message(text, Kind.FAILED), None)

    def done(self, text: str, file: Path | None = None) -> None:
        """Show what was done until it can be read, and lead to the file that was written, if there is one."""
        self._show(Message(text, Kind.DONE, file), _LOOK_S if file is None else 3 * _LOOK_S)

    def busy(self, text: str) -> None:
        """Show what goes on, until another message follows or it is hidden."""
        self._show(Message(text, Kind.BUSY), None)

    @property
    def is_failure(self) -> bool:
        """Whether it shows what went wrong."""
        return not self.isHidden() and self._kind is Kind.FAILED

    def offer(self, text: str, name: str, work: Callable[[], object], file: Path | None = None) -> None:
        """Show what was done until it is closed, with a button that acts on it."""
        self._show(Message(text, Kind.DONE, file), None)
        self._offered = work
        self._button.setText(name)
        self._button.setAccessibleName(name)
        self._button.show()
        self._place()

    def _end(self) -> None:
        """Hide it after its time, but not while one of its buttons has the keyboard."""
        if self.isAncestorOf(self.window().focusWidget()):
            self._timer.start(round(1000 * _LOOK_S))
        else:
            self.hide()

    def _take(self) -> None:
        self.hide()
        self._offered()

    def _show_file(self) -> None:
        if self._file is not None:
            show_in_folder(self._file)

    def _show(self, message: Message, seconds: float | None) -> None:
        if message.kind is not Kind.BUSY:
            self.past.append(message)
        self._kind, self._file = message.kind, message.file
        self._button.hide()
        self._folder.setVisible(message.file is not None)
        self._folder.setToolTip(plain_tip(str(message.file or "")))
        self._said = message.text
        self._text.setText(_breakable(message.text))
        self._word.setText(word(message.kind))
        self._word.setVisible(message.kind is not Kind.BUSY)
        self.setAccessibleDescription(f"{word(message.kind)}: {message.text}")
        self._colour()
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if seconds is not None:
            self._timer.start(round(1000 * max(seconds, _LOOK_S + _WORD_S * len(message.text.split()))))

    def _colour(self) -> None:
        self._icon.setPixmap(icon(self._kind, _ICON_PX).pixmap(_ICON_PX, _ICON_PX))
        if self.property("kind") != self._kind.value:
            self.setProperty("kind", self._kind.value)
            self.style().unpolish(self)
            self.style().polish(self)

    def _place(self) -> None:
        """Lie over the edge, away from the pointer."""
        page, over = self.parentWidget(), self._over
        if page is None or over is None:
            return
        width = min(over.width() - 2 * GAP, _WIDEST_PX)
        self._divide(width)
        height = self._grid.totalHeightForWidth(width)
        corner = over.mapTo(page, QPoint(GAP, GAP))
        top = QRect(corner, corner + QPoint(width - 1, height - 1))
        bottom = top.translated(0, over.height() - height - 2 * GAP)
        first, second = (top, bottom) if self._edge is Qt.Edge.TopEdge else (bottom, top)
        pointer = page.mapFromGlobal(QCursor.pos())
        self.setGeometry(second if first.adjusted(-GAP, -GAP, GAP, GAP).contains(pointer) else first)

    def _divide(self, width: int) -> None:
        """Put the buttons into a line of their own where the text would have more than two lines beside them."""
        # Where there is little room, its sign alone says what kind of message it is.
        self._word.setVisible(self._kind is not Kind.BUSY and 3 * self._word.sizeHint().width() < width)
        self._offers.setVisible(not (self._button.isHidden() and self._folder.isHidden()))
        others = [widget for widget in (self._icon, self._word, self._offers, self._close) if not widget.isHidden()]
        room = width - 2 * MARGIN - sum(widget.sizeHint().width() + GAP for widget in others)
        metrics = self._text.fontMetrics()
        needs = metrics.boundingRect(QRect(0, 0, room, 0), Qt.TextFlag.TextWordWrap, self._text.text())
        if needs.width() > room or needs.height() > 2 * metrics.lineSpacing():
            self._grid.addWidget(self._offers, 1, 2, 1, 3)
            order = (self._close, self._button, self._folder)
        else:
            self._grid.addWidget(self._offers, 0, 3)
            order = (self._button, self._folder, self._close)
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the page is laid out anew."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """Stay while the pointer is over it; follow the system from light to dark."""
        if event.type() == QEvent.Type.Enter and self._timer.isActive():
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave and self._kind is Kind.DONE and self._button.isHidden():
            self._timer.start(round(1000 * _LOOK_S))
        elif event.type() == QEvent.Type.PaletteChange:
            self._colour()
        return super().event(event)
