"""The settings that can be changed while a source runs."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from mien import language
from mien.probabilities.conformal import LEVELS
from mien.recognition.settings import RecognizerSettings
from mien.types import ROTATIONS
from mien_app.services.languages import LANGUAGES
from mien_app.services.preferences import Preferences
from mien_app.widgets.basics import ComboField, NumberField, label
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.slider_field import SliderField
from mien_app.widgets.theme import GAP, MARGIN, TEXT_SIZES, choose, px
from mien_app.widgets.video_view import VideoView

_SAVE_AFTER_MS = 500
_WIDTH = 460  # px


def _explained(widget: QWidget, tip: QWidget) -> QWidget:
    """A control with its explanation close below it."""
    both = QWidget()  # processes crashed at their end where a form was given a layout alone
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP // 2)
    column.addWidget(widget)
    column.addWidget(tip)
    return both


class SettingsDialog(QDialog):
    """A small window beside the video; every change takes effect at once."""

    mirror_changed = Signal(bool)
    runtime_chosen = Signal(bool)
    """Whether it is another one than before."""
    axes_changed = Signal(bool)
    recognition_changed = Signal()
    rotation_changed = Signal(int)
    """Degrees, clockwise."""

    def __init__(self, settings: RecognizerSettings, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._settings, self._preferences = settings, preferences
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)
        self._inside = QWidget()
        form = QFormLayout(self._inside)
        form.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        form.setSpacing(GAP + 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(VerticalScroll(self._inside))

        self.faces = NumberField(least=1, most=64, value=settings.max_faces)
        self.faces.valueChanged.connect(lambda value: self._set("max_faces", value))
        self.smoothing = SliderField(0, 2, 0.05, settings.smoothing_s, " s")
        self.smoothing.changed.connect(lambda value: self._set("smoothing_s", value))
        self.coverage = SliderField(LEVELS[0], LEVELS[-1], 0.01, settings.coverage)
        self.coverage.changed.connect(lambda value: self._set("coverage", value))
        self.score = SliderField(0.5, 0.95, 0.05, settings.min_face_score)
        self.score.changed.connect(lambda value: self._set("min_face_score", value))
        self.runtime = ComboField()
        names = {
            "auto": self.tr("Automatic (the fastest)"),
            "cuda": self.tr("PyTorch on an NVIDIA GPU"),
            "openvino": self.tr("OpenVINO on the CPU"),
            "openvino-bfloat16": self.tr("OpenVINO in bfloat16 (faster, less exact)"),
            "torch": self.tr("PyTorch on the CPU"),
        }
        self._runtime_names = names
        self.show_runtimes(["openvino", "torch"])
        self.runtime.activated.connect(lambda: self._choose_runtime())
        self.rotation = ComboField()
        for degrees in ROTATIONS:
            self.rotation.addItem(self.tr("{}° clockwise").format(degrees) if degrees else self.tr("As it is"), degrees)
        self.rotation.currentIndexChanged.connect(lambda: self.rotation_changed.emit(self.rotation.currentData()))
        self.camera_size, self.camera_rate = ComboField(), ComboField()
        self.pose = ComboField()
        for text, choice in (
            (self.tr("Off"), (False, False)),
            (self.tr("Measured"), (True, False)),
            (self.tr("Measured, the head's axes drawn"), (True, True)),
        ):
            self.pose.addItem(text, choice)
        self.pose.setCurrentIndex((1 + preferences.axes) if settings.pose else 0)
        self.pose.activated.connect(lambda: self._choose_pose())
        self.mirror = QCheckBox(self.tr("Show the picture as in a mirror"))
        self.mirror.setChecked(preferences.mirror)
        self.mirror.toggled.connect(self._choose_mirror)

        self.send = ComboField()
        """Off at each start: nothing is sent that was not asked for."""
        for text, name in (
            (self.tr("Off"), ""),
            (self.tr("OSC (TouchDesigner, Max)"), "osc"),
            (self.tr("LSL (LabRecorder)"), "lsl"),
            (self.tr("WebSocket and page (OBS)"), "web"),
        ):
            self.send.addItem(text, name)

        self.markers = QLineEdit(maxLength=200)
        """Of a stimulus program's LSL stream; none at each start."""
        self.markers.setPlaceholderText(self.tr("none"))

        self.appearance = ComboField()
        for text, name in (
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        ):
            self.appearance.addItem(text, name)
        self.appearance.setCurrentIndex(max(self.appearance.findData(preferences.appearance), 0))
        self.appearance.activated.connect(lambda: self._choose_look())
        self.language = ComboField()
        self.language.addItem(self.tr("As the system"), "system")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(self.language.findData(preferences.language), 0))
        self.language.activated.connect(lambda: self._choose_language())
        self.text_size = ComboField()
        for times in TEXT_SIZES:
            self.text_size.addItem(language.percent(times), times)
        self.text_size.setCurrentIndex(max(self.text_size.findData(preferences.text_size), 0))
        self.text_size.activated.connect(lambda: self._choose_look())

        rows: tuple[tuple[str, QWidget, str], ...] = (
            (
                self.tr("Smoothing"),
                self.smoothing,
                self.tr("How long predictions are averaged over; 0 shows each frame by itself"),
            ),
            (
                self.tr("Coverage"),
                self.coverage,
                self.tr(
                    "For this share of faces like those the model was tested on, the label that people gave is among "
                    "the expressions named. The higher, the more often two are named, or none"
                ),
            ),
            (self.tr("Faces at most"), self.faces, self.tr("The largest faces of a frame are classified")),
            (self.tr("Least score of a face"), self.score, self.tr("What looks less like a face is ignored")),
            (
                self.tr("Head, eyes, mouth"),
                self.pose,
                self.tr("Also where the head points, blinks, and how far eyes and mouth are open, of larger faces"),
            ),
            (self.tr("Compute with"), self.runtime, self.tr("What runs the model")),
            (
                self.tr("Send"),
                self.send,
                self.tr("Predictions to other programs on this machine while a source runs; never pictures or names"),
            ),
            (
                self.tr("Markers"),
                self.markers,
                self.tr("Name of a stimulus program's LSL stream, whose markers stand in what is recorded"),
            ),
            (
                self.tr("Camera's picture"),
                self.camera_size,
                self.tr("What the camera is asked for; the line at the bottom of the window says what it gives"),
            ),
            (self.tr("Camera's rate"), self.camera_rate, self.tr("More frames a second need more light")),
            (
                self.tr("Turn the picture"),
                self.rotation,
                self.tr("For a camera that hangs on its side or upside down; until Mien is closed"),
            ),
            (
                self.tr("Appearance"),
                self.appearance,
                self.tr("Light or dark; where the system is set to high contrast, so is Mien"),
            ),
            (
                self.tr("Language"),
                self.language,
                self.tr("Of the window, from the next start of Mien on; files that it writes stay in English"),
            ),
            (self.tr("Text size"), self.text_size, self.tr("Of all texts, beside the system's own size")),
        )
        for text, widget, tip in rows:
            if isinstance(widget, SliderField):
                widget.name(text, tip)
            else:
                widget.setAccessibleName(text)
                widget.setToolTip(tip)
            form.addRow(text, _explained(widget, label(tip, "muted", wrap=True)))
        form.addRow("", self.mirror)

    def show_runtimes(self, present: list[str]) -> None:
        """Offer what this machine has."""
        self.runtime.clear()
        for name in ("auto", *present):
            self.runtime.addItem(self._runtime_names.get(name, name), name)
        self.runtime.setCurrentIndex(max(self.runtime.findData(self._preferences.runtime), 0))

    def follow_with(self, video: VideoView) -> None:
        """Let a view show the picture as it is chosen here: mirrored, with the axes of heads."""
        video.set_mirror(self._preferences.mirror)
        video.set_axes(self._preferences.axes)
        self.mirror_changed.connect(video.set_mirror)
        self.axes_changed.connect(video.set_axes)

    def choose_rotation(self, degrees: int) -> None:
        """Turn pictures clockwise by so many degrees, as the person can."""
        self.rotation.setCurrentIndex(self.rotation.findData(degrees))

    def open(self) -> None:
        """Show it, in front of other windows, as high as its texts need and the screen allows."""
        if not self.isVisible():
            width = max(px(_WIDTH), self.minimumSizeHint().width())
            window = (self.parentWidget() or self).window()
            frame = window.frameGeometry().height() - window.height()  # the title bar, which is not there before `show`
            room = self.screen().availableSize().height() - frame
            self.resize(width, min(self._inside.heightForWidth(width), room))
        self.show()
        self.raise_()

    def save(self) -> None:
        """Write the settings to the disk now."""
        self._saving.stop()
        self._preferences.keep_settings(self._settings)

    def _set(self, name: str, value: float) -> None:
        setattr(self._settings, name, value)
        self.recognition_changed.emit()
        self._saving.start()  # not with each step of a slider: writing may wait for the disk

    def _choose_pose(self) -> None:
        measured, drawn = self.pose.currentData()
        if self.pose.currentIndex():
            self._preferences.axes = drawn
        self.axes_changed.emit(drawn)
        self._set("pose", measured)
        self.save()  # a recording asks what is measured

    def _choose_look(self) -> None:
        own = self._preferences
        own.appearance, own.text_size = self.appearance.currentData(), self.text_size.currentData()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        choose(application, own.appearance, own.text_size)

    def _choose_language(self) -> None:
        self._preferences.language = self.language.currentData()

    def _choose_runtime(self) -> None:
        name = self.runtime.currentData()
        changed = name != self._preferences.runtime
        self._preferences.runtime = name
        self.runtime_chosen.emit(changed)

    def _choose_mirror(self, mirror: bool) -> None:
        self._preferences.mirror = mirror
        self.mirror_changed.emit(mirror)
