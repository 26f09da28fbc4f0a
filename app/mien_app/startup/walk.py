"""Walks through every page of a window, and looks at each state in every size, light and dark, with larger texts.

`mien live --pictures DIR` keeps what it sees; the tests look for faults (`mien_app.startup.inspection`) in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from mien import language
from mien.models.cards import read_card
from mien_app.shell.window import MainWindow
from mien_app.startup.driving import Driver
from mien_app.startup.material import Material, training_events, training_result
from mien_app.train.navigation import DATA, RESULT, RUN, SETTINGS
from mien_app.widgets import theme

SIZES = ((820, 480), (1024, 700), (1280, 800), (1920, 1080))


@dataclass(frozen=True)
class Look:
    """How a window is shown."""

    width: int
    height: int
    """px."""
    appearance: str
    """light or dark."""
    text: float
    """Times the system's size of text."""

    def __str__(self) -> str:
        return f"{self.width}x{self.height}-{self.appearance}-{self.text:g}x"


LOOKS = tuple(Look(*size, appearance, text) for appearance, text, size in product(("light", "dark"), (1.0, 1.5), SIZES))


@dataclass(frozen=True)
class Seen:
    """A state of the window in one look."""

    state: str
    look: Look
    widget: QWidget
    """The window, or a dialog of it."""
    picture: QImage

    def __str__(self) -> str:
        return f"{self.state}-{self.look}"


def walk(window: MainWindow, material: Material, looks: Sequence[Look] = LOOKS) -> Iterator[Seen]:
    """Go through all states, and look at each in all looks. A dialog has its own size, and is seen in one."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    driver = Driver(window)
    for state, widget in _states(driver, material):
        seen: set[tuple[str, float]] = set()
        for look in looks:
            if widget is not window and (look.appearance, look.text) in seen:
                continue
            seen.add((look.appearance, look.text))
            theme.choose(application, look.appearance, look.text)
            if widget is window:
                window.resize(look.width, look.height)
            driver.lay_out()
            yield Seen(state, look, widget, widget.grab().toImage())


def _states(driver: Driver, material: Material) -> Iterator[tuple[str, QWidget]]:
    for part in (_live, _dialogs, _analyse, _review, _train):
        yield from part(driver, material)


def _live(driver: Driver, material: Material) -> Iterator[tuple[str, QWidget]]:
    window, live = driver.window, driver.window.live
    window.show_page(live)
    live.stack.setCurrentWidget(live.welcome)
    yield "live-welcome", window
    live.stack.setCurrentWidget(live.start)
    yield "live-start", window
    driver.open(str(material.film), lambda seen: bool(seen.predictions))
    live.host.hold(True)
    yield "live-video", window
    live.host.hold(False)
    driver.open("demo:6", lambda seen: len(seen.predictions) == 6)
    live.commands.freeze.trigger()
    live.host.hold(True)
    live.docks["faces"].show()
    yield "live-everybody", window
    live.docks["faces"].hide()
    window.show_alone(True)
    yield "live-full-screen", window
    window.show_alone(False)
    live.commands.second.trigger()
    driver.wait(lambda: bool(live.second.reading.accessibleDescription()), "a reading on the second screen")
    yield "live-second-screen", live.second
    live.commands.second.trigger()
    driver.do(live, "L")
    yield "live-dataset", window
    live.faces.label_bar.leave()
    live.messages.fail(language.tr("The recording cannot go on: the disk is full. Free some space and record again."))
    yield "live-message", window
    done = QCoreApplication.translate("Recording", "Recorded {} s into {}.")
    folder = material.session.with_name("recording-2026-11-26-230855")
    live.messages.offer(
        done.format(3, folder), QCoreApplication.translate("Recording", "Review"), live.messages.hide, folder
    )
    yield "live-message-done", window
    live.messages.hide()


def _dialogs(driver: Driver, material: Material) -> Iterator[tuple[str, QWidget]]:
    """Over the faces that Live shows."""
    window, live = driver.window, driver.window.live

    def opened(name: str, show: Callable[[], object]) -> Iterator[tuple[str, QWidget]]:
        show()
        dialog = driver.dialog()
        yield name, dialog
        dialog.close()
        driver.lay_out()

    driver.do(live, "E")
    evidence = live.faces.evidence
    driver.wait(evidence.save.isEnabled, "evidence")
    yield "evidence", evidence
    evidence.close()
    yield from opened("models", window.show_models)
    yield from opened("settings", lambda: driver.do(live, "Ctrl+,"))
    yield from opened("model-card", lambda: driver.do(live, "A"))
    for name in ("Keys", "Messages"):
        action = next(action for action in window.actions() if action.text() == window.tr(name))
        yield from opened(name.lower(), action.trigger)
    yield from opened("about", window.menus.show_about)
    live.close_source()


def _analyse(driver: Driver, material: Material) -> Iterator[tuple[str, QWidget]]:
    window, analyse = driver.window, driver.window.analyse
    window.show_page(analyse)
    yield "analyse-empty", window
    analyse.at_once.setChecked(False)
    analyse.add([material.film])
    driver.wait(lambda: bool(analyse.rows), "a file that waits")
    yield "analyse-file", window


def _review(driver: Driver, material: Material) -> Iterator[tuple[str, QWidget]]:
    window, review = driver.window, driver.window.review
    window.show_page(review)
    driver.wait(lambda: review.start.list.topLevelItemCount() > 0, "the sessions")
    yield "review-list", window
    window.open_session(material.session)
    driver.wait(lambda: review.review.now is not None and review.frames.shown is not None, "a session")
    review.review.change(lambda edits: edits.marked(0.2, "laughs"))
    driver.wait(review.markers.isVisible, "a marker")
    yield "review-session", window
    review.commands.heads.trigger()
    review.open_beside(material.session)
    driver.wait(lambda: review.second.frames.shown is not None, "a second session")
    yield "review-beside", window
    review.second.leave.trigger()
    review.commands.heads.trigger()


def _train(driver: Driver, material: Material) -> Iterator[tuple[str, QWidget]]:
    window, train = driver.window, driver.window.train
    window.show_page(train)
    yield "train-start", window
    train.open(material.faces, crops=True)
    driver.wait(lambda: train.step == DATA and not train.messages.text, "the folder")
    yield "train-data", window
    train.foot.next.click()
    driver.wait(lambda: train.step == SETTINGS, "the settings")
    yield "train-settings", window
    train.training.clear(material.faces)
    train.training.show_events(training_events(material.faces))
    train.show_step(RUN)
    yield "train-run", window
    train.messages.hide()
    train.result.show_result(training_result(material.faces), read_card(window.live.model))
    train.show_step(RESULT)
    yield "train-result", window
