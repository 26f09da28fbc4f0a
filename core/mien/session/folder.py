"""What Mien writes into a session's folder, and how that is taken away again."""

import shutil
from pathlib import Path

from mien import language
from mien.errors import MienError
from mien.utils.files import remove_left_over

MANIFEST = "session.json"
"""Written last: it says that a session is whole."""
CSV, PARQUET = "faces.csv", "faces.parquet"
TOOL_PARQUET = "faces.*.parquet"
"""With a tool's column names, beside the other: `faces.fex.parquet`."""
EDITS = "review.json"
PEOPLE = "people"
"""The folder of the persons' pictures."""
RECORDED_VIDEO = "video.mp4"
UNFINISHED = "unfinished"
"""The folder of the journal, which is gone when the session is finished."""
UNFINISHED_ROWS = "rows.csv"
"""The journal's rows, in that folder."""

FILES = (MANIFEST, CSV, PARQUET, EDITS, RECORDED_VIDEO)
"""What was measured, set right or recorded."""
_OWN = ("annotated.*", "blurred-*", EDITS, PEOPLE, TOOL_PARQUET, MANIFEST, CSV, PARQUET, UNFINISHED)
"""In the order in which it is removed: a kill leaves a session, or only what the next analysis writes anew."""


def person_picture(session: Path, number: int) -> Path:
    """Where a person's picture lies."""
    return session / PEOPLE / f"person-{number}.jpg"


def tool_parquet(session: Path, scheme: str) -> Path:
    """Where the table with a column scheme's names lies."""
    return session / TOOL_PARQUET.replace("*", scheme)


def check_folder(session: Path) -> None:
    """Refuse a folder that would lead elsewhere: what is written or removed stays in the folder that was chosen.

    Raises:
        MienError: it, or a folder in it, is a link.
    """
    _refuse_links(session, *_folders(session))


def check_files(session: Path) -> None:
    """Refuse a folder in which a file or folder of Mien's is a link: what is written would land elsewhere.

    Raises:
        MienError: there is a link.
    """
    _refuse_links(*_folders(session), *(session / name for name in FILES), *session.glob(TOOL_PARQUET))
    for folder in _folders(session):
        _refuse_links(*(folder.iterdir() if folder.is_dir() else ()))


def _folders(session: Path) -> tuple[Path, ...]:
    return session / PEOPLE, session / UNFINISHED


def _refuse_links(*paths: Path) -> None:
    for path in paths:
        if path.is_symlink():
            text = language.tr("{} is a link to somewhere else. Remove it, or choose another folder for sessions.")
            raise MienError(text.format(path), "--out")


def remove_session(session: Path, *, of: Path) -> None:
    """Delete what Mien has written into a session's folder, and the folder itself if nothing else is in it.

    A folder that holds no session stays as it is.

    Args:
        session: the folder.
        of: the file that was analysed, which stays even if it is in the folder.

    Raises:
        MienError: something cannot be deleted, or see `check_folder`.
    """
    check_folder(session)
    if not (session / MANIFEST).is_file() and not (session / UNFINISHED).is_dir():
        return
    kept = of.resolve()
    try:
        remove_left_over(session, session / PEOPLE)
        for path in [path for pattern in _OWN for path in session.glob(pattern)]:
            if path.is_dir():
                shutil.rmtree(path)
            elif path.resolve() != kept:
                path.unlink()
        if not any(session.iterdir()):
            session.rmdir()
    except OSError as error:
        raise MienError(
            language.tr(
                "{} cannot be replaced: {}. Close programs that use its files, or choose another folder."
            ).format(session, error.strerror or error)
        ) from error
