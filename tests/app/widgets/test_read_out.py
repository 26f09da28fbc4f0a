"""What a screen reader, and a person at the keyboard, can tell of lists."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStylePainter,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from mien_app.startup.inspection import faults
from mien_app.widgets import theme
from mien_app.widgets.basics import Card, ComboField


def test_a_list_to_choose_from_is_read_out_with_its_name(qtbot: QtBot) -> None:
    """On Linux Qt reads out the choice as the name."""
    card, field = Card(), ComboField()
    qtbot.addWidget(card)
    card.column.addWidget(field)
    field.addItem("As the system")
    card.show()
    assert faults(card) == ["nameless: ComboField 'As the system'"]
    field.setToolTip("Of the window")
    field.setAccessibleName("Language")
    read_out = QAccessible.queryAccessibleInterface(field)
    assert read_out.text(QAccessible.Text.Description) == "Language. Of the window"
    assert faults(card) == []


@pytest.mark.parametrize("contrast", [False, True])
def test_the_row_that_is_chosen_and_the_one_with_the_keyboard_are_seen(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, contrast: bool
) -> None:
    monkeypatch.setattr(theme, "wants_contrast", lambda: contrast)
    tree = QTreeWidget(columnCount=1)
    qtbot.addWidget(tree)
    tree.addTopLevelItems([QTreeWidgetItem([f"Person {number}"]) for number in (1, 2)])
    chosen, other = tree.topLevelItem(0), tree.topLevelItem(1)
    tree.setCurrentItem(chosen)
    with qtbot.waitActive(tree):
        tree.show()
        tree.activateWindow()
    for appearance in ("light", "dark"):
        theme.choose(qapp, appearance)
        tree.setFocus(Qt.FocusReason.TabFocusReason)
        qapp.processEvents()
        picture = tree.viewport().grab().toImage()
        place, below = (tree.visualItemRect(item).center() for item in (chosen, other))
        column = {picture.pixelColor(place.x(), y).name() for y in range(place.y())}
        t = theme.theme()
        assert (t.on_accent if contrast else t.accent).lower() in column
        assert picture.pixelColor(tree.viewport().width() - 4, place.y()) != picture.pixelColor(
            tree.viewport().width() - 4, below.y()
        )
    theme.choose(qapp, "system")


def test_a_choice_without_room_loses_its_middle_and_one_with_just_enough_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = QStylePainter.drawControl

    def noted(painter: QStylePainter, element: QStyle.ControlElement, option: QStyleOption) -> None:
        if isinstance(option, QStyleOptionComboBox):
            drawn.append(option.currentText)
        draw(painter, element, option)

    monkeypatch.setattr(QStylePainter, "drawControl", noted)
    field = ComboField()
    qtbot.addWidget(field)
    field.addItem("light-plain")
    field.setSizeAdjustPolicy(ComboField.SizeAdjustPolicy.AdjustToContents)
    field.resize(field.sizeHint())
    field.grab()
    field.resize(80, field.height())
    field.grab()
    assert drawn[0] == "light-plain"
    assert drawn[-1].startswith("li")
    assert "\N{HORIZONTAL ELLIPSIS}" in drawn[-1]
    assert field.currentText() == "light-plain"
