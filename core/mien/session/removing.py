"""Takes a session away again, and nothing else."""

import shutil
from pathlib import Path

from mien.errors import MienError
from mien.session import edits, journal, manifest
from mien.session.finalize import CSV, PARQUET

_OWN = (manifest.FILE, CSV, PARQUET, edits.FILE, journal.FOLDER, "people", "annotated.*", "blurred-*")


def remove_session(session: Path, *, of: Path) -> None:
    """Delete what Mien has written into a session's folder, and the folder where nothing else is in it.

    A folder that holds no session is left as it is.

    Args:
        session: the folder.
        of: the file that was analysed, which stays, wherever it lies.

    Raises:
        MienError: something cannot be deleted.
    """
    if not (session / manifest.FILE).is_file() and not (session / journal.FOLDER).is_dir():
        return
    kept = of.resolve()
    try:
        for path in [path for pattern in _OWN for path in session.glob(pattern)]:
            if path.is_dir():
                shutil.rmtree(path)
            elif path.resolve() != kept:
                path.unlink()
        if not any(session.iterdir()):
            session.rmdir()
    except OSError as error:
        raise MienError(f"{session} cannot be replaced: {error.strerror or error}.") from error
