"""A window that shows which parts of a face speak for an expression."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mien import language
from mien.evidence.occlusion import Evidence
from mien.evidence.overlay import limit, overlay, plain
from mien.types import Image
from mien_app.face_actions.evidence_scale import EvidenceScale
from mien_app.face_actions.evidence_worker import EvidenceRequest, EvidenceWorker
from mien_app.face_actions.snapshots import write_png
from mien_app.services.background import Background
from mien_app.widgets.actions import allow
from mien_app.widgets.basics import Card, ComboField, label, plain_tip
from mien_app.widgets.class_names import capital, shown
from mien_app.widgets.qt_images import to_qimage
from mien_app.widgets.scrolling import VerticalScroll
from mien_app.widgets.theme import GAP, MARGIN
from mien_app.widgets.time_span import clock

_SIDE = 224  # of a picture, px


class EvidenceDialog(QDialog):
    """Shows one face until another is asked for. The expression can be changed at any time."""

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.worker = EvidenceWorker(background, self)
        self.worker.found.connect(self._show_found)
        self.worker.failed.connect(self._show_failed)
        self._asked: EvidenceRequest | None = None
        self._found: dict[str, Evidence] = {}
        self.finished.connect(self.worker.forget)
        self.setWindowTitle(self.tr("Evidence"))
        self._make_controls()
        self._lay_out()

    def _make_controls(self) -> None:
        self.who = label(role="muted")
        self.who.setAccessibleName(self.tr("Whose face, and where it is from"))
        self.choice = ComboField()
        self.choice.setSizeAdjustPolicy(ComboField.SizeAdjustPolicy.AdjustToContents)
        self.choice.setAccessibleName(self.tr("Expression"))
        self.choice.setToolTip(self.tr("The expression that parts of the face speak for or against"))
        self.choice.currentIndexChanged.connect(self._show)
        self.face, self.map = _picture(self.tr("The face")), _picture(self.tr("The parts that speak for or against it"))
        self.scale = EvidenceScale(_SIDE)
        self.sentence = label(wrap=True)
        self.sentence.setAccessibleName(self.tr("What the picture says"))
        limits = self.tr(
            "This shows what the model reacts to, not what the person feels. One part after another was blurred and "
            "the face classified again; parts that only count together may stay without colour."
        )
        self.limits = label(limits, "muted", wrap=True)
        self.status = label(role="muted", wrap=True)
        self.status.setAccessibleName(self.tr("What was saved"))
        self.save = QPushButton(self.tr("Save"))
        self.save.setToolTip(self.tr("Save these pictures as a PNG file"))
        self.save.clicked.connect(self._save)
        self.leave = QPushButton(self.tr("Close"))
        self.leave.setToolTip(self.tr("Close this window (Esc)"))
        self.leave.clicked.connect(self.close)
        for button in (self.save, self.leave):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("What speaks for")))
        head.addWidget(self.choice)
        head.addStretch(1)
        pictures = QGridLayout()
        pictures.setSpacing(GAP)
        pictures.setHorizontalSpacing(MARGIN)
        pictures.addWidget(self.scale, 0, 2)
        captions = (self.tr("The face as the model gets it"), self.tr("Orange speaks for it, blue against it"))
        for column, (picture, text) in enumerate(zip((self.face, self.map), captions, strict=True)):
            caption = label(text, "muted", wrap=True)
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            pictures.addWidget(picture, 0, column, Qt.AlignmentFlag.AlignHCenter)
            pictures.addWidget(caption, 1, column)
        foot = QHBoxLayout()
        foot.addWidget(self.status, 1)
        foot.addWidget(self.save)
        foot.addWidget(self.leave)
        self._card = card = Card()
        card.column.addWidget(self.who)
        card.column.addLayout(head)
        card.column.addLayout(pictures)
        card.column.addWidget(self.sentence)
        card.column.addWidget(self.limits)
        card.column.addStretch(1)
        card.column.addLayout(foot)
        room = QVBoxLayout(self)
        room.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._scroll = VerticalScroll(card)
        room.addWidget(self._scroll)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the size of texts, which may be chosen meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            QTimer.singleShot(0, self, self._grow)

    def showEvent(self, event: QShowEvent) -> None:
        """Have room for everything from the beginning."""
        super().showEvent(event)
        self._grow()

    def _grow(self) -> None:
        """Have the room that the contents need, as far as the screen has it; else one scrolls."""
        around = 2 * MARGIN
        width = max(self.width(), self._scroll.minimumSizeHint().width() + around)
        height = max(self.height(), self._card.heightForWidth(width - around) + around)
        self.resize(QSize(width, height).boundedTo(self.screen().availableSize()))

    def ask(self, asked: EvidenceRequest) -> None:
        """Show the evidence for a face in a second or two, at first for its most probable class."""
        self._clear()
        self._asked = asked
        self.who.setText(" \N{MIDDLE DOT} ".join((asked.who, asked.title or asked.source, clock(asked.time_s, 2))))
        self.sentence.setText(self.tr("Covering one part of the face after another..."))
        self.worker.explain(asked)
        self.show()
        self.raise_()
        self.activateWindow()

    def _clear(self) -> None:
        self._found = {}
        self.choice.clear()
        for widget in (self.face, self.map, self.status):
            widget.clear()
        self.scale.show_limit(0)
        self._allow(False)

    def _allow(self, found: bool) -> None:
        for control in (self.choice, self.save):
            allow(control, found, self.tr("Nothing is found yet."))

    def _show_failed(self, text: str) -> None:
        self.sentence.setText(text)

    def _show_found(self, found: dict[str, Evidence]) -> None:
        self._found = found
        for name, evidence in found.items():
            self.choice.addItem(f"{shown(name)}  {language.number(evidence.probability)}", name)
        best = max(found.values(), key=lambda evidence: evidence.probability)
        self.choice.setCurrentIndex(best.index)
        self._allow(True)
        self.choice.setFocus()

    def _show(self) -> None:
        name = self.choice.currentData()
        if name is None:  # cleared
            return
        found = self._found[name]
        side = round(_SIDE * self.devicePixelRatioF())
        for target, image in ((self.face, plain(found, side)), (self.map, overlay(found, side))):
            self._paint(target, image)
        self.scale.show_limit(limit(found))
        self.sentence.setText(self._describe(name, found))
        self.map.setAccessibleDescription(self.sentence.text())
        self.status.clear()
        self._grow()

    def _paint(self, target: QLabel, image: Image) -> None:
        pixmap = QPixmap.fromImage(to_qimage(image))
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        target.setPixmap(pixmap)

    def _describe(self, name: str, found: Evidence) -> str:
        lower, higher = round(100 * float(found.map.max())), round(-100 * float(found.map.min()))
        lowers = self.tr("covering the orange parts lowers '{}' by up to {}").format(shown(name), self._points(lower))
        raises = self.tr("covering the blue parts raises '{}' by up to {}").format(shown(name), self._points(higher))
        parts = [text for text, points in ((lowers, lower), (raises, higher)) if points >= 1]
        if not parts:
            return self.tr("Covering any one part changes '{}' by less than a point.").format(shown(name))
        return capital(self.tr(", ").join(parts)) + "."

    def _points(self, count: int) -> str:
        return self.tr("%n point(s)", "", count)

    def _save(self) -> None:
        name, asked = self.choice.currentData(), self._asked
        assert asked is not None
        found = self._found[name]
        made_of = f"{asked.source}, {asked.time_s:.2f} s. Model {Path(asked.model).stem}."
        caption = f"{made_of} What the model reacts to, not what the person feels."  # in English, as every file

        def work() -> Path:
            from mien.figures.evidence_plot import draw

            return write_png(draw(found, name, caption))

        def done(path: Path) -> None:
            self.status.setText(self.tr("Saved: {}").format(path))

        self._background.run(work, done, self.status.setText, saves=True)


def _picture(name: str) -> QLabel:
    made = label(role="picture")
    made.setFixedSize(_SIDE, _SIDE)
    made.setAccessibleName(name)
    made.setToolTip(plain_tip(name))
    return made
