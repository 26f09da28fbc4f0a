"""A window that one command shows is gone when the command has done its work."""

from PySide6.QtWidgets import QApplication
from tests.app.conftest import mien_threads

from mien_app.shell.window import MainWindow
from mien_app.startup import application


def _windows() -> list[MainWindow]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]


def test_nothing_is_left_of_it(qapp: QApplication, model_path: str) -> None:
    before, during = _windows(), list[int]()

    def check(window: MainWindow) -> None:
        window.open_source("demo:2")
        qapp.processEvents()
        during.append(len(_windows()))

    assert application._checked(qapp, model_path, check) == 0
    assert during == [len(before) + 1]
    assert _windows() == before
    assert mien_threads() == []
