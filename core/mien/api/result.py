"""What was read from one picture or frame, to look at, to keep and to compute with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from mien.api.drawing import figure_of, html_of, png_of
from mien.faces.pose.values import EVERY
from mien.probabilities.wording import in_words
from mien.session.columns import journal_columns, pandas_types
from mien.types import Frame, Prediction, Recognition
from mien.utils.counts import counted
from mien.utils.optional import load_pandas

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)  # arrays have no single answer to whether they are equal
class Result:
    """One picture or frame with the predictions for its faces. A notebook shows it as a picture with a table."""

    source: str
    """File, camera or demo, as a person would call it; empty of an array."""
    frame: Frame
    recognition: Recognition
    classes: tuple[str, ...]
    """What the C probabilities stand for, in their order."""
    model: str
    """The model's name."""
    pose: bool = False
    """Whether head pose, eyes and mouth were asked for."""

    def __repr__(self) -> str:
        more = f" of {len(self.faces) + self.left_out}" if self.left_out else ""
        said = [f"{counted(len(self.faces), 'face')}{more}", *(in_words(face, self.classes) for face in self.faces)]
        return f"<Result {self.source!r}, {self.frame.time_s:.2f} s: {', '.join(said)}>"

    @property
    def faces(self) -> tuple[Prediction, ...]:
        """A prediction for each face, the largest first."""
        return self.recognition.predictions

    @property
    def left_out(self) -> int:
        """How many smaller faces were found but not classified (`max_faces`)."""
        return self.recognition.left_out

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON. Boxes are left, top, width, height in px."""
        height, width = self.frame.image.shape[:2]
        return {
            "source": self.source,
            "model": self.model,
            "frame": self.frame.index,
            "time_s": self.frame.time_s,
            "width": width,
            "height": height,
            "left_out": self.left_out,
            "faces": [self._face(prediction) for prediction in self.faces],
        }

    def _face(self, prediction: Prediction) -> dict[str, Any]:
        return {
            "person": prediction.track_id,
            "box": [float(value) for value in prediction.face.box],
            "score": float(prediction.face.score),
            "label": prediction.label,
            "sure": prediction.sure,
            "why": list(prediction.unsure),
            "reliability": prediction.reliability,
            "expressions": [self.classes[place] for place in prediction.expressions],
            "pose": None if prediction.pose is None else {v.name: v.rounded(prediction.pose) for v in EVERY},
            "probabilities": dict(zip(self.classes, prediction.probabilities.tolist(), strict=True)),
        }

    def to_pandas(self) -> "pandas.DataFrame":
        """A row a face, with the columns and types of a session's table; no row where there is no face.

        Raises:
            MienError: pandas is not installed.
        """
        columns = journal_columns(self.classes, pose=self.pose)
        rows = [[column.cell(self.frame, prediction) for column in columns] for prediction in self.faces]
        table = load_pandas().DataFrame(rows, columns=[column.name for column in columns])
        return table.astype(pandas_types(columns))

    def plot(self) -> "Figure":
        """A Matplotlib figure: the picture with boxes, and the probabilities of the six largest faces.

        Raises:
            MienError: Matplotlib is not installed.
        """
        return figure_of(self.frame.image, self.faces, self.classes)

    def _repr_png_(self) -> bytes:
        return png_of(self.frame.image, self.faces, self.classes)

    def _repr_html_(self) -> str:
        return html_of(self.frame.image, self.faces, self.classes, self.source)


class Results(list[Result]):
    """Several results, in the order of what was handed over. A part of them (`results[:10]`) is one, too."""

    @overload
    def __getitem__(self, place: SupportsIndex) -> Result: ...
    @overload
    def __getitem__(self, place: slice) -> "Results": ...
    def __getitem__(self, place: SupportsIndex | slice) -> "Result | Results":
        return Results(super().__getitem__(place)) if isinstance(place, slice) else super().__getitem__(place)

    def to_dict(self) -> list[dict[str, Any]]:
        """Plain values, for JSON."""
        return [result.to_dict() for result in self]

    def to_pandas(self) -> "pandas.DataFrame":
        """A row a face; `frame` is `Frame.index`, of crops their place from 0, also in a part of the results.

        Raises:
            MienError: pandas is not installed.
        """
        pandas = load_pandas()
        return pandas.concat([result.to_pandas() for result in self], ignore_index=True) if self else pandas.DataFrame()
