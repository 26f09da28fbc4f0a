"""Single pictures, and folders of them."""

import logging
from pathlib import Path

from mien import language
from mien.errors import MienError
from mien.types import Frame
from mien.utils.files import reading
from mien.utils.folders import contents, listed, passed_over
from mien.utils.images import read_first, read_picture, rotated

log = logging.getLogger(__name__)


class PictureSource:
    """One picture."""

    live = False
    still = True

    def __init__(self, path: Path, *, rotate: int = 0) -> None:
        """Read it, and turn it clockwise by so many degrees (see `mien.types.ROTATIONS`).

        Raises:
            MienError: it cannot be read.
        """
        self.name = path.name
        image, self.notice = read_first(path)
        if self.notice:
            log.warning("%s", self.notice)
        self._frame: Frame | None = Frame(0, 0.0, rotated(image, rotate), still=True)

    def read(self) -> Frame | None:
        """The picture, then None."""
        frame, self._frame = self._frame, None
        return frame

    def close(self) -> None:
        """Do nothing: nothing is open."""


class FolderSource:
    """The pictures of a folder in the order of their names, each as long as a person needs to look at it."""

    live = False
    still = True
    seconds = 2.0
    """From one picture to the next."""

    def __init__(self, folder: Path) -> None:
        """List the pictures; what else is there is logged.

        Raises:
            MienError: there are none, or the folder cannot be read.
        """
        self.name = folder.name
        with reading(folder):
            found = listed(contents(folder), "picture")
        self.notice = passed_over(found.passed_over, "picture")
        if not found.files:
            text = language.tr("{} has no pictures in it. {}")
            raise MienError(text.format(folder, self.notice).strip())
        if self.notice:
            log.warning("%s", self.notice)
        self._paths = iter(found.files)
        self._next = 0

    def read(self) -> Frame | None:
        """The next picture that can be read; None at the end."""
        for path in self._paths:
            try:
                image = read_picture(path)
            except MienError as error:
                log.warning("%s It is left out.", error)
                continue
            frame = Frame(self._next, self._next * self.seconds, image, still=True)
            self._next += 1
            return frame
        return None

    def close(self) -> None:
        """Do nothing: nothing is open."""
