"""Which picture a camera is asked for: chosen in Settings, remembered for each camera, kept while it is recorded."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from mien.sources import AnyAddress, CameraAddress
from mien_app.live.settings_dialog import SettingsDialog
from mien_app.live.source_button import SourceButton
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import allow

SIZES = ((0, 0), (640, 480), (1280, 720), (1920, 1080))
"""Px; the camera's own choice first. OpenCV does not tell which of them a camera has."""
RATES = (0, 15, 30, 60)
"""Frames a second; as above."""


class CameraControl(QObject):
    """Knows what each camera was last asked for, by its name: another one may have its number tomorrow."""

    chosen = Signal(str)
    """The address of the camera that is open, to be opened again with what was chosen."""

    def __init__(self, settings: SettingsDialog, sources: SourceButton, preferences: Preferences) -> None:
        """Take what is chosen in two lists of Settings."""
        super().__init__(sources)
        self._size, self._rate = size, rate = settings.camera_size, settings.camera_rate
        self._rotation = settings.rotation
        self._sources, self._preferences = sources, preferences
        automatic = self.tr("Automatic")
        for width, height in SIZES:
            size.addItem(f"{width}x{height}" if width else automatic, (width, height))
        for fps in RATES:
            rate.addItem(self.tr("{} fps").format(fps) if fps else automatic, fps)
        for choice in (size, rate):
            choice.activated.connect(lambda: self._choose())
        self._open: CameraAddress | None = None
        self._recording = False
        sources.named.connect(lambda name: self._closed() if not name else None)
        self._show()

    def address(self, address: AnyAddress) -> AnyAddress:
        """What to open: of a camera with what it was last asked for, unless the address says it."""
        self._open = wanted = CameraAddress.of(address)
        if wanted is not None and wanted == CameraAddress(wanted.number):
            kept = CameraAddress.of(self._preferences.camera(self._sources.written_title(str(wanted)))) or wanted
            self._open = replace(kept, number=wanted.number)
        self._show()
        return address if self._open is None else str(self._open)

    def keep(self, recording: bool) -> None:
        """Hold the choice fast, and how pictures are turned, while something is recorded."""
        self._recording = recording
        self._show()

    def _closed(self) -> None:
        self._open = None
        self._show()

    def _choose(self) -> None:
        if self._open is not None:
            width, height = self._size.currentData()
            self._open = CameraAddress(self._open.number, width, height, self._rate.currentData())
            self._preferences.keep_camera(self._sources.written_title(str(self._open.number)), str(self._open))
            self.chosen.emit(str(self._open.number))

    def _show(self) -> None:
        shown, one_size = self._open or CameraAddress(0), self.tr("A recording is of one size: stop it first.")
        for choice, value, text in (
            (self._size, (shown.width, shown.height), f"{shown.width}x{shown.height}"),
            (self._rate, shown.fps, self.tr("{} fps").format(shown.fps)),
        ):
            place = next((i for i in range(choice.count()) if choice.itemData(i) == value), -1)
            if place < 0:  # of the command line
                choice.addItem(text, value)
                place = choice.count() - 1
            choice.setCurrentIndex(place)
            why = one_size if self._recording else self.tr("Open one first.")
            allow(choice, self._open is not None and not self._recording, why)
        allow(self._rotation, not self._recording, one_size)
