"""One table over all sessions of the folder, for a study."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mien.errors import MienError
from mien.utils.files import check_output, writing
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.file_dialogs import ask_new_file
from mien_app.widgets.message_bar import MessageBar


class StudyTable(QObject):
    """Asks for a file, and writes the persons of all sessions into it."""

    def __init__(self, page: QWidget, preferences: Preferences, background: Background, messages: MessageBar) -> None:
        super().__init__(page)
        self._page, self._preferences = page, preferences
        self._background, self._messages = background, messages

    def ask(self) -> None:
        """Ask for the file."""
        title, kinds = self.tr("Table of all sessions"), self.tr("Tables (*.csv *.xlsx *.tsv)")
        if path := ask_new_file(self._page, self._preferences, "export", title, "sessions.csv", kinds):
            self.save(path)

    def save(self, path: Path) -> None:
        """Write a row for every finished session in the folder and every person in it; one that is damaged is told."""
        folder = Path(self._preferences.sessions_folder)
        nothing = self.tr("There is no finished session in {}. Analyse a file, or choose another folder.")

        def work() -> tuple[int, list[str]]:
            # Imported here: it takes pyarrow, which is slow to load.
            from mien.session.export.summary_table import write_summary
            from mien.session.library import SessionState, list_sessions
            from mien.session.session import Session

            found = [one.folder for one in list_sessions([folder]) if one.state is SessionState.FINISHED]
            if not found:
                raise MienError(nothing.format(folder))
            damaged: list[str] = []

            def opened() -> Iterator[Session]:
                for session in sorted(found):
                    try:
                        yield Session(session)
                    except MienError as error:
                        damaged.append(str(error))
                if len(damaged) == len(found):
                    raise MienError(damaged[0])

            with writing(path):
                check_output(path)
                return write_summary(opened(), path), damaged

        def show(found: tuple[int, list[str]]) -> None:
            rows, damaged = found
            said = self.tr("%n row(s) saved: {}", "", rows).format(path)
            if damaged:
                said += ". " + self.tr("%n session(s) left out. {}", "", len(damaged)).format(damaged[0])
            self._messages.done(said, path)

        self._background.run(work, show, self._messages.fail, saves=True)
