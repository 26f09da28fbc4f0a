"""The main window: the rail, the pages, and what belongs to none of them."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QListWidget, QMainWindow, QWidget

from mien.errors import MienError
from mien.models import cards, store
from mien.session.folder import MANIFEST, UNFINISHED
from mien.session.library import SessionEntry
from mien.sources import AnyAddress
from mien_app.analyse.page import AnalysePage
from mien_app.live.page import LivePage
from mien_app.review.page import ReviewPage
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.shell.closing import Closing
from mien_app.shell.menus import Menus
from mien_app.shell.rail import Rail
from mien_app.train.page import TrainPage
from mien_app.widgets import icons
from mien_app.widgets.dialogs import KeySheet
from mien_app.widgets.model_choice import ModelChoice
from mien_app.widgets.model_speeds import ModelSpeeds
from mien_app.widgets.models_list import ModelsList
from mien_app.widgets.page import Page
from mien_app.widgets.past_messages import PastMessages
from mien_app.widgets.scrolling import PageScroll, PageStack
from mien_app.widgets.tab_order import put_after
from mien_app.widgets.theme import px

_NARROWEST, _LOWEST = 820, 480  # px, of the window


class MainWindow(QMainWindow):
    """Holds the pages, takes keys and dropped files, and stores the layout."""

    def __init__(self, model: str = "", preferences: Preferences | None = None) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._alone = False
        self.preferences = preferences or Preferences()
        self.background = Background(self)
        self.background.failed.connect(lambda text: self._page.show_failure(text))
        self.live = LivePage(self.preferences, self.background, model or self._kept_model())
        self.live.setWindowFlags(Qt.WindowType.Widget)
        self._lay_out()
        self.live.recording.finished.connect(self.open_session)
        self.add_page(self.tr("Live"), icons.live, self.live, "1")
        self.live.recording.changed.connect(lambda on: self.rail.mark_recording(self._page_actions[self.live], on))
        self.analyse = AnalysePage(self.preferences, self.background, self.live.model)
        self.analyse.finished.connect(self.open_session)
        self.add_page(self.tr("Analyse"), icons.analyse, self.analyse, "2")
        self.review = ReviewPage(self.preferences, self.background)
        self.review.going_on.connect(self._go_on)
        self.add_page(self.tr("Review"), icons.review, self.review, "3")
        self.train = TrainPage(self.preferences, self.background, self.live.model)
        self.train.used.connect(self.use_model)
        self.add_page(self.tr("Train"), icons.train, self.train, "4")
        self.closing = Closing(self, self._all_pages, self.background, lambda page: self.show_page(cast(QWidget, page)))
        self.speeds = ModelSpeeds(self.background)
        for choice in self.findChildren(ModelChoice):
            choice.timing_of = lambda card: self.speeds.of(card, self.preferences.runtime)
        self.live.commands.models.triggered.connect(self.show_models)
        self.train.start.all_models.connect(self.show_models)
        full = self._action(self.tr("Full screen"), "F", self._toggle_full_screen)
        sheet = self._action(self.tr("Keys"), "?", self._show_keys)
        self.rail.add_below(self._action(self.tr("Messages"), "Ctrl+M", self._show_messages), icons.messages)
        self.rail.add_below(sheet, icons.keys)
        self.rail.order_tabs()
        # It stands at the left; the chain of a page that is in no window yet would be put together anew.
        put_after(self.rail.last, self.live.docks["faces"].findChildren(QListWidget))
        self.live.top.more.addActions([full, sheet])
        self._action(self.tr("Leave full screen"), "Esc", lambda: self._show_full_screen(False))
        self.menus = Menus(
            self,
            self.live,
            self.review,
            self.preferences,
            pages=list(self._page_actions.values()),
            show_live=lambda: self.show_page(self.live),
            show_review=lambda: self.show_page(self.review),
            full_screen=full,
            keys=sheet,
            leave=self._action(self.tr("Quit"), "Ctrl+Q", self.close),
            open_session=self.open_session,
        )
        self.live.sources.named.connect(self._show_title)
        self._show_title("")
        self.live.sources.setFocus()  # not the rail, though it comes first
        self.setMinimumSize(_NARROWEST, _LOWEST)
        self.resize(QSize(1240, 780).boundedTo(self.screen().availableSize()))
        self.restoreGeometry(self.preferences.layout("window"))
        self.live.settings_dialog.finished.connect(self._say_if_not_kept)
        self._say_if_not_kept()

    def _lay_out(self) -> None:
        self.rail, self.pages = Rail(), PageStack()
        self.rail.chosen.connect(self.pages.setCurrentIndex)
        self._page_actions: dict[QWidget, QAction] = {}
        self.pages.currentChanged.connect(lambda _: self._mark_page())
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(PageScroll(self.pages), 1)
        self.setCentralWidget(centre)

    def _mark_page(self) -> None:
        page = self.pages.currentWidget()
        if page is not None:
            self._page_actions[page].setChecked(True)

    def add_page(self, name: str, icon: icons.Draw, widget: QWidget, key: str) -> None:
        """Put a page on the rail, in the order of the keys; one that is a `Page` is asked what it offers."""
        action = self.rail.add(name, icon, self.pages.count(), key)
        self.addAction(action)  # the rail is hidden in full screen, and its keys would be with it
        self._page_actions[widget] = action
        widget.setAccessibleName(name)
        self.pages.addWidget(widget)

    def show_page(self, widget: QWidget) -> None:
        """Go to a page."""
        self._page_actions[widget].trigger()

    @property
    def _page(self) -> Page:
        page = self.pages.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def _all_pages(self) -> list[Page]:
        return [page for page in self._page_actions if isinstance(page, Page)]

    def _kept_model(self) -> str:
        """The model that was last chosen, if it can still be used."""
        try:
            cards.read_card(self.preferences.model)
            return self.preferences.model
        except MienError:
            return cards.DEFAULT_MODEL

    def _action(self, text: str, key: str, work: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(work)
        self.addAction(action)
        return action

    def open_source(self, address: AnyAddress) -> None:
        """Open an address of `mien.sources.open_source`."""
        self.show_page(self.live)
        self.live.open(address)

    def open_session(self, folder: Path) -> None:
        """Review a session folder."""
        self.show_page(self.review)
        self.review.open(folder)

    def _go_on(self, entry: SessionEntry) -> None:
        """Go on with an interrupted analysis."""
        self.show_page(self.analyse)
        self.analyse.go_on(entry)

    def use_model(self, name: str) -> None:
        """Use a model live, such as one that was just trained."""
        self.show_page(self.live)
        self.live.use(name)

    def show_models(self) -> None:
        """List all models, to compare them and to choose one."""
        models = ModelsList(self.live.model, self.preferences.runtime, self.speeds, self)
        models.chosen.connect(self.use_model)
        models.show()

    def _say_if_not_kept(self) -> None:
        """Say that choices are lost at the end, where their file cannot be written."""
        if not self.preferences.write():
            text = self.tr("What is chosen holds until Mien is closed: {} cannot be written.")
            self._page.messages.say(text.format(self.preferences.path))

    def _show_title(self, source: str) -> None:
        self.setWindowTitle(f"{source} - Mien" if source else "Mien")

    def _toggle_full_screen(self) -> None:
        self._show_full_screen(not self.isFullScreen())

    def _show_full_screen(self, full: bool) -> None:
        """Show the picture alone, or the window as it was."""
        if full != self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the pages the room of the rail's names where they need it."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        self.rail.show_names(self.width() >= px(_NARROWEST))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of texts; and the system, too, which may end full screen by itself."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "rail"):
            self._share_room()
        if event.type() == QEvent.Type.WindowStateChange and self.isFullScreen() != self._alone:
            self.show_alone(self.isFullScreen())

    def show_alone(self, alone: bool) -> None:
        """Show the page's picture and nothing else, or everything as it was."""
        self._alone = alone
        self.rail.setVisible(not alone)
        self.menuBar().setVisible(not alone)
        for page in self._all_pages:
            page.show_alone(alone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Space, where no button has taken it, and Enter, which buttons take only in dialogs."""
        action, focused = self._page.space_action(), self.focusWidget()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _show_keys(self) -> None:
        keys = [
            (action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), action.text())
            for action in (*self._page.key_actions(), *self.actions())
            if not action.shortcut().isEmpty()
        ]
        space = self._page.space_action()
        KeySheet([*([(self.tr("Space"), space.text())] if space else []), *keys], self).show()

    def _show_messages(self) -> None:
        names = {page: action.text() for page, action in self._page_actions.items()}
        past = [
            (name, message) for page, name in names.items() if isinstance(page, Page) for message in page.messages.past
        ]
        PastMessages(past, self).show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Review a session, add a model; hand everything else to the page that is shown."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and ((paths[0] / MANIFEST).is_file() or (paths[0] / UNFINISHED).is_dir()):
            self.open_session(paths[0])
        elif paths and (self.pages.currentWidget() is self.train or paths[0].suffix == store.ENDING):
            self.show_page(self.train)
            self.train.open(paths[0])
        elif paths and self.pages.currentWidget() is self.analyse:
            self.analyse.add(paths)
        elif paths:
            self.open_source(str(paths[0]))

    def close_now(self) -> None:
        """Close without asking, as when the system ends the program."""
        self.closing.at_once()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only where nothing would be lost unasked. Store the layout, and let no thread outlive the window."""
        if not self.closing.may(self._page):
            event.ignore()
            return
        self.preferences.keep_layout("window", self.saveGeometry())
        for page in self._all_pages:
            page.keep_layout()
            page.shut()
        self.hide()  # threads may take a while to end
        for page in self._all_pages:
            page.wait()
        self.background.end()
        super().closeEvent(event)
