"""The bar in which a face gets its label before it is added to the dataset."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPixmap
from PySide6.QtWidgets import QCompleter, QFileDialog, QGridLayout, QPushButton

from mien.curation.add_face import Added, Sample
from mien_app.face_actions.dataset_worker import DatasetWorker
from mien_app.widgets.actions import allow, change_tip, tool_button
from mien_app.widgets.basics import Card, ComboField, LineField, label, plain_tip
from mien_app.widgets.class_names import meant, shown
from mien_app.widgets.message_bar import MessageBar
from mien_app.widgets.qt_images import to_qimage
from mien_app.widgets.theme import ARROW, GAP, has_large_texts
from mien_app.widgets.time_span import clock

_PICTURE_PX = 64
_FOLDER_PX = 160  # of its name, in the button


class LabelBar(Card):
    """Shows the face; Enter or a click saves it. It says beforehand what will be written, and where."""

    left = Signal()
    """The page can have the keyboard again."""

    def __init__(self, worker: DatasetWorker, messages: MessageBar) -> None:
        super().__init__()
        self._worker, self._messages = worker, messages
        self._classes: tuple[str, ...] = ()
        self._labels: tuple[str, ...] = ()  # of the dataset, the last used first
        self._who = ""
        self._last: Added | None = None
        self._make_controls()
        self._lay_out()
        worker.cut.connect(self._show_face)
        worker.not_cut.connect(self._show_not_cut)
        worker.saved.connect(self._show_saved)
        worker.undone.connect(self._show_undone)
        worker.listed.connect(self._show_labels)
        worker.not_listed.connect(messages.fail)
        worker.failed.connect(self._show_failed)
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
            control.setToolTip(self.tr("What this face shows; Enter saves it, Esc closes the bar"))
        self.field.returnPressed.connect(self._save)
        self.field.left.connect(self.leave)
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("role", "primary")
        self.save.setAccessibleName(self.save.text())
        self.save.clicked.connect(self._save)
        self.close_button = tool_button(
            "\N{MULTIPLICATION SIGN}", self.tr("Save nothing (Esc)"), self.leave, self.tr("Cancel")
        )
        self.status = label(role="muted", wrap=True)
        self.status.setAccessibleName(self.tr("What was saved"))
        self.undo = tool_button(self.tr("Undo"), self.tr("Take this face out of the dataset again"), self._undo)
        self.folder = tool_button("", "", self._ask_folder)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(GAP)
        grid.addWidget(self.picture, 0, 0, 2, 1)
        grid.addWidget(self.label, 0, 1, 1, 3)
        grid.addWidget(self.save, 0, 4)
        grid.addWidget(self.close_button, 0, 5)
        grid.addWidget(self.status, 1, 1)
        grid.addWidget(self.undo, 1, 2)
        grid.addWidget(self.folder, 1, 3, 1, 3, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        self.column.setContentsMargins(GAP, GAP, GAP, GAP)
        self.column.addLayout(grid)

    def ask(self, make: Callable[[], Sample], classes: tuple[str, ...], who: str) -> None:
        """Show a face and ask for its label.

        Args:
            make: cuts the face out; called on another thread.
            classes: the model's classes, which are offered besides the dataset's labels.
            who: whose face it is, such as `Person 3`.
        """
        self._classes, self._who, self._last = classes, who, None
        self.picture.clear()
        self._say(who)
        self._show_folder()  # it may have been changed in the other page's bar
        self.undo.hide()
        self._allow(True)
        self._fill()
        self.field.setText(shown(self._labels[0]) if self._labels else "")
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._worker.take(make)
        self._worker.list_labels()

    def leave(self) -> None:
        """Close the bar and save nothing."""
        self._worker.drop()
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _save(self) -> None:
        if self.save.isEnabled():
            self._allow(False)
            self._worker.save(meant(self.field.text(), self._offered))

    def _allow(self, possible: bool) -> None:
        allow(self.save, possible, self.tr("This face is saved."))

    def _undo(self) -> None:
        if self._last is not None:
            self.undo.hide()
            self._worker.undo(self._last)

    def _ask_folder(self) -> None:
        start = next(path for path in (self._worker.folder, *self._worker.folder.parents) if path.is_dir())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder of the dataset"), str(start))
        if chosen:
            self._worker.use(Path(chosen))
            self._show_folder()
            self.field.setFocus()

    def _show_folder(self) -> None:
        path = str(self._worker.folder)
        parts = 1 if has_large_texts() else 2
        name = str(Path(*self._worker.folder.parts[-parts:]))  # the tip has the whole path
        short = QFontMetrics(self.folder.font()).elidedText(name, Qt.TextElideMode.ElideLeft, _FOLDER_PX)
        self.folder.setText(self.tr("In {}").format(short.replace("&", "&&")) + f"  {ARROW}")
        tip = self.tr("Faces are saved in {}. Choose another folder").format(path)
        self.folder.setToolTip(plain_tip(tip))
        self.folder.setAccessibleName(self.tr("Folder of the dataset"))
        tip = self.tr("Write this picture into {} (Enter)").format(path)
        change_tip(self.save, plain_tip(tip))

    def _show_labels(self, found: Iterable[str]) -> None:
        first = not self._labels
        self._labels = tuple(found)
        self._fill()
        if first and self._labels and not self.field.text():
            self.field.setText(shown(self._labels[0]))
            self.field.selectAll()

    @property
    def _offered(self) -> list[str]:
        """The dataset's labels, then the model's classes."""
        return list(dict.fromkeys([*self._labels, *self._classes]))

    def _fill(self) -> None:
        """Offer the labels; text that was already typed stays."""
        offered = [shown(name) for name in self._offered]
        if offered != [self.label.itemText(i) for i in range(self.label.count())]:
            text, selected = self.field.text(), self.field.hasSelectedText()
            self.label.clear()
            self.label.addItems(offered)
            self.field.setText(text)
            if selected:
                self.field.selectAll()

    def _show_face(self, sample: Sample) -> None:
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
        self.status.setText(text)
        self.status.setToolTip(plain_tip(tip))

    def _show_not_cut(self, text: str) -> None:
        self.leave()
        self._messages.fail(text)

    def _show_saved(self, added: Added) -> None:
        self._labels = tuple(dict.fromkeys([added.label, *self._labels]))  # until they are listed again
        self._worker.list_labels()
        self._say(self.tr("Saved as {} ({})").format(shown(added.label), added.count), str(added.path))
        if not self.save.isEnabled():  # else the next face is already shown
            self._last = added
            self.undo.show()
            self.left.emit()

    def _show_undone(self, added: Added) -> None:
        self._last = None
        self._worker.list_labels()
        self._say(self.tr("No longer saved as {}").format(shown(added.label)))
        self._ask_again()

    def _show_failed(self, text: str) -> None:
        self._messages.fail(text)
        if self._last is not None:
            self.undo.show()
        else:
            self._ask_again()

    def _ask_again(self) -> None:
        self._allow(True)
        if not self.isHidden():
            self.field.setFocus()
            self.field.selectAll()
