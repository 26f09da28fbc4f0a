"""One file of the queue on the Analyse page: its name, how far it is, and what can be done with it."""

from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout

from mien import language
from mien.analysis.queue import Item, ItemState
from mien.utils.durations import rough_duration
from mien_app.widgets.actions import tool_button
from mien_app.widgets.basics import Card, label, plain_tip
from mien_app.widgets.messages import Kind, icon, word
from mien_app.widgets.theme import GAP

_BAR_PX, _SIGN_PX = 6, 16
_KINDS = MappingProxyType({ItemState.DONE: Kind.DONE, ItemState.FAILED: Kind.FAILED, ItemState.TAKEN: Kind.ATTENTION})
_STEPS = 1000


class QueueRow(Card):
    """Shows an item of the queue. The item changes on another thread; `refresh` shows how it is now."""

    review = Signal(object)
    """The Item, as for the others: the person wants this done with it."""
    cancel = Signal(object)
    retry = Signal(object)
    turn = Signal(object)
    remove = Signal(object)
    replace = Signal(object)
    keep_both = Signal(object)

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        name = label(item.job.path.name)
        name.setToolTip(plain_tip(str(item.job.path)))
        self.setAccessibleName(item.job.path.name)
        self._state = label(role="muted", figures=True)
        self._state.setWordWrap(True)
        self._bar = QProgressBar(maximum=_STEPS, textVisible=False)
        self._bar.setFixedHeight(_BAR_PX)
        self._bar.setAccessibleName(self.tr("Progress"))
        texts = QVBoxLayout()
        texts.setSpacing(GAP // 2)
        texts.addWidget(name)
        texts.addWidget(self._state)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self._sign = label()
        self._sign.setFixedWidth(_SIGN_PX)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        tip = self.tr("Open the session on the Review page")
        self._review_button = self._button(self.tr("Review"), tip, self.review)
        self._retry_button = self._button(self.tr("Try again"), self.tr("Analyse this file again"), self.retry)
        tip = self.tr("Turn the pictures so that the faces are upright, and analyse this file again")
        self._turn_button = self._button(self.tr("Turn and analyse again"), tip, self.turn)
        tip = self.tr("Stop this file; what is not finished of it is not kept")
        self._cancel_button = self._button(self.tr("Cancel"), tip, self.cancel)
        tip = self.tr("Take this file off the list; its session stays on the disk")
        self._remove_button = self._button("\N{MULTIPLICATION SIGN}", tip, self.remove, self.tr("Remove"))
        tip = self.tr("Delete the session that is there, and analyse this file")
        self._replace_button = self._button(self.tr("Analyse again"), tip, self.replace)
        tip = self.tr("Keep the session that is there, and analyse this file into a folder beside it")
        self._both_button = self._button(self.tr("Keep both"), tip, self.keep_both)
        tip = self.tr("Open the session that is there on the Review page")
        self._open_button = self._button(self.tr("Open"), tip, self.review)
        self._taken_buttons = (self._replace_button, self._both_button, self._open_button)
        self.buttons = (
            *self._taken_buttons,
            self._turn_button,
            self._review_button,
            self._retry_button,
            self._cancel_button,
            self._remove_button,
        )
        """From left to right; those are shown that mean something now."""
        for button in self.buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addWidget(self._bar)
        self._shown: tuple[object, ...] = ()
        self.refresh()

    def _button(self, text: str, tip: str, signal: SignalInstance, word: str = "") -> QToolButton:
        name = f"{word or text}: {self.item.job.path.name}"
        return tool_button(text, tip, lambda: signal.emit(self.item), name)

    def refresh(self, *, paused: bool = False) -> None:
        """Show how far the file is now; `paused` is the queue's."""
        item = self.item
        now = (item.state, item.progress, item.error, item.video_share, paused)
        if now == self._shown:
            return
        self._shown = now
        for button in self._taken_buttons:
            button.setVisible(item.state is ItemState.TAKEN)
        self._review_button.setVisible(item.state is ItemState.DONE)
        self._retry_button.setVisible(item.state in (ItemState.FAILED, ItemState.CANCELLED))
        turned = item.progress is not None and item.progress.turned_deg
        self._turn_button.setVisible(item.state is ItemState.DONE and bool(turned))
        self._cancel_button.setVisible(item.goes_on)
        self._remove_button.setVisible(not item.goes_on)
        self._bar.setVisible(item.goes_on and item.progress is not None)
        if item.progress is not None and item.progress.expected:
            share = item.progress.frames / item.progress.expected if item.video_share is None else item.video_share
            self._bar.setValue(min(round(_STEPS * share), _STEPS))
        self._state.setText(self._describe(paused))
        self._show_sign()

    def _show_sign(self) -> None:
        """How it ended, to be seen before it is read."""
        kind = _KINDS.get(self.item.state)
        self._sign.setPixmap(QPixmap() if kind is None else icon(kind, _SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))
        self._sign.setAccessibleName("" if kind is None else word(kind))
        self._sign.setToolTip("" if kind is None else word(kind))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system from light to dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_sign()

    def _describe(self, paused: bool) -> str:
        item, progress = self.item, self.item.progress
        if item.state is ItemState.FAILED:
            return item.error
        if item.state is ItemState.TAKEN:
            text = self.tr(
                "{} was analysed before: with another model or other options, from another file, or from this one "
                "before it was changed."
            )
            return text.format(item.job.session)
        if item.state is ItemState.CANCELLED:
            return self.tr("Cancelled")
        if item.state is ItemState.DONE:
            if progress is None:
                return self.tr("Already analysed")
            faces = self.tr("%n face(s)", "", progress.faces)
            if progress.left_out:
                faces = self.tr("{} of {} faces, the largest").format(
                    progress.faces, progress.faces + progress.left_out
                )
            done = ", ".join((self.tr("%n frame(s)", "", progress.frames), faces))
            if progress.turned_deg:
                done += ". " + self.tr("Most faces lie turned by {}°").format(progress.turned_deg)
            return f"{done}. {progress.notice}" if progress.notice else done
        if item.video_share is not None and item.state is ItemState.RUNNING:
            return self.tr("Writing the video: {}").format(language.percent(item.video_share))
        if progress is None:
            return self.tr("Loading the model...") if item.state is ItemState.RUNNING else self.tr("Waiting")
        frames = self.tr("%n frame(s)", "", progress.expected or progress.frames)
        if progress.expected:
            frames = self.tr("{} of {}").format(progress.frames, frames)
        if item.state is ItemState.WAITING:
            return f"{frames}, " + (self.tr("paused") if paused else self.tr("waiting"))
        rate = self.tr("{} frames/s").format(round(progress.rate))
        if progress.left_s is None:
            return f"{frames}, {rate}"
        left = self.tr("{} left").format(rough_duration(progress.left_s))
        return f"{frames}, {rate}, {left}"
