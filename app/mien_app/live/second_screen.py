"""A view for an audience: the picture, one expression, how sure it is, and nothing else."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mien import language
from mien.probabilities.wording import candidates, named
from mien.types import Prediction
from mien_app.live.actions import LiveActions
from mien_app.live.big_reading import BigReading
from mien_app.live.panel import Shown
from mien_app.live.settings_dialog import SettingsDialog
from mien_app.widgets.class_colours import UNSURE, colour
from mien_app.widgets.class_names import capital
from mien_app.widgets.class_names import shown as shown_name
from mien_app.widgets.theme import STAGE
from mien_app.widgets.video_view import VideoView

_READING = 0.2  # of the height
_LEAST_PX = 72
_LABEL = 1 / 36  # height of a label's text on the picture, of the window's
_WINDOWED = 0.7  # of the only screen, across and down
_HINT_MS = 6000


def other_screen(own: QScreen, screens: Sequence[QScreen]) -> QScreen | None:
    """The first screen that the window is not on; None where there is one screen only."""
    return next((screen for screen in screens if screen != own), None)


class SecondScreen(QWidget):
    """Shows each result over the very frame it belongs to. Esc closes it; it follows who is selected in the window."""

    def __init__(self, actions: LiveActions, settings: SettingsDialog, page: QWidget) -> None:
        """Make it, without showing it.

        Args:
            actions: have the one that opens and closes it.
            settings: say whether the picture is mirrored.
            page: what it belongs to.
        """
        super().__init__(page, Qt.WindowType.Window)
        self._page = page
        self.setWindowTitle(self.tr("Mien, second screen"))
        self.setStyleSheet(f"SecondScreen {{ background: {STAGE}; }}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(480, 320)
        self._action = actions.second
        self._action.toggled.connect(self._toggle)
        self._classes: tuple[str, ...] = ()
        self._shown: Shown | None = None
        self.video, self.reading = VideoView(), BigReading()
        self.video.setAccessibleName(self.tr("Video on the second screen"))
        self.video.selected.connect(actions.chosen)
        settings.follow_with(self.video)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.video, 1)
        column.addWidget(self.reading)
        self._hint = QTimer(self, singleShot=True, interval=_HINT_MS)
        self._hint.timeout.connect(self._show)
        self._show()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Take the names that probabilities stand for."""
        self._classes, self._shown = classes, None
        self._show()

    def show_result(self, shown: Shown | None) -> None:
        """Show a result; None where there is none."""
        self._shown = shown
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        shown = self._shown
        how = self.tr("Esc closes this view, F fills the screen.") if self._hint.isActive() else ""
        if shown is None:
            self.video.clear()
            self.video.show_text("\n".join(filter(None, (self.tr("Choose a source in Mien's window."), how))))
            self.reading.show_reading("")
            return
        captured, people = shown.result.captured, shown.result.recognition.predictions
        self.video.show_text(how)
        self.video.show_frame(captured.frame, captured.preview)
        self.video.show_predictions(people, self._classes, shown.track)
        if (prediction := shown.prediction) is not None:
            self._say(prediction, f"{shown.track}  " if len(people) > 1 else "")
        elif not people:
            self.reading.show_reading(self.tr("No face"))

    def _say(self, prediction: Prediction, who: str) -> None:
        either = language.tr(" or ")
        names = capital(either.join(map(shown_name, named(prediction, self._classes))))
        if prediction.sure:
            ink = colour(prediction.label, self._classes.index(prediction.label))
            self.reading.show_reading(who + names, prediction.reliability, ink=ink)
        else:
            left_open = capital(either.join(map(shown_name, candidates(prediction, self._classes))))
            self.reading.show_reading(who + (names or self.tr("Not sure")), note="" if names else left_open, ink=UNSURE)

    def _toggle(self, wanted: bool) -> None:
        if not wanted:
            self.close()
            return
        own = self._page.window().screen()
        other = other_screen(own, QGuiApplication.screens())
        self._hint.start()
        self._show()
        if other is None:
            self.resize(own.availableSize() * _WINDOWED)
            self.show()
        else:
            self.setScreen(other)
            self.setGeometry(other.geometry())
            self.showFullScreen()
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let texts grow with it."""
        super().resizeEvent(event)
        self.reading.setFixedHeight(max(round(_READING * self.height()), _LEAST_PX))
        font = self.font()
        font.setPixelSize(max(round(_LABEL * self.height()), 13))
        self.video.setFont(font)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close it, or fill the screen."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so in the menu."""
        super().closeEvent(event)
        self._action.setChecked(False)
