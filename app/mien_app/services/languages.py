"""The window's language: Qt's translators, the locale of its numbers, and the sentences of the library."""

from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from mien import language

ENGLISH = "en"
LANGUAGES = MappingProxyType({ENGLISH: "English", "de": "Deutsch"})
"""Each with its name, as those who speak it write it."""
FOLDER = Path(__file__).parents[1] / "translations"
_installed: list[QTranslator] = []


def language_of(choice: str) -> str:
    """What is spoken where a person chose a language, or `system`: English where Mien knows no better."""
    name = choice if choice in LANGUAGES else QLocale.system().name()[:2]
    return name if name in LANGUAGES else ENGLISH


def choose(application: QCoreApplication, choice: str) -> None:
    """Speak a language, before the first widget is made: those that are there already keep their texts.

    Args:
        application: that shows them.
        choice: one of LANGUAGES, or `system`.
    """
    for translator in _installed:
        application.removeTranslator(translator)
    speak(choice)
    for translator in _installed:
        application.installTranslator(translator)


def speak(choice: str) -> None:
    """Say the library's sentences and numbers in a language; a process that shows nothing needs no application for it.

    Args:
        choice: as above.
    """
    name = language_of(choice)
    qt, own = f"qtbase_{name}", f"mien_{name}"
    _installed[:] = [
        *_loaded(qt, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        *_loaded(own, str(FOLDER)),
    ]
    system = QLocale.system()
    # English without a country has the American order of day and month.
    locale = system if system.name()[:2] == name else QLocale("en_GB" if name == ENGLISH else name)
    QLocale.setDefault(locale)
    language.speak(language.Language(_translate, locale.decimalPoint(), _translate(language.mark("{}%"), "", -1)))


def _loaded(name: str, folder: str) -> list[QTranslator]:
    translator = QTranslator()
    return [translator] if translator.load(name, folder) else []  # Qt has no file for its own language


def _translate(sentence: str, comment: str, count: int) -> str:
    found = (translator.translate("language", sentence, comment, count) for translator in _installed)
    said = next((text for text in found if text), sentence)
    return said if count < 0 else said.replace("%n", str(count))
