"""Many machines: files handed to a dask.distributed cluster, their sessions fetched as they end.

The scheduler, and what it does when a worker is lost, are dask's. A worker makes the session in a folder of its own
and sends it back; the files to analyse must be readable under the same path on every worker.
"""

import logging
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mien.analysis.batch import Outcome, already_done
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.errors import MienError, unexpected
from mien.recognition.recognizer import Recognizer
from mien.session.folder import MANIFEST
from mien.session.manifest import read_manifest
from mien.utils.files import write_atomic, writing

log = logging.getLogger(__name__)

_TIMEOUT_S = 10
_lock = threading.Lock()
_recognizers: dict[AnalysisOptions, Recognizer] = {}


@dataclass(frozen=True)
class _Done:
    """What a worker sends back."""

    files: dict[str, bytes]
    """The session's files by their path in its folder."""
    error: str = ""


def _work(path: Path, options: AnalysisOptions) -> _Done:
    """On a worker: one file at a time, however many threads it has, so that each has the device for itself."""
    from mien.analysis.analyse import analyse
    from mien.analysis.setup import recognizer_for

    with _lock, tempfile.TemporaryDirectory() as folder:
        session = Path(folder) / "session"
        try:
            if options not in _recognizers:
                _recognizers.clear()
                _recognizers[options] = recognizer_for(options)
            analyse(path, session, _recognizers[options], options)
        except MienError as error:
            return _Done({}, str(error))
        inside = sorted(p for p in session.rglob("*") if p.is_file())
        return _Done({str(p.relative_to(session)): p.read_bytes() for p in inside})


def analyse_on_cluster(
    jobs: Sequence[Job], options: AnalysisOptions, address: str, *, replace: bool = False
) -> Iterator[Outcome]:
    """Analyse files on a cluster, in the order in which they end.

    Args:
        jobs: of `mien.analysis.inputs.jobs`.
        options: for all of them; the workers must have the model.
        address: of the cluster's scheduler, such as tcp://host:8786.
        replace: analyse anew what is there.

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
    with client:
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
