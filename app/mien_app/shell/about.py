"""What Mien is: its version, what it may not be used for, and whose work it stands on."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from mien import __version__
from mien_app.widgets.basics import label
from mien_app.widgets.dialogs import Sheet


class AboutMien(Sheet):
    """A few sentences and a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Mien"))
        self.column.addWidget(label(self.tr("Mien {}").format(__version__), "headline"))
        for text in (
            self.tr("Says which expression each face shows, how sure it is, and why. An expression is not a feeling."),
            self.tr(
                "In the European Union, inferring the emotions of people at work or in education is prohibited, except "
                "for medical or safety reasons (AI Act, Article 5(1)(f))."
            ),
            self.tr("Nothing leaves this machine, except where you ask for a connection."),
            self.tr(
                "Mien is under the MIT licence. The models have terms of their own, which their cards name. Among what "
                "it stands on: Qt for Python (LGPL), PyTorch, OpenVINO, OpenCV, FFmpeg through PyAV, and MediaPipe's "
                "face detector (Apache-2.0)."
            ),
            self.tr("Python {}, Qt {}, {}").format(platform.python_version(), qVersion(), platform.platform()),
        ):
            self.column.addWidget(label(text, wrap=True))
        self.finish(460)
