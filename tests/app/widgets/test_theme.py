from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QCheckBox, QDialogButtonBox, QLabel, QProxyStyle, QStyle
from pytestqt.qtbot import QtBot

from mien_app.face_actions.evidence_scale import EvidenceScale
from mien_app.widgets import theme
from mien_app.widgets.confusion_matrix import ConfusionMatrix
from mien_app.widgets.messages import Kind, Message
from mien_app.widgets.past_messages import PastMessages


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_high_contrast_of_the_system_is_followed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "wants_contrast", lambda: True)
    theme.choose(qapp, "light")
    palette = qapp.palette()
    assert palette.windowText().color() == QColor("black")
    assert palette.placeholderText().color() == QColor("black")
    theme.choose(qapp, "dark")
    assert (qapp.palette().window().color(), qapp.palette().windowText().color()) == (QColor("black"), QColor("white"))


def test_a_checked_box_has_a_tick(appearance: str, qapp: QApplication, qtbot: QtBot) -> None:
    theme.choose(qapp, appearance)
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    box.show()
    image = box.grab().toImage()
    colours = {image.pixelColor(x, y).rgb() for x in range(3, 13) for y in range(image.height())}
    assert Path(theme.theme().tick).is_file()
    assert QColor(theme.theme().on_accent).rgb() in colours
    assert QColor(theme.theme().accent).rgb() in colours


class Signs(QProxyStyle):
    """Of a system whose dialogs have signs on their buttons."""

    def styleHint(self, hint: QStyle.StyleHint, *others: Any) -> int:
        return int(hint is QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons) or super().styleHint(hint, *others)


def test_buttons_of_dialogs_have_no_signs_of_qts_own(qtbot: QtBot) -> None:
    """Which are dark on dark."""
    buttons, style = QDialogButtonBox(), Signs()
    qtbot.addWidget(buttons)
    buttons.setStyle(style)
    buttons.addButton(QDialogButtonBox.StandardButton.Close)
    buttons.show()
    assert buttons.buttons()[0].icon().isNull()


def test_signs_of_past_messages_follow_the_look(qapp: QApplication, qtbot: QtBot) -> None:
    theme.choose(qapp, "light")
    sheet = PastMessages([("Live", Message("gone", Kind.FAILED))])
    qtbot.addWidget(sheet)
    (sign,) = (line for line in sheet.findChildren(QLabel) if not line.pixmap().isNull())
    light = sign.pixmap().toImage()
    theme.choose(qapp, "dark")
    assert sign.pixmap().toImage() != light


def test_sizes_in_px_follow_larger_texts_of_the_system(qapp: QApplication) -> None:
    usual = qapp.font()
    assert theme.px(100) == 100
    large = QFont(usual)
    large.setPixelSize(26)
    try:
        qapp.setFont(large)
        theme.measure(qapp)
        assert theme.px(100) == 200
        assert theme.has_large_texts()
    finally:
        qapp.setFont(usual)
        theme.measure(qapp)
    assert theme.px(100) == 100


def test_what_is_painted_has_texts_as_large_as_chosen(qtbot: QtBot, qapp: QApplication) -> None:
    scale, matrix = EvidenceScale(100), ConfusionMatrix()
    matrix.show_counts(("happiness", "surprise"), [[9, 1], [0, 10]])
    for widget in (scale, matrix):
        qtbot.addWidget(widget)
        widget.show()
    assert {QFontInfo(widget.font()).pixelSize() for widget in (scale, matrix)} == {theme.LABEL_PX}
    width, names = scale.width(), matrix.minimumSizeHint().width()
    theme.choose(qapp, "light", 1.5)
    assert {QFontInfo(widget.font()).pixelSize() for widget in (scale, matrix)} == {theme.LABEL_PX * 1.5}
    assert scale.width() == width * 1.5
    assert names < matrix.minimumSizeHint().width() < names * 1.5
    assert not matrix.grab().isNull()
