"""The look in use: light or dark, its contrast, and how large texts are."""

from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from mien_app.widgets.schemes import BODY_PX, DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Theme
from mien_app.widgets.schemes import GAP as GAP
from mien_app.widgets.schemes import LABEL_PX as LABEL_PX
from mien_app.widgets.schemes import MARGIN as MARGIN
from mien_app.widgets.style_sheet import style_sheet

ARROW = "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"
"""Follows the text of whatever opens a list."""
STAGE = "#0E1013"
"""Behind the video, in both schemes."""
TEXT_SIZES = (1.0, 1.25, 1.5)
"""How large texts can be, of the system's own size."""
_LARGE = 1.25  # of that size

# By whether it is dark, and of high contrast.
_SCHEMES = MappingProxyType(
    {
        (False, False): LIGHT,
        (True, False): DARK,
        (False, True): LIGHT_CONTRAST,
        (True, True): DARK_CONTRAST,
    }
)
# Properties of the application: what was chosen, how large texts are, the system's own size of text, pt, and how many
# times the usual one that is.
_APPEARANCE, _TEXT, _SYSTEM_PT, _SYSTEM_SCALE = "mien-appearance", "mien-text", "mien-system-text", "mien-system-scale"


def theme() -> Theme:
    """The colours in use: those chosen, else those of the system's present scheme; with the system's contrast."""
    hints = QApplication.styleHints()
    chosen = _property(_APPEARANCE) or "system"
    dark = chosen == "dark" or (chosen == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    return _SCHEMES[dark, wants_contrast()]


def wants_contrast() -> bool:
    """Whether the system is set to high contrast."""
    return QApplication.styleHints().accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def px(size: int) -> int:
    """A size of text, or of what holds text, as large as the person has chosen, here or in the system; both px."""
    return round(size * _text_size())


def has_large_texts() -> bool:
    """Whether texts are so large that in a small window a name and its value have no room beside each other."""
    return _text_size() > _LARGE


def _text_size() -> float:
    return float(str(_property(_TEXT) or 1.0)) * float(str(_property(_SYSTEM_SCALE) or 1.0))


def apply(application: QApplication, appearance: str = "system") -> None:
    """Style the application, now and whenever the system's scheme or contrast changes. Call it once."""
    application.setStyle("Fusion")
    measure(application)
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda _: _colour(application))
    hints.accessibility().contrastPreferenceChanged.connect(lambda _: _colour(application))
    choose(application, appearance)


def measure(application: QApplication) -> None:
    """Take down the system's size of text. Where a person has larger texts in all programs, those in px follow."""
    font = application.font()
    application.setProperty(_SYSTEM_PT, font.pointSizeF())
    application.setProperty(_SYSTEM_SCALE, max(QFontInfo(font).pixelSize() / BODY_PX, 1.0))


def choose(application: QApplication, appearance: str, text: float = 1.0) -> None:
    """Change the look of all windows at once.

    Args:
        application: whose windows they are.
        appearance: `light`, `dark`, or as the `system` is.
        text: how large texts are, of the system's own size.
    """
    if (application.property(_APPEARANCE), application.property(_TEXT)) == (appearance, text):
        return  # styling every widget anew takes time
    application.setProperty(_APPEARANCE, appearance)
    if application.property(_TEXT) != text:
        application.setProperty(_TEXT, text)
        font = application.font()
        font.setPointSizeF(text * float(application.property(_SYSTEM_PT)))
        application.setFont(font)
    _colour(application)


def _property(name: str) -> object:
    application = QApplication.instance()
    return None if application is None else application.property(name)


def _colour(application: QApplication) -> None:
    t = theme()
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: t.window,
        QPalette.ColorRole.WindowText: t.text,
        QPalette.ColorRole.Base: t.card,
        QPalette.ColorRole.AlternateBase: t.window,
        QPalette.ColorRole.Text: t.text,
        QPalette.ColorRole.Button: t.card,
        QPalette.ColorRole.ButtonText: t.text,
        QPalette.ColorRole.ToolTipBase: t.card,
        QPalette.ColorRole.ToolTipText: t.text,
        QPalette.ColorRole.PlaceholderText: t.muted,
        QPalette.ColorRole.Highlight: t.accent,
        QPalette.ColorRole.HighlightedText: t.on_accent,
        QPalette.ColorRole.Accent: t.accent,
        QPalette.ColorRole.Link: t.accent,
        QPalette.ColorRole.Mid: t.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.muted))
    application.setPalette(palette)
    application.setStyleSheet(style_sheet(t, px))


def tabular(font: QFont) -> QFont:
    """Make a font whose figures all have one width, so that changing numbers do not jump about."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
