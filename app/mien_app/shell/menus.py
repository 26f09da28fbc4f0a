"""The menu bar: what opens something, what changes the view, and help."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMainWindow

from mien.utils import paths
from mien_app.live.page import LivePage
from mien_app.review.page import ReviewPage
from mien_app.services.preferences import Preferences
from mien_app.shell.about import AboutMien


class Menus(QObject):
    """Fills a window's menu bar. A page's own actions stand here without their keys, which count on that page alone."""

    def __init__(
        self,
        window: QMainWindow,
        live: LivePage,
        review: ReviewPage,
        preferences: Preferences,
        *,
        pages: Sequence[QAction],
        show_live: Callable[[], object],
        show_review: Callable[[], object],
        full_screen: QAction,
        keys: QAction,
        leave: QAction,
        open_session: Callable[[Path], object],
    ) -> None:
        """Fill it.

        Args:
            window: gets the menus.
            live: has the sources and the panels.
            review: opens sessions.
            preferences: say what was opened last.
            pages: lead to the pages.
            show_live: leads to the Live page.
            show_review: leads to the Review page.
            full_screen: shows the picture alone.
            keys: shows the sheet of keys.
            leave: closes the window.
            open_session: shows a session.
        """
        super().__init__(window)
        self._window, self._live, self._preferences = window, live, preferences
        self._open_session, self._show_live = open_session, show_live
        bar = window.menuBar()
        file = bar.addMenu(self.tr("&File"))
        sources = live.sources
        for action in (sources.camera, sources.file, sources.folder, sources.network, sources.demo):
            file.addAction(action.text(), partial(self._on_live, action))
        file.addSeparator()
        for text, ask in (
            (self.tr("Open a session..."), review.ask),
            (self.tr("Open a session beside..."), review.ask_beside),
        ):
            file.addAction(text, partial(_one_after_another, show_review, ask))
        self._recent = file.addMenu(self.tr("Recent sessions"))
        file.aboutToShow.connect(self._list_recent)
        file.addSeparator()
        file.addAction(live.commands.settings.text(), live.commands.settings.trigger)
        file.addSeparator()
        file.addAction(sources.close_source.text(), sources.close_source.trigger)
        file.addAction(leave)
        view = bar.addMenu(self.tr("&View"))
        view.addActions(list(pages))
        view.addSeparator()
        view.addAction(live.commands.models.text(), live.commands.models.trigger)
        view.addSeparator()
        view.addActions([dock.toggleViewAction() for dock in live.docks.values()])
        view.addAction(self.tr("Panels as at first"), live.reset_panels)
        view.addSeparator()
        view.addActions([full_screen, live.commands.second])
        guide = bar.addMenu(self.tr("&Help"))
        if (documentation := paths.documentation()) is not None:
            guide.addAction(self.tr("Documentation"), partial(_show, documentation))
        guide.addAction(keys)
        guide.addAction(live.commands.about.text(), live.commands.about.trigger)
        guide.addAction(self.tr("Show the log"), self._show_log)
        guide.addAction(self.tr("About Mien"), self.show_about)

    def show_about(self) -> None:
        """Say what Mien is."""
        AboutMien(self._window).show()

    def _on_live(self, action: QAction) -> None:
        """Do it on its page. The action itself has a key that means something else on other pages."""
        self._show_live()
        action.trigger()

    def _list_recent(self) -> None:
        self._recent.clear()
        for folder in self._preferences.recent_sessions:
            name = Path(folder).name.replace("&", "&&")
            entry = self._recent.addAction(name, partial(self._open_session, Path(folder)))
            entry.setToolTip(folder)
        self._recent.setEnabled(bool(self._preferences.recent_sessions))

    def _show_log(self) -> None:
        log = paths.log()
        if log.is_file():
            _show(log.parent)
        else:
            self._live.messages.say(self.tr("There is no log: nothing unexpected has happened."))


def _one_after_another(*works: Callable[[], object]) -> None:
    for work in works:
        work()


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
