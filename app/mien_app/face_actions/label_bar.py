"""The bar in which a face gets its label, before it is added to the data set."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPixmap
from PySide6.QtWidgets import QCompleter, QFileDialog, QGridLayout, QPushButton, QWidget

from mien.curation.add_face import Added, Sample
from mien_app.face_actions.dataset_worker import DatasetWorker
from mien_app.widgets.actions import tool_button
from mien_app.widgets.basics import Card, ComboField, LineField, label
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.qt_images import to_qimage
from mien_app.widgets.theme import ARROW, GAP
from mien_app.widgets.time_span import clock

_PICTURE_PX = 64
_FOLDER_PX = 160  # of its name, in the button


class LabelBar(Card):
    """Shows the face that was taken; Enter or a click saves it. What is written, and where, is said beforehand."""

    left = Signal()
    """The keys are the page's again."""

    def __init__(self, work: DatasetWorker, banner: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._banner = work, banner
        self._classes: tuple[str, ...] = ()
        self._used: tuple[str, ...] = ()
        self._who = ""
        self._last: Added | None = None
        self._make_controls()
        self._lay_out()
        work.taken.connect(self._show_taken)
        work.not_taken.connect(self._show_not_taken)
        work.kept.connect(self._show_kept)
        work.undone.connect(self._show_undone)
        work.listed.connect(self._show_labels)
        work.not_listed.connect(banner.say)
        work.failed.connect(self._show_failed)
        self._show_folder()
        self.hide()

    def _make_controls(self) -> None:
        self.picture = label(role="picture")
        self.picture.setFixedSize(_PICTURE_PX, _PICTURE_PX)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(self.tr("The face that will be saved"))
        self.picture.setToolTip(self.picture.accessibleName())
        self.label = ComboField()
        self.label.setEditable(True)
        self.field = LineField()
        self.label.setLineEdit(self.field)  # before the completer, which would go with the old one
        self.label.setInsertPolicy(ComboField.InsertPolicy.NoInsert)
        completer = QCompleter(self.label.model(), self.label)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = completer.popup()
        assert popup is not None
        popup.setProperty("role", "completions")
        self.label.setCompleter(completer)
        self.field.setPlaceholderText(self.tr("Label, such as confused"))
        for control in (self.label, self.field):
            control.setAccessibleName(self.tr("Label"))
            control.setToolTip(self.tr("What is to be seen in this face; Enter saves it, Esc leaves"))
        self.field.returnPressed.connect(self._save)
        self.field.left.connect(self.leave)
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._save)
        self.close_button = tool_button("\N{MULTIPLICATION SIGN}", self.tr("Save nothing (Esc)"), self.leave)
        self.said = label(role="muted")
        self.undo = tool_button(self.tr("Undo"), self.tr("Take this face out of the data set again"), self._undo)
        self.folder = tool_button("", "", self._ask_folder)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(GAP)
        grid.addWidget(self.picture, 0, 0, 2, 1)
        grid.addWidget(self.label, 0, 1, 1, 3)
        grid.addWidget(self.save, 0, 4)
        grid.addWidget(self.close_button, 0, 5)
        grid.addWidget(self.said, 1, 1)
        grid.addWidget(self.undo, 1, 2)
        grid.addWidget(self.folder, 1, 3, 1, 3, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(3, 1)
        self.column.setContentsMargins(GAP, GAP, GAP, GAP)
        self.column.addLayout(grid)

    def ask(self, make: Callable[[], Sample], classes: tuple[str, ...], who: str) -> None:
        """Take a face and ask for its label.

        Args:
            make: cuts the face out; called on another thread.
            classes: the model's, which are offered beside the labels that are there.
            who: of whom it is.
        """
        self._classes, self._who, self._last = classes, who, None
        self.picture.clear()
        self._say(who)
        self._show_folder()  # the other page's bar may have changed it
        self.undo.hide()
        self.save.setEnabled(True)
        self._fill()
        self.field.setText(self._used[0] if self._used else "")
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._work.take(make)
        self._work.list_labels()

    def leave(self) -> None:
        """Save nothing, and go."""
        self._work.forget()
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _save(self) -> None:
        if self.save.isEnabled():
            self.save.setEnabled(False)
            self._work.keep(self.field.text())

    def _undo(self) -> None:
        if self._last is not None:
            self.undo.hide()
            self._work.take_back(self._last)

    def _ask_folder(self) -> None:
        start = next(path for path in (self._work.folder, *self._work.folder.parents) if path.is_dir())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of the data set"), str(start))
        if chosen:
            self._work.use(Path(chosen))
            self._show_folder()
            self.field.setFocus()

    def _show_folder(self) -> None:
        path = str(self._work.folder)
        name = str(Path(*self._work.folder.parts[-2:]))  # the whole path is in the tip
        short = QFontMetrics(self.folder.font()).elidedText(name, Qt.TextElideMode.ElideLeft, _FOLDER_PX)
        self.folder.setText(f"{self.tr('In')} {short.replace('&', '&&')}  {ARROW}")
        tip = self.tr("Pictures are kept in {}. Choose another folder").format(path)
        self.folder.setToolTip(tip)
        self.folder.setAccessibleName(tip)
        tip = self.tr("Write this picture to the disk, into {} (Enter)").format(path)
        self.save.setToolTip(tip)
        self.save.setAccessibleName(tip)

    def _show_labels(self, found: Iterable[str]) -> None:
        first = not self._used
        self._used = tuple(found)
        self._fill()
        if first and self._used and not self.field.text():
            self.field.setText(self._used[0])
            self.field.selectAll()

    def _fill(self) -> None:
        """Offer the labels; what is written already stays."""
        offered = list(dict.fromkeys([*self._used, *self._classes]))
        if offered != [self.label.itemText(i) for i in range(self.label.count())]:
            text, selected = self.field.text(), self.field.hasSelectedText()
            self.label.clear()
            self.label.addItems(offered)
            self.field.setText(text)
            if selected:
                self.field.selectAll()

    def _show_taken(self, sample: Sample) -> None:
        if self.isHidden():
            return
        ratio = self.devicePixelRatioF()
        size = QSize(_PICTURE_PX, _PICTURE_PX) * ratio
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        pixmap = QPixmap.fromImage(to_qimage(sample.picture)).scaled(size, keep, smooth)
        pixmap.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixmap)
        parts = [self._who, clock(sample.time_s, 2), self.tr("{} px").format(sample.picture.shape[0])]
        self._say(" \N{MIDDLE DOT} ".join(parts))

    def _say(self, text: str, tip: str = "") -> None:
        self.said.setText(text)
        self.said.setToolTip(tip)

    def _show_not_taken(self, text: str) -> None:
        self.leave()
        self._banner.say(text)

    def _show_kept(self, added: Added) -> None:
        self._used = tuple(dict.fromkeys([added.label, *self._used]))  # until the folder has been looked at
        self._work.list_labels()
        self._say(self.tr("Saved as {} ({})").format(added.label, added.count), str(added.path))
        if not self.save.isEnabled():  # else the next face is asked for already
            self._last = added
            self.undo.show()
            self.left.emit()

    def _show_undone(self, added: Added) -> None:
        self._last = None
        self._work.list_labels()
        self._say(self.tr("No longer saved as {}").format(added.label))
        self._label_again()

    def _show_failed(self, text: str) -> None:
        self._banner.say(text)
        if self._last is not None:
            self.undo.show()
        else:
            self._label_again()

    def _label_again(self) -> None:
        self.save.setEnabled(True)
        if not self.isHidden():
            self.field.setFocus()
            self.field.selectAll()
