"""Analyses files on many machines: a dask.distributed cluster gets them, and their sessions are fetched as they end.

The scheduler, and what it does when a worker is lost, are dask's. A worker makes the session in a temporary folder and
sends it back; the files must be readable under the same path on every worker.
"""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mien.analysis.analyse import analyse
from mien.analysis.batch import Outcome, already_done
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import LastRecognizer, output_folders
from mien.errors import MienError
from mien.session.folder import MANIFEST
from mien.session.manifest import read_manifest
from mien.utils.files import write_atomic, writing
from mien.utils.logs import unexpected

log = logging.getLogger(__name__)

_TIMEOUT_S = 10
_last_recognizer = LastRecognizer()  # a worker's tasks share nothing but its process, and a model loads for seconds


@dataclass(frozen=True)
class _Done:
    """What a worker sends back."""

    files: dict[str, bytes]
    """The session's files by their path in its folder."""
    error: str = ""


def _work(path: Path, options: AnalysisOptions) -> _Done:
    """Analyse a file on a worker: one at a time, however many threads it has, so that each has the device to itself."""
    try:
        with tempfile.TemporaryDirectory() as folder, _last_recognizer.lend(options) as recognizer:
            session = Path(folder) / "session"
            analyse(path, session, recognizer, options)
            inside = sorted(p for p in session.rglob("*") if p.is_file())
            return _Done({str(p.relative_to(session)): p.read_bytes() for p in inside})
    except MienError as error:
        return _Done({}, str(error))


def analyse_on_cluster(
    jobs: Sequence[Job], options: AnalysisOptions, address: str, *, replace: bool = False
) -> Iterator[Outcome]:
    """Analyse files on a cluster; outcomes come in the order in which files end.

    Args:
        jobs: from `mien.analysis.inputs.jobs`.
        options: for all of them; the workers must have the model.
        address: of the cluster's scheduler, such as tcp://host:8786.
        replace: analyse again what has been analysed.

    Raises:
        MienError: dask is not installed, or the scheduler does not answer.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise MienError("--cluster needs dask: pip install 'mien[cluster]'.") from None
    try:
        client = Client(address, timeout=_TIMEOUT_S)
    except (OSError, ValueError) as error:
        raise MienError(
            f"No cluster answers at {address}. Start one with `dask scheduler` and `dask worker`."
        ) from error
    with client, output_folders(jobs):
        waiting = {}
        for job in jobs:
            known = already_done(job, options, replace=replace)
            if known is not None:
                yield known
            else:
                waiting[client.submit(_work, job.path.resolve(), options, pure=False)] = job
        for future in as_completed(waiting):
            job = waiting[future]
            if future.status == "error":
                failure = future.exception()
                log.error("%s failed on a worker.", job.path, exc_info=failure)
                yield Outcome(job, None, f"{job.path}: {unexpected(failure)}")
            else:
                yield _fetched(job, future.result())
            future.release()


def _fetched(job: Job, done: _Done) -> Outcome:
    if done.error:
        return Outcome(job, None, done.error)
    try:
        with writing(job.session):
            # session.json says that a session is whole, so it comes last.
            for name in sorted(done.files, key=lambda name: name == MANIFEST):
                write_atomic(job.session / name, done.files[name])
    except MienError as error:
        return Outcome(job, None, str(error))
    return Outcome(job, read_manifest(job.session))
