"""What Mien remembers between starts."""

from contextlib import suppress
from math import isfinite
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize, QStandardPaths

from mien import runtimes
from mien.errors import MienError
from mien.models.cards import DEFAULT_MODEL
from mien.recognition.settings import RecognizerSettings
from mien.sources import Address, AnyAddress
from mien.utils import paths
from mien.utils.files import make_file, make_folder
from mien.utils.json_io import parse_json, to_json

_RECENT, _SHIFTS = 6, 100


def _word(value: bool) -> str:
    return "true" if value else "false"


class _Text:
    """A text that is kept under the attribute's own name."""

    def __init__(self, default: str = "") -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = name

    def __get__(self, own: "Preferences", owner: type) -> str:
        return own._text(self._key, self._default)

    def __set__(self, own: "Preferences", value: str) -> None:
        own._store.setValue(self._key, value)


class _Flag:
    """The same of a choice between two."""

    def __init__(self, *, default: bool = False) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = name

    def __get__(self, own: "Preferences", owner: type) -> bool:
        return own._flag(self._key, default=self._default)

    def __set__(self, own: "Preferences", value: bool) -> None:
        own._store.setValue(self._key, _word(value))


class Preferences:
    """A person's choices, on the disk."""

    welcomed = _Flag()
    """Whether the person has accepted the welcome page."""
    mirror = _Flag()
    """Whether the picture is shown as in a mirror."""
    axes = _Flag()
    """Whether the axes of heads are drawn, where their pose is measured."""
    sound = _Flag(default=True)
    """Whether the sound of videos is played on Review."""
    waits_for_start = _Flag()
    """Whether files that are added to an idle list wait until the person starts it."""
    model = _Text(DEFAULT_MODEL)
    """Name of the model that was last chosen."""
    appearance = _Text("system")
    """system, light or dark."""
    language = _Text("system")
    """The window's: system, or one of `mien_app.services.languages`."""
    waiting_files = _Text()
    """The files that were left on the Analyse page, as it writes them; empty where there were none."""
    reference_folder = _Text()
    """FERPlus, to see what a trained model has forgotten; empty where it is not at hand."""

    def __init__(self, path: Path | None = None) -> None:
        """Use a file; None is the person's own."""
        self.path = path = path or paths.user_settings()
        with suppress(OSError):  # then nothing is kept
            make_folder(path.parent)
            make_file(path).chmod(0o600)  # Qt leaves a file's permissions as they are
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def write(self) -> bool:
        """Write now, not when Qt gets to it: a temporary file must not reappear after its folder was removed.

        Returns:
            whether that could be done.
        """
        # Writes what all stores of the file hold; one that could not be written once says so for ever.
        store = QSettings(str(self.path), QSettings.Format.IniFormat)
        store.sync()
        return store.isWritable() and store.status() is not QSettings.Status.AccessError

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        text = default if value is None or isinstance(value, list) else str(value)  # somebody has edited the file
        return default if "\0" in text else text  # no path, nor anything else, has it: the file is damaged

    def _number(self, key: str, default: float) -> float:
        try:
            number = float(self._text(key, str(default)))
        except ValueError:
            return default
        return number if isfinite(number) else default

    def _flag(self, key: str, *, default: bool = False) -> bool:
        return self._text(key, _word(default)) == "true"

    @property
    def runtime(self) -> str:
        """Name of the runtime that was last chosen; `auto` where this machine does not have it."""
        name = self._text("runtime", runtimes.AUTO)
        return name if runtimes.has(name) else runtimes.AUTO

    @runtime.setter
    def runtime(self, value: str) -> None:
        self._store.setValue("runtime", value)

    @property
    def text_size(self) -> float:
        """How large texts are, of the system's own size: from 1 to 2."""
        return min(max(self._number("text_size", 1.0), 1.0), 2.0)

    @text_size.setter
    def text_size(self, value: float) -> None:
        self._store.setValue("text_size", value)

    def _list(self, key: str) -> list[str]:
        value = self._store.value(key, [])
        items = [value] if isinstance(value, str) else value  # a list of one comes back as its item
        return [str(item) for item in items] if isinstance(items, list) else []

    def _put_first(self, key: str, item: str) -> None:
        others = [other for other in self._list(key) if other != item]
        self._store.setValue(key, [item, *others][:_RECENT])

    @property
    def recent(self) -> list[str]:
        """Files and network cameras, the newest first."""
        return self._list("recent")

    @property
    def recent_sessions(self) -> list[str]:
        """Session folders, the newest first."""
        return self._list("recent_sessions")

    def add_recent_session(self, folder: str) -> None:
        """Put a session folder first."""
        self._put_first("recent_sessions", folder)

    def _shifts(self) -> list[tuple[str, str, float]]:
        with suppress(MienError, TypeError, ValueError):  # somebody wrote something else into the file
            kept = parse_json(self._text("shifts", "[]").encode(), "shifts")
            return [(str(first), str(second), float(shift_s)) for first, second, shift_s in kept]
        return []

    def shift(self, first: str, second: str) -> float:
        """How much later, s, a moment of one session folder is in another, as a person aligned them; 0 at first."""
        for one, other, shift_s in self._shifts():
            if (one, other) == (first, second):
                return shift_s
            if (other, one) == (first, second):
                return -shift_s
        return 0.0

    def keep_shift(self, first: str, second: str, shift_s: float) -> None:
        """Keep it."""
        others = [kept for kept in self._shifts() if {*kept[:2]} != {first, second}]
        kept = [(first, second, shift_s), *others] if shift_s else others
        self._store.setValue("shifts", to_json(kept[:_SHIFTS]).decode())

    def _documents(self) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents or Path.home()) / "Mien"

    @property
    def sessions_folder(self) -> str:
        """Where analyses and recordings go."""
        return self._text("sessions_folder", str(self._documents()))

    @sessions_folder.setter
    def sessions_folder(self, value: str) -> None:
        self._put_first("session_folders", self.sessions_folder)
        self._store.setValue("sessions_folder", value)

    @property
    def session_folders(self) -> list[str]:
        """Where analyses and recordings go, then where they went before."""
        return list(dict.fromkeys([self.sessions_folder, *self._list("session_folders")]))

    @property
    def dataset_folder(self) -> str:
        """Where faces are kept under labels."""
        return self._text("dataset_folder", str(self._documents() / "dataset"))

    @dataset_folder.setter
    def dataset_folder(self, value: str) -> None:
        self._store.setValue("dataset_folder", value)

    def last_folder(self, what: str) -> str:
        """The folder of the last file that was asked for, by the kind of question; empty at first."""
        return self._text(f"folders/{what}", self._text(f"{what}_folder", ""))  # the latter is the older key of exports

    def keep_last_folder(self, what: str, value: str) -> None:
        """Keep it."""
        self._store.setValue(f"folders/{what}", value)

    def add_recent(self, address: AnyAddress) -> None:
        """Put an address first. One that may hold a password is not written to the disk."""
        own = Address.of(address)
        if not own.secret:
            self._put_first("recent", own.text)

    def camera(self, name: str) -> str:
        """The address that says what a camera was last asked for; empty where it was asked for nothing."""
        return self._text(f"cameras/{name}", "")

    def keep_camera(self, name: str, address: str) -> None:
        """Keep it."""
        self._store.setValue(f"cameras/{name}", address)

    def settings(self) -> RecognizerSettings:
        """The recogniser's settings."""
        plain = RecognizerSettings()
        try:
            return RecognizerSettings(
                max_faces=int(self._number("max_faces", plain.max_faces)),
                min_face_score=self._number("min_face_score", plain.min_face_score),
                smoothing_s=self._number("smoothing_s", plain.smoothing_s),
                min_confidence=self._number("min_confidence", plain.min_confidence),
                coverage=self._number("coverage", plain.coverage),
                pose=self._flag("pose"),
            )
        except (MienError, ValueError, OverflowError):  # somebody wrote nan or inf into the file
            return plain

    def keep_settings(self, settings: RecognizerSettings) -> None:
        """Keep the recogniser's settings."""
        for key, value in vars(settings).items():
            self._store.setValue(key, str(value).lower() if isinstance(value, bool) else value)

    def layout(self, name: str) -> QByteArray:
        """A saved geometry or dock layout; empty where there is none."""
        value = self._store.value(f"layout/{name}", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_layout(self, name: str, value: QByteArray, size: QSize | None = None) -> None:
        """Keep a geometry or dock layout; of the latter also the size, px, of what it is laid out in."""
        self._store.setValue(f"layout/{name}", value)
        if size is not None:
            self._store.setValue(f"layout/{name}_size", size)

    def layout_size(self, name: str) -> QSize:
        """The size that a layout was kept with; one that is not valid where there is none."""
        value = self._store.value(f"layout/{name}_size", QSize())
        return value if isinstance(value, QSize) else QSize()
