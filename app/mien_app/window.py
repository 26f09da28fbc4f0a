"""The main window: the video, the selected face's probabilities, and what the resizer does with it."""

from pathlib import Path

from mien import cards
from mien.live import LivePipeline
from mien.recognizer import Recognition, Recognizer
from mien.sources import DEMO
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSizePolicy,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from mien_app.bars import ProbabilityBars
from mien_app.crops import CropComparison
from mien_app.video_view import VideoView

_POLL_MS = 15


class MainWindow(QMainWindow):
    """Owns one live pipeline at a time; takes its newest frame and result at display rate."""

    def __init__(self, model: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mien")
        self.resize(1120, 720)
        self.setAcceptDrops(True)
        self._pipeline: LivePipeline | None = None
        self._classes: tuple[str, ...] = ()
        self._shown_frame = self._shown_result = -1
        self._selection = 0

        self._video = VideoView()
        self._video.selected.connect(self._select)
        self._title = QLabel()
        self._title.setStyleSheet("font-size: 22px; font-weight: 600;")
        self._detail = QLabel()
        self._bars = ProbabilityBars()
        self._crops = CropComparison()
        self._models = QComboBox()
        self._models.setAccessibleName(self.tr("Model"))
        self._models.setToolTip(self.tr("The model that reads the faces"))
        self._models.addItems(list(dict.fromkeys([model, *cards.available()])))
        self._models.currentTextChanged.connect(self._use_model)
        self._build_layout()
        self._build_tools()
        self._status = QLabel()
        self.statusBar().addWidget(self._status)
        self._video.show_text(
            self.tr(
                "Choose a camera, a video file or the demo above, or drop a file here.\nNothing leaves this machine."
            )
        )
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._timer.start()

    def _build_layout(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        for widget in (self._title, self._detail, self._bars, self._crops):
            side.addWidget(widget)
        side.addStretch(1)
        note = QLabel(
            self.tr(
                "An expression is not a feeling. In the EU, inferring emotions at work or in education is "
                "prohibited but for medical or safety reasons (AI Act, Art. 5(1)(f))."
            )
        )
        note.setWordWrap(True)
        note.setStyleSheet("font-size: 12px;")
        side.addWidget(note)
        panel = QWidget()
        panel.setLayout(side)
        panel.setFixedWidth(312)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(16)
        row.addWidget(self._video, 1)
        row.addWidget(panel)
        self.setCentralWidget(centre)

    def _build_tools(self) -> None:
        bar = QToolBar(self.tr("Source and model"))
        bar.setMovable(False)
        self.addToolBar(bar)
        for text, key, tip, work in (
            (self.tr("Camera"), "C", self.tr("Open the first camera"), lambda: self.open_source("0")),
            (self.tr("Network camera..."), "N", self.tr("Open a camera by its address"), self._ask_address),
            (self.tr("Video file..."), "O", self.tr("Open a video or a picture"), self._ask_file),
            (
                self.tr("Demo"),
                "D",
                self.tr("A moving face that needs no camera"),
                lambda: self.open_source(DEMO),
            ),
        ):
            action = QAction(text, self, shortcut=QKeySequence(key), toolTip=f"{tip} ({key})")
            action.triggered.connect(lambda _=False, work=work: work())
            bar.addAction(action)
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        bar.addWidget(QLabel(self.tr("Model ")))
        bar.addWidget(self._models)
        about = QAction(self.tr("About this model"), self, toolTip=self.tr("What it can and cannot do"))
        about.triggered.connect(self._about)
        bar.addAction(about)

    @property
    def pipeline(self) -> LivePipeline | None:
        """What runs now."""
        return self._pipeline

    def open_source(self, address: str) -> None:
        """Leave the current source and start another, with the chosen model."""
        self._stop()
        model = self._models.currentText()
        self._classes = cards.read_card(model).network.classes
        self._bars.set_classes(self._classes)
        self._video.show_text(self.tr("Opening..."))
        self._pipeline = LivePipeline(address, lambda: Recognizer(model))

    def _use_model(self) -> None:
        if self._pipeline is not None:
            self.open_source(self._pipeline.address)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open a video or a picture"))
        if path:
            self.open_source(path)

    def _ask_address(self) -> None:
        address, good = QInputDialog.getText(
            self, self.tr("Network camera"), self.tr("Address, such as rtsp://... or http://...")
        )
        if good and address:
            self.open_source(address)

    def _about(self) -> None:
        card = cards.read_card(self._models.currentText())
        metrics = card.metrics
        figure = (
            self.tr("{:.1%} of {} faces are read as labelled ({}).").format(
                metrics["accuracy"], metrics["n"], metrics["source"]
            )
            if "accuracy" in metrics
            else self.tr("It was not measured.")
        )
        QMessageBox.about(self, card.name, f"{card.description}.\n\n{figure}\n\n{card.limits}\n\n{card.licence}")

    def _select(self, number: int) -> None:
        self._selection = number
        self._shown_result = -1

    def _poll(self) -> None:
        """Paint what is new."""
        pipeline = self._pipeline
        if pipeline is None:
            return
        newest = pipeline.frames.peek()
        if newest is not None and newest[0].index != self._shown_frame:
            self._shown_frame = newest[0].index
            self._video.show_frame(newest[0])
        result = pipeline.results.peek()
        if result is not None and result.frame.index != self._shown_result:
            self._shown_result = result.frame.index
            self._show_result(result.recognition)
        if pipeline.failed:
            self._video.show_text(pipeline.message)
        latency = f"{1000 * result.latency_s:.0f} ms" if result else "-"
        self._status.setText(
            pipeline.message
            or self.tr("{}  |  source {:.1f} fps  |  recognition {:.1f} fps  |  latency {}  |  skipped {}").format(
                pipeline.source_name,
                pipeline.camera_rate.per_second,
                pipeline.recognition_rate.per_second,
                latency,
                pipeline.dropped,
            )
        )

    def _show_result(self, recognition: Recognition) -> None:
        predictions = recognition.predictions
        if self._selection >= len(predictions):
            self._selection = 0
        self._video.show_predictions(predictions, self._classes, self._selection)
        if not predictions:
            self._title.setText(self.tr("No face"))
            self._detail.setText(self.tr("Come closer or add light."))
            self._bars.show_probabilities(None)
            self._crops.show_views(None)
            return
        chosen = predictions[self._selection]
        self._title.setText(f"{chosen.label.capitalize()}  {chosen.confidence:.2f}")
        self._detail.setText(self.tr("Face of {:.0f} px").format(chosen.face.size))
        self._bars.show_probabilities(chosen.probabilities)
        self._crops.show_views(recognition.views[self._selection])

    def _stop(self) -> None:
        if self._pipeline is not None:
            self._pipeline.stop()
            self._pipeline = None
        self._shown_frame = self._shown_result = -1
        self._selection = 0

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first of them."""
        path = event.mimeData().urls()[0].toLocalFile()
        if path:
            self.open_source(str(Path(path)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the threads before the window goes."""
        self._timer.stop()
        self._stop()
        super().closeEvent(event)
