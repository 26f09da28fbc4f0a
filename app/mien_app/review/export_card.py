"""Exports of a session: rows, a plot, a clip."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QToolButton,
    QWidget,
)

from mien_app.review.export_worker import ExportWorker
from mien_app.review.model import ReviewModel
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import allow, key_name, tool_button
from mien_app.widgets.basics import Card, ComboField, label
from mien_app.widgets.file_dialogs import ask_new_file
from mien_app.widgets.flow import Flow
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.theme import GAP


class ExportCard(Card):
    """Exports the chosen range, or the whole session. The options are those of the clip."""

    def __init__(
        self,
        review: ReviewModel,
        preferences: Preferences,
        background: Background,
        messages: MessageBar,
    ) -> None:
        super().__init__()
        self._review, self._preferences, self._messages = review, preferences, messages
        self.worker = ExportWorker(background, self)
        self.worker.progressed.connect(self._show_progress)
        self.worker.ended.connect(self._show_ended)
        self._title = label(role="muted")
        self.column.addWidget(self._title)
        row = Flow()
        tip = self.tr("Save every prediction as a CSV table ({})").format(key_name("Ctrl+E"))
        self.rows = tool_button(self.tr("Rows..."), tip, self.save_rows)
        tip = self.tr("Save the timeline as a PNG or SVG picture ({})").format(key_name("Ctrl+P"))
        self.plot = tool_button(self.tr("Plot..."), tip, self.save_plot)
        tip = self.tr("Save the video as MP4 ({})").format(key_name("Ctrl+Shift+E"))
        self.clip = tool_button(self.tr("Clip..."), tip, self.save_clip)
        self.more = QToolButton()
        self.more.setText(self.tr("More"))
        self.more.setToolTip(self.tr("Files for other programs"))
        self.more.setAccessibleName(self.tr("More files"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.aboutToShow.connect(lambda: self.fill(menu))
        menu.triggered.connect(lambda action: self.save(action.data(), self.tr("File")))
        self.more.setMenu(menu)
        for button in (self.rows, self.plot, self.clip, self.more):
            row.addWidget(button)
        self.column.addLayout(row)
        self.boxes = QCheckBox(self.tr("Clip: boxes and expressions"))
        self.boxes.setAccessibleName(self.boxes.text())
        self.boxes.setChecked(True)
        self.boxes.setToolTip(self.tr("Draw them into the clip"))
        self.blur = ComboField()
        self.blur.setAccessibleName(self.tr("Clip: whose face is blurred"))
        self.blur.setToolTip(self.tr("Whose face is blurred in the clip so that nobody can recognise it"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(self.boxes)
        form.addRow(self.tr("Blur"), self.blur)
        self.column.addLayout(form)
        self._busy = QWidget()
        self._progress = QProgressBar(maximum=1000, textVisible=False)
        self._progress.setAccessibleName(self.tr("Progress of the clip"))
        self._progress.setFixedHeight(6)
        stop = tool_button(self.tr("Cancel"), self.tr("Stop, and keep nothing of the clip"), self.worker.stop)
        busy = QHBoxLayout(self._busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.setSpacing(GAP)
        busy.addWidget(self._progress, 1)
        busy.addWidget(stop)
        self._busy.hide()
        self.column.addWidget(self._busy)
        for signal in (review.opened, review.changed, review.chosen, review.ranged):
            signal.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        review = self._review
        self._title.setText(self.tr("Export the range") if review.range else self.tr("Export the whole session"))
        chosen = self.blur.currentData()
        self.blur.clear()
        self.blur.addItem(self.tr("Nobody"), "")
        self.blur.addItem(self.tr("Everybody"), "all")
        if review.now is not None and review.person:
            name = review.now.names.get(review.person, "")
            self.blur.addItem(self.tr("Everybody but {}").format(name), f"others:{review.person}")
        if chosen:  # whoever could be seen and is not the selected person any more is covered too
            place = self.blur.findData(chosen)
            self.blur.setCurrentIndex(place if place >= 0 else self.blur.findData("all"))
        self._allow()

    def _allow(self) -> None:
        why = self.tr("Another export is being written.") if self.worker.busy else self.tr("Open a session first.")
        for button in (self.rows, self.plot, self.clip, self.more):
            allow(button, self._review.now is not None and not self.worker.busy, why)

    def fill(self, menu: QMenu) -> None:
        """List the exporters that have no button."""
        from mien.session.export.registry import EXPORTERS  # pyarrow was loaded with the session

        titles = {
            "intervals": self.tr("Expressions and markers as events"),
            "samples": self.tr("Samples at an even rate"),
            "summary": self.tr("Summary"),
            "codebook": self.tr("What the columns mean"),
            "elan": self.tr("Annotations for ELAN"),
            "praat": self.tr("Annotations for Praat"),
        }
        menu.clear()
        for name in EXPORTERS:
            if name not in ("rows", "plot", "video"):
                menu.addAction(f"{titles.get(name, name)}...").setData(name)

    def _ask(self, name: str, ending: str, kinds: str) -> Path | None:
        """Ask for a file of an exporter; None if the person cancels."""
        if self._review.now is None or self.worker.busy:
            return None
        from mien.session.export.registry import EXPORTERS  # pyarrow was loaded with the session

        suffixes = EXPORTERS[name].suffixes_for(self._review.now.session)
        proposed = f"{self._review.now.session.name}-{ending}{suffixes[0]}"
        kinds = f"{kinds} ({' '.join(f'*{suffix}' for suffix in suffixes)})"
        return ask_new_file(self, self._preferences, "export", self.tr("Export"), proposed, kinds)

    def save_rows(self) -> None:
        """Ask for a file and write the rows."""
        self.save("rows", self.tr("Table"))

    def save_plot(self) -> None:
        """Ask for a file and draw the plot."""
        self.save("plot", self.tr("Picture"))

    def save(self, name: str, kinds: str) -> None:
        """Ask for a file, and let an exporter write it; the kinds are what the dialog calls its endings."""
        path = self._ask(name, name, kinds)
        if path is not None and self._review.now is not None:
            self.worker.export(name, self._review.now.session, path, self._review.span)
            self._allow()

    def save_clip(self) -> None:
        """Ask for a file and write the clip."""
        path = self._ask("video", "clip", self.tr("Video"))
        if path is not None and self._review.now is not None:
            self._progress.setValue(0)
            self._busy.show()
            boxes, blur = self.boxes.isChecked(), self.blur.currentData()
            self.worker.export("video", self._review.now.session, path, self._review.span, boxes=boxes, blur=blur)
            self._allow()

    def _show_progress(self, share: float) -> None:
        self._progress.setValue(round(1000 * share))

    def _show_ended(self, text: str, file: Path | None) -> None:
        self._busy.hide()
        self._allow()
        if text and file is not None:
            self._messages.done(text, file)
        elif text:
            self._messages.fail(text)
