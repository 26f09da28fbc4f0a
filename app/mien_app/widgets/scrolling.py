"""Scroll areas that leave nothing cut: where there is no room, one can scroll to it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget


class VerticalScroll(QScrollArea):
    """Scrolls up and down, and is never narrower than what is in it needs."""

    def __init__(self, inside: QWidget, *, fixed: bool = False) -> None:
        """Show a widget; `fixed` is just as wide as it needs, and does not grow with the window."""
        super().__init__()
        self._inside = inside
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        if fixed:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def _width(self) -> int:
        return self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        """As wide as its contents, and low."""
        return QSize(self._width(), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As its contents would have it; no wider than needed where that is fixed."""
        wanted = super().sizeHint()
        fixed = self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        return QSize(self._width() if fixed else max(wanted.width(), self._width()), wanted.height())

    def turn(self, event: QKeyEvent) -> None:
        """Scroll by Page Up and Page Down, which somebody else has got."""
        event.setAccepted(event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown))
        if event.isAccepted():
            self.keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow contents that need more room than before."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class PageStack(QStackedWidget):
    """Needs as much room as the page that is shown; those behind it do not count."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Of the page that is shown."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        """The least height: a scroll area would take all that the page would like for what it needs."""
        page = self.currentWidget()
        layout = None if page is None else page.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self.minimumSizeHint().height()
        return layout.minimumHeightForWidth(width)


class PageScroll(QScrollArea):
    """Shows the pages. Where texts are large and the window is small, one scrolls to what has no room."""

    def __init__(self, pages: PageStack) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(pages)
