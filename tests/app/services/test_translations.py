import ast
import re
import runpy
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox

from mien import language
from mien.errors import MienError
from mien.expressions import EXPRESSIONS
from mien.probabilities.intervals import with_interval
from mien.utils.durations import rough_duration
from mien.utils.files import reason_of
from mien_app.live.settings_dialog import SettingsDialog
from mien_app.live.source_button import SourceButton
from mien_app.services import languages
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.startup.material import training_result
from mien_app.widgets.actions import control_name, key_name
from mien_app.widgets.class_names import capital, shown
from mien_app.widgets.plots import quiet_plot
from mien_app.widgets.time_span import clock

ROOT = Path(__file__).parents[3]
MAKE = "A text of the window was changed: run `make translations`, and translate what is new in {}."
MARKS = re.compile(r"%n|[{][^}]*[}]")


def messages(name: str) -> Iterator[tuple[str, ET.Element]]:
    for context in ET.parse(languages.FOLDER / name).iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def sentences(tree: ast.AST, owner: str = "") -> Iterator[tuple[str, str]]:
    """Each sentence in the code with the name under which Qt looks for it: the class, or `language`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("tr", "mark"):
            said = node.args[0] if node.args else None
            if isinstance(said, ast.Constant):
                yield ("language" if ast.unparse(node.func.value) == "language" else owner), said.value
        yield from sentences(node, node.name if isinstance(node, ast.ClassDef) else owner)


def test_the_translations_are_those_of_the_code(tmp_path: Path) -> None:
    for path in languages.FOLDER.glob("*.ts"):
        shutil.copy(path, tmp_path)
    runpy.run_path(str(ROOT / "docs" / "scripts" / "translations.py"))["update"](tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (languages.FOLDER / path.name).read_bytes(), MAKE.format(path.name)


def test_qt_finds_every_sentence() -> None:
    known = {(context, message.findtext("source")) for context, message in messages("mien_de.ts")}
    for path in (*ROOT.glob("app/**/*.py"), *ROOT.glob("core/**/*.py")):
        text = path.read_text(encoding="utf-8")
        if ".tr(" in text or ".mark(" in text:
            lost = set(sentences(ast.parse(text))) - known
            assert not lost, f"{path.name}: {MAKE.format('mien_de.ts')} lupdate does not look into f-strings. {lost}"


@pytest.mark.parametrize("name", ["mien_de.ts", "mien_en.ts"])
def test_every_sentence_is_translated_with_its_places(name: str) -> None:
    for context, message in messages(name):
        source, translation = message.findtext("source", ""), message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, f"{source} ({context}) is not translated in {name}."
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        for form in forms:
            assert form.strip(), source
            assert sorted(MARKS.findall(form)) == sorted(MARKS.findall(source)), (source, form)
            assert form.count("&") == source.count("&"), (source, form)
            assert (form.startswith(" "), form.endswith(" ")) == (source.startswith(" "), source.endswith(" ")), form


@pytest.mark.usefixtures("german")
def test_the_window_speaks_german_and_files_english(preferences: Preferences) -> None:
    dialog = SettingsDialog(preferences.settings(), preferences)
    assert dialog.windowTitle() == "Einstellungen"
    assert dialog.smoothing.findChildren(type(dialog.smoothing._value))[0].text().startswith("0,")
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    dialog.language.activated.emit(0)
    assert preferences.language == "en"
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert buttons.buttons()[0].text().replace("&", "") == "Abbrechen"
    assert (shown("happiness"), shown("a class of mine")) == ("Freude", "a class of mine")
    assert [shown(name) for name in ("Freude", "U\u0308berraschung", "happiness ")] == [
        "Freude (eigene Klasse)",
        "U\u0308berraschung (eigene Klasse)",
        "happiness ",
    ]
    assert capital("wut oder \u00c4rger") == "Wut oder \u00c4rger"
    assert len({shown(name) for name in EXPRESSIONS}) == len(EXPRESSIONS)
    assert (rough_duration(5400), clock(61.25, 2)) == ("1,5 h", "1:01,25")
    assert with_interval(0.5, 10) == "50,0 % (23,7 bis 76,3 %)"
    counted = [QCoreApplication.translate("QueueRow", "%n face(s)", "", count) for count in (1, 2)]
    assert counted == ["1 Gesicht", "2 Gesichter"]
    sources = SourceButton(preferences, Background())
    assert (sources.title("demo:6"), sources.written_title("demo:6")) == ("Demo mit 6 Gesichtern", "Demo with 6 faces")
    axis = quiet_plot().getAxis("left")
    assert axis.tickStrings([0.5], 1, 0.5) == ["0,5"]
    assert reason_of(IsADirectoryError(21, "Is a directory", "caf\udce9")) == "Ist ein Ordner"
    assert reason_of(MienError("caf\udce9 is damaged.")) == "caf\udce9 is damaged"  # such as Qt cannot take
    with language.english():
        assert with_interval(0.5, 10) == "50.0% (23.7 to 76.3%)"
    result = training_result(languages.FOLDER.parent)
    assert "Gesichtern wie im Label" in result.summary[0]
    assert "faces as labelled" in result.as_dict()["summary"][0]  # result.json


def test_english_counts_as_people_do() -> None:
    counted = [QCoreApplication.translate("SessionBar", "%n person(s)", "", count) for count in (0, 1, 2)]
    assert counted == ["0 people", "1 person", "2 people"]
    assert [language.Language().translate("%n face(s)", "", count) for count in (1, 2)] == ["1 face", "2 faces"]


def test_a_language_that_mien_does_not_speak_is_english() -> None:
    assert (languages.language_of("xx"), languages.language_of("de")) == ("en", "de")


def test_keys_stand_in_no_text_since_each_system_writes_them_in_its_way() -> None:
    texts = (languages.FOLDER / "mien_de.ts").read_text(encoding="utf-8")
    assert "Ctrl" not in texts
    assert "Strg" not in texts


@pytest.mark.skipif(sys.platform == "darwin", reason="has its own signs")
def test_keys_are_written_in_the_windows_language(request: pytest.FixtureRequest) -> None:
    assert (key_name("Ctrl+Shift+E"), control_name()) == ("Ctrl+Shift+E", "Ctrl")
    request.getfixturevalue("german")
    assert (key_name("Ctrl+Shift+E"), control_name()) == ("Strg+Umschalt+E", "Strg")
