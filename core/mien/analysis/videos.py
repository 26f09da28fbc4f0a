"""The videos that an analysis leaves in a session's folder besides its table."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mien.errors import MienError
from mien.session.edits import Edits, read_edits
from mien.session.folder import EDITS
from mien.utils.file_kinds import is_picture

BLUR = re.compile("(all|others:[0-9]{1,9})?")
"""What `Videos.blur` may be."""


@dataclass(frozen=True)
class Videos:
    """Which are wanted; of a picture they are pictures."""

    annotated: bool = False
    """With boxes and expressions."""
    blur: str = ""
    """Whose faces are covered in another one: `all`, `others:1` for all but person 1; empty for no such video."""

    def __post_init__(self) -> None:
        if not BLUR.fullmatch(self.blur):
            raise MienError(f"{self.blur!r} does not say whom to blur: write all, or others:1 for all but person 1.")

    def names(self, path: Path) -> list[str]:
        """What they are called in the session of a file."""
        return [name for name, _, _ in self._wanted(path)]

    def _wanted(self, path: Path) -> list[tuple[str, bool, str]]:
        ending = "png" if is_picture(path) else "mp4"
        annotated = [(f"annotated.{ending}", True, "")] if self.annotated else []
        blurred = [(f"blurred-{self.blur.replace(':', '-')}.{ending}", False, self.blur)] if self.blur else []
        return annotated + blurred

    def write(
        self,
        path: Path,
        session: Path,
        *,
        replace: bool = False,
        progress: Callable[[float], None] = lambda share: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """Write those that are not there yet, or show people as they were before a person set them right on Review.

        Args:
            path: the file that was analysed.
            session: its finished session.
            replace: write also those that are there.
            progress: told the share of a video that is done, 0..1.
            should_stop: asked from time to time; True leaves no file behind.

        Raises:
            MienError: one cannot be written.
        """
        # Imported here: the window lists files before it needs any of this.
        from mien.session.export.base import ExportOptions
        from mien.session.export.video import VIDEO
        from mien.session.session import Session

        for name, boxes, blur in self._wanted(path):
            there = (session / name).is_file() and not (_names_people(boxes, blur) and _is_older(session, name))
            wanted = replace or not there
            while wanted and not should_stop():
                options = ExportOptions(boxes=boxes, blur=blur, progress=progress, should_stop=should_stop)
                shown = Session(session)
                VIDEO.export(shown, session / name, options)
                wanted = _names_people(boxes, blur) and _who_is_who(read_edits(session)) != _who_is_who(shown.edits)
                if wanted:  # people were set right on Review meanwhile: it must not pass for the one to come
                    (session / name).unlink(missing_ok=True)


def _names_people(boxes: bool, blur: str) -> bool:
    """Whether it shows who is who, which edits change; everybody's face is covered whoever they are."""
    return boxes or blur not in ("", "all")


def _who_is_who(edits: Edits) -> tuple[Any, ...]:
    return edits.names, edits.changes


def _is_older(session: Path, name: str) -> bool:
    """Whether a video was written before the last edit, or may have been: some disks keep times to two seconds."""
    edits = session / EDITS
    return edits.is_file() and edits.stat().st_mtime_ns >= (session / name).stat().st_mtime_ns
