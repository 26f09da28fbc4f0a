import pytest
from PySide6 import QtGui
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from mien_app.widgets.basics import plain_tip


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "/a/<img src='file:///etc/passwd'>/b",
        "<a href='http://x'>y</a>",
        "a &lt; b",
        "plain",
        "a\nb <i>c</i>",
    ],
)
def test_a_text_from_outside_is_shown_as_it_is(qtbot: QtBot, text: str) -> None:
    tip, shown = plain_tip(text), QTextDocument()
    if tip == text:
        assert not QtGui.Qt.mightBeRichText(text)  # Qt shows it as it is
        return
    shown.setHtml(tip)
    assert shown.toPlainText().replace("\u2028", "\n") == text
