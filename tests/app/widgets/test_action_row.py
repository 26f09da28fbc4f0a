from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot
from tests.app.seen import named

from mien_app.widgets.action_row import ActionRow


def test_what_has_no_room_is_in_the_menu_and_what_means_nothing_is_nowhere(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    actions = [QAction(text, page) for text in ("Next change", "Next unsure", "Marker", "Heads")]
    row = ActionRow(actions)
    row.setParent(page)
    actions[3].setVisible(False)
    row.resize(900, 40)
    page.show()
    more = named(row, QToolButton, "More")

    def buttons() -> list[str]:
        shown = [button for button in row.findChildren(QToolButton) if not button.isHidden()]
        return [button.text() for button in shown if button is not more]

    def menu() -> list[str]:
        more.menu().aboutToShow.emit()
        return [action.text() for action in more.menu().actions()]

    assert (buttons(), more.isHidden()) == (["Next change", "Next unsure", "Marker"], True)
    row.resize(220, 40)
    assert [*buttons(), *menu()] == ["Next change", "Next unsure", "Marker"]
    assert menu()
    actions[3].setVisible(True)
    assert menu()[-1] == "Heads"
    row.resize(900, 40)
    assert buttons()[-1] == "Heads"
