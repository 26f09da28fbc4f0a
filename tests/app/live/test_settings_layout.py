from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mien_app.live.face_pictures import FacePictures
from mien_app.live.settings_dialog import SettingsDialog
from mien_app.services.preferences import Preferences
from mien_app.widgets.theme import GAP


def test_what_a_setting_does_stands_close_below_it(qtbot: QtBot, preferences: Preferences) -> None:
    dialog = SettingsDialog(preferences.settings(), preferences)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    for control in (dialog.smoothing, dialog.coverage, dialog.faces, dialog.pose, dialog.text_size):
        tip = next(one for one in dialog.findChildren(QLabel) if one.text() == control.toolTip())
        gap = tip.mapTo(dialog, QPoint(0, 0)).y() - control.mapTo(dialog, QPoint(0, control.height())).y()
        assert 0 <= gap <= GAP, control.toolTip()


def test_pictures_stand_in_one_row_unless_two_make_them_much_larger(qtbot: QtBot) -> None:
    pictures = FacePictures(("Bilinear", "Learned", "Difference"))
    qtbot.addWidget(pictures)
    pictures.show()
    for height, rows in ((262, 1), (340, 2)):
        pictures.resize(330, height)
        assert len({picture.y() for picture in pictures.pictures}) == rows
