"""A finished session: its rows as arrays, its persons as they were set right, its video."""

import math
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mien import language
from mien.errors import MienError
from mien.probabilities.baseline import Baseline, baseline_of
from mien.session.columns import PERSON, TRACK, columns, pandas_types
from mien.session.edits import Edits, read_edits, write_edits
from mien.session.folder import MANIFEST, PARQUET, RECORDED_VIDEO, person_picture
from mien.session.frame_durations import frame_durations
from mien.session.manifest import Manifest, read_manifest
from mien.session.rows import NOBODY, read_keypoints, read_table
from mien.session.table_process import ColumnValues, read_columns
from mien.types import SAME_TIME_S, Face, HeadPose, Image, Prediction
from mien.utils import servers
from mien.utils.files import remove_left_over
from mien.utils.images import read_picture, rotated
from mien.utils.lock import locked
from mien.utils.optional import load_pandas
from mien.video.reader import VideoFile

if TYPE_CHECKING:
    import pandas

_PATIENCE_S = 5.0  # with another process that saves its own edits


class Session:
    """One finished session. What was measured never changes; edits are kept beside it."""

    def __init__(self, folder: str | Path) -> None:
        """Open a session's folder.

        Raises:
            MienError: the folder holds no finished session, or its table cannot be read.
        """
        self.folder = folder = Path(folder)
        self.manifest: Manifest = read_manifest(folder)
        """What went in, with what, and what came out: session.json."""
        self.classes = self.manifest.classes
        """What the C probabilities stand for, in their order."""
        table = read_table(folder / PARQUET, self.classes)
        self.frame_numbers = table.frame_numbers
        """(F,) the analysed frames' indices in the file."""
        self.frame_times = table.frame_times
        """(F,) their times, s, growing."""
        self.rows = table.rows
        """The N rows with a face, as arrays."""
        self.edits = read_edits(folder)
        """What a person set right: review.json."""

    def __repr__(self) -> str:
        return f"Session({str(self.folder)!r})"

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def video(self) -> Path | None:
        """The video or picture; None if it is gone, or `elsewhere`."""
        analysed = [] if self.elsewhere else [Path(self.manifest.input.path)]
        for path in (self.folder / RECORDED_VIDEO, *analysed):
            with suppress(OSError):  # a stranger's name, longer than a name can be
                if (path.is_absolute() or path.parent == self.folder) and path.is_file():
                    return path
        return None

    @property
    def elsewhere(self) -> bool:
        """Whether the analysed file is said to be on another computer that is not asked, see `mien.utils.servers`."""
        return not servers.may_be_asked(self.manifest.input.path, self.folder)

    @property
    def video_was_changed(self) -> bool:
        """Whether the video is another one than was analysed, as far as its size tells: a hash may take minutes."""
        path = self.video
        try:
            return path is not None and path.stat().st_size != self.manifest.input.size
        except OSError:
            return False

    def without_video(self) -> MienError:
        """The error where the video would be needed, and is not there.

        Raises:
            MienError: the video is `elsewhere`.
        """
        if not (path := self.manifest.input.path):
            return MienError(language.tr("{} does not say where its video is. Analyse it again.").format(self.name))
        servers.check([path], self.folder)
        return MienError(
            language.tr("The video of {} is gone from {}. Put it back there, then try again.").format(self.name, path)
        )

    def open_video(self, path: Path) -> VideoFile:
        """Open the session's video, with its frames in the pixels that the boxes count.

        Raises:
            MienError: it cannot be read.
        """
        return VideoFile(path, square=self.manifest.input.square_pixels, rotate=self.manifest.rotate)

    def read_picture(self, path: Path) -> Image:
        """The session's picture, turned as it was for the analysis.

        Raises:
            MienError: it cannot be read.
        """
        return rotated(read_picture(path), self.manifest.rotate)

    def keep(self, edits: Edits) -> None:
        """Change the edits, also on the disk.

        Raises:
            MienError: somebody else has changed them since they were read, or deleted the session, or analysed its file
                again; the edits stay as they were.
            OSError: the folder cannot be written; likewise.
        """
        if not (self.folder / MANIFEST).is_file():  # writing would make the folder again, with the edits alone
            raise MienError(language.tr("{} is gone: somebody has moved or deleted it.").format(self.folder))
        changed = language.tr(
            "{} was changed by another Mien since it was opened here. Open it again, then go on."
        ).format(self.folder)
        with locked(self.folder, changed, wait_s=_PATIENCE_S):
            if read_edits(self.folder) != self.edits or read_manifest(self.folder) != self.manifest:
                raise MienError(changed)
            remove_left_over(self.folder, in_use=True)  # by an export, say
            write_edits(self.folder, edits)
        self.edits = edits
        for name in ("persons", "baselines"):
            self.__dict__.pop(name, None)

    @cached_property
    def frame_ends(self) -> NDArray[np.float64]:
        """(F,) when each frame ends, in seconds of the video; see `frame_durations`."""
        return self.frame_times + frame_durations(self.frame_times)

    @cached_property
    def persons(self) -> NDArray[np.int64]:
        """(N,) whose row each one is, as set right."""
        return self.edits.applied(self.rows.person, self.rows.frame)

    @cached_property
    def baselines(self) -> dict[int, Baseline]:
        """By person, of those who have one and are in view long enough in its span."""
        made = {}
        for person, span in self.edits.baselines.items():
            with suppress(MienError):
                made[person] = self.baseline_in(person, span.start_s, span.end_s)
        return made

    def baseline_in(self, person: int, start_s: float, end_s: float, *, at_rest: bool = False) -> Baseline:
        """What a person's baseline is if the face is at rest from `start_s` up to, but not with, `end_s`.

        Raises:
            MienError: the person is in view too briefly, or `at_rest` is asked for and the expression changes.
        """
        own = self.rows_of(person)
        own = own[(self.rows.time_s[own] >= start_s) & (self.rows.time_s[own] < end_s)]
        times, ends = self.rows.time_s[own], self.frame_ends[self.rows.frame[own]]
        lasts = np.minimum(ends, end_s) - times
        return baseline_of(self.rows.probabilities[own], times, lasts_s=lasts, at_rest=at_rest)

    def rows_of(self, person: int) -> NDArray[np.int64]:
        """A person's rows by their numbers, one a frame: of tracks that became one person, that which began first."""
        own = np.flatnonzero(self.persons == person)
        own = own[np.lexsort((self.rows.track[own], self.rows.frame[own]))]
        return own[np.unique(self.rows.frame[own], return_index=True)[1]]

    def people(self) -> list[int]:
        """The persons' numbers, in the order of their first appearance."""
        numbers, first = np.unique(self.persons, return_index=True)
        return [int(n) for n in numbers[np.argsort(first)] if n != NOBODY]

    def person_name(self, number: int) -> str:
        """The name that was given, or Person 3."""
        return self.edits.names.get(number) or f"Person {number}"

    def picture(self, number: int) -> Path | None:
        """The file of a person's best picture; None if it is gone."""
        path = person_picture(self.folder, number)
        return path if path.is_file() else None

    def read_table(self) -> tuple[dict[str, ColumnValues], NDArray[np.int64]]:
        """All columns of the table, and (N,) who each row is of, as set right; `NOBODY` of a row without a face.

        Raises:
            MienError: the table cannot be read.
        """
        own = columns(self.classes, pose=True, landmarks=True)
        later = [column.name for column in own if column.default is not None]
        table = read_columns(self.folder / PARQUET, {column.name: column.kind for column in own}, later)
        persons = np.full(len(table[TRACK.name].there), NOBODY)
        persons[table[TRACK.name].there] = self.persons
        return table, persons

    def to_pandas(self) -> "pandas.DataFrame":
        """The table: a row a face and frame, one for a frame without a face; `person` and `name` as set right.

        Raises:
            MienError: pandas is not installed, or the table cannot be read.
        """
        made = load_pandas()
        table, persons = self.read_table()
        every = np.arange(len(persons))
        frame = made.DataFrame({name: values.cells(every) for name, values in table.items()})
        numbers = [number if number != NOBODY else None for number in persons.tolist()]
        frame[PERSON.name] = numbers
        frame["name"] = [None if number is None else self.person_name(number) for number in numbers]
        types = pandas_types(columns(self.classes, pose=True, landmarks=True))
        return frame.astype({name: kind for name, kind in types.items() if name in frame})

    def place_at(self, time_s: float) -> int:
        """The place in `frame_times` of the frame that is shown at a time of the video."""
        place = int(np.searchsorted(self.frame_times, time_s + SAME_TIME_S, side="right")) - 1
        return min(max(place, 0), len(self.frame_times) - 1)

    def shown_at(self, time_s: float) -> int | None:
        """As `place_at`; None where no frame lasts, as while a recording was paused."""
        place = self.place_at(time_s)
        return place if self.frame_times[place] - SAME_TIME_S <= time_s < self.frame_ends[place] else None

    def predictions(self, place: int) -> tuple[Prediction, ...]:
        """The predictions for one frame, as the table has them; a person's number stands in for the track's."""
        first, end = np.searchsorted(self.rows.frame, [place, place + 1])
        return tuple(self._prediction(row, place) for row in range(first, end))

    def prediction(self, place: int, person: int) -> Prediction | None:
        """The prediction for a person in one frame, of the row that `rows_of` has; None if the person is not there."""
        row = self._row_of(place, person)
        return None if row is None else self._prediction(row, place)

    def face(self, place: int, person: int) -> Face | None:
        """A person's face in one frame with its keypoints, which are read from the table; None if it is not there.

        Raises:
            MienError: the table cannot be read.
        """
        row = self._row_of(place, person)
        if row is None:
            return None
        number, track = int(self.frame_numbers[place]), int(self.rows.track[row])
        keypoints = read_keypoints(self.folder / PARQUET, number, track)
        left, top, width, height = self.rows.box[row]
        return Face((left, top, width, height), keypoints, float(self.rows.score[row]))

    def _row_of(self, place: int, person: int) -> int | None:
        first, end = np.searchsorted(self.rows.frame, [place, place + 1])
        own = [row for row in range(first, end) if self.persons[row] == person]
        return min(own, key=lambda row: int(self.rows.track[row]), default=None)

    def _prediction(self, row: int, place: int) -> Prediction:
        rows = self.rows
        left, top, width, height = rows.box[row]
        probabilities = rows.probabilities[row]
        return Prediction(
            track_id=int(self.persons[row]),
            face=Face((left, top, width, height), np.empty((0, 2), np.float32), float(rows.score[row])),
            probabilities=probabilities,
            raw_probabilities=probabilities,
            label=self.classes[int(probabilities.argmax())],
            sure=bool(rows.sure[row]),
            frame_index=int(self.frame_numbers[place]),
            time_s=float(self.frame_times[place]),
            expressions=rows.expressions[row],
            unsure=rows.unsure[row],
            pose=self._pose(row),
        )

    @property
    def has_pose(self) -> bool:
        """Whether head pose, eyes and mouth were measured of any face."""
        return not bool(np.isnan(self.rows.pose).all())

    def _pose(self, row: int) -> HeadPose | None:
        yaw, pitch, roll, x, y, z, left, right, mouth = self.rows.pose[row].tolist()
        if math.isnan(yaw + pitch + roll + x + y + z):
            return None
        blink = bool(self.rows.blink[row])
        return HeadPose(yaw, pitch, roll, (x, y, z), left, right, mouth, blink, np.empty((0, 3), np.float32))
