"""The options for the files that are added to the list of the Analyse page."""

from PySide6.QtWidgets import QCheckBox, QWidget

from mien.analysis.options import AnalysisOptions
from mien.analysis.videos import Videos
from mien.session.schemes.registry import COLUMN_SCHEMES
from mien.types import ROTATIONS
from mien_app.widgets.basics import ComboField
from mien_app.widgets.flow import Flow
from mien_app.widgets.model_choice import ModelChoice

_EVERY = (1, 2, 3, 5, 10, 25)  # frames, of which one is analysed


class OptionsBar(QWidget):
    """Model, frames, columns, videos: they hold for the files that are added from now on."""

    def __init__(self, model: str) -> None:
        super().__init__()
        self.models = ModelChoice(model)
        self.models.setAccessibleName(self.tr("Model"))
        self.models.setToolTip(self.tr("The model for the files that are added from now on"))
        tip = self.tr("Every frame, or fewer to get through long recordings sooner")
        self.every = self._choice(self.tr("Frames to analyse"), tip)
        for n in _EVERY:
            self.every.addItem(self.tr("every frame") if n == 1 else self.tr("one frame in {}").format(n), n)
        tip = self.tr("For videos in which people lie on their side")
        self.rotate = self._choice(self.tr("Turn the pictures"), tip)
        for degrees in ROTATIONS:
            text = self.tr("turned by {}°").format(degrees) if degrees else self.tr("not turned")
            self.rotate.addItem(text, degrees)
        tip = self.tr("Whose column names faces.csv has, so that the tool's own scripts read it")
        self.columns = self._choice(self.tr("Columns of the table"), tip)
        for name, scheme in COLUMN_SCHEMES.items():
            self.columns.addItem(self.tr("{} columns").format(scheme.tool), name)
        self.annotated = QCheckBox(self.tr("Annotated video"))
        self.annotated.setToolTip(self.tr("Also write each video with boxes and expressions into its session"))
        self.pose = QCheckBox(self.tr("Head pose"))
        self.pose.setToolTip(self.tr("Also measure where heads point, blinks, and how far eyes and mouth are open"))
        tip = self.tr("Also write each video with blurred faces, so that nobody can be recognised, into its session")
        self.blur = self._choice(self.tr("Blurred video"), tip)
        for text, who in (
            (self.tr("no blurred video"), ""),
            (self.tr("blur everybody"), "all"),
            (self.tr("blur all but person 1"), "others:1"),
        ):
            self.blur.addItem(text, who)
        flow = Flow(self)
        for widget in (self.models, self.every, self.rotate, self.columns, self.annotated, self.pose, self.blur):
            flow.addWidget(widget)

    def _choice(self, name: str, tip: str) -> ComboField:
        made = ComboField()
        made.setAccessibleName(name)
        made.setToolTip(tip)
        return made

    def options(self, max_faces: int) -> AnalysisOptions:
        """What is chosen now."""
        return AnalysisOptions(
            model=self.models.currentText(),
            every=self.every.currentData(),
            columns=self.columns.currentData(),
            rotate=self.rotate.currentData(),
            max_faces=max_faces,
            pose=self.pose.isChecked(),
        )

    @property
    def videos(self) -> Videos:
        """The videos that are chosen now."""
        return Videos(self.annotated.isChecked(), self.blur.currentData())
