"""Analyses files on many machines: a dask.distributed cluster gets them, and their sessions are fetched as they end.

The scheduler, and what it does when a worker is lost, are dask's. A worker makes the session in a temporary folder and
sends it back; the files must be readable under the same path on every worker, which is checked before work starts.

What dask sends is pickled: whoever reaches the scheduler can run code on it and on its workers, and a worker on the
machine that calls. TLS (`TlsFiles`) leaves that to those who have a certificate.
"""

import logging
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mien.analysis.analyse import analyse
from mien.analysis.batch import Outcome, already_done
from mien.analysis.cluster_check import differing_files, differing_workers, expected, marks, misfits
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import LastRecognizer, output_folders
from mien.errors import MienError
from mien.session.folder import MANIFEST, remove_session
from mien.session.manifest import read_manifest
from mien.utils import optional
from mien.utils.files import inside, reading, write_atomic, writing
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
            found = sorted(p for p in session.rglob("*") if p.is_file())
            return _Done({p.relative_to(session).as_posix(): p.read_bytes() for p in found})
    except MienError as error:
        return _Done({}, error.on_command_line)


@dataclass(frozen=True)
class TlsFiles:
    """By what both sides of a connection know each other; PEM files, as those of `dask scheduler --tls-ca-file`."""

    ca: Path
    """Of who vouches for the certificates."""
    certificate: Path
    """This machine's."""
    key: Path


def analyse_on_cluster(
    jobs: Sequence[Job], options: AnalysisOptions, address: str, *, replace: bool = False, tls: TlsFiles | None = None
) -> Iterator[Outcome]:
    """Analyse files on a cluster; outcomes come in the order in which files end.

    Args:
        jobs: from `mien.analysis.inputs.jobs`.
        options: for all of them; the workers must have the model.
        address: of the cluster's scheduler, such as tcp://host:8786 or tls://host:8786.
        replace: analyse again what has been analysed.
        tls: for tls://; None takes what dask's own configuration says.

    Raises:
        MienError: dask is not installed, the scheduler does not answer or has no worker, or a worker has other versions
            or another model than this machine.
    """
    try:
        from distributed import Client, Security, as_completed
    except ImportError:
        raise MienError(f"--cluster needs dask. {optional.install_extra('cluster')}") from None
    security = None
    if tls is not None:
        for path in (tls.ca, tls.certificate, tls.key):
            with reading(path):
                path.open("rb").close()
        names = {"tls_ca_file": tls.ca, "tls_client_cert": tls.certificate, "tls_client_key": tls.key}
        security = Security(**{name: str(path) for name, path in names.items()}, require_encryption=True)
    before = _current_client()
    try:
        client = Client(address, timeout=_TIMEOUT_S, security=security)
    except (OSError, ValueError, TypeError) as error:
        # Closed only when Python collects it, a half-made client can hold up the next one, and end that.
        if (made := _current_client()) not in (None, before):
            made.close()
        certificates = ", and the certificates on both sides (--tls-ca, --tls-cert, --tls-key)"
        raise MienError(
            f"No cluster answers at {address}. Start one with `dask scheduler` and `dask worker`; check the address"
            f"{certificates if address.startswith('tls:') else ''}."
        ) from error
    with client, output_folders(jobs):
        _check_workers(client, options, address)
        todo = []
        for job in jobs:
            known = already_done(job, options, replace=replace)
            if known is not None:
                yield known
            else:
                todo.append(job)
        here = marks([job.path.resolve() for job in todo])
        amiss = differing_files(here, client.run(marks, list(here), on_error="return"))
        waiting = {}
        for job in todo:
            if job.path.resolve() in amiss:
                yield Outcome(job, None, amiss[job.path.resolve()])
            else:
                waiting[client.submit(_work, job.path.resolve(), options, pure=False)] = job
        for future in as_completed(waiting):
            job = waiting[future]
            if future.status == "error":
                failure = future.exception()
                log.error("%s failed on a worker.", job.path, exc_info=failure)
                yield Outcome(job, None, f"{job.path}: {unexpected(failure)}")
            else:
                yield _fetched(job, future.result(), replace=replace)
            future.release()


def _current_client() -> Any:
    """The last client that was begun and is not closed; None if there is none."""
    from distributed import Client

    try:
        return Client.current()
    except ValueError:
        return None


def _check_workers(client: Any, options: AnalysisOptions, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_TIMEOUT_S)
    except TimeoutError:
        raise MienError(f"The cluster at {address} has no worker. Start one with `dask worker {address}`.") from None
    differing = differing_workers(client.run(misfits, expected(options), on_error="return"))
    if differing:
        raise MienError(
            f"The cluster at {address} would not give the results of this machine. Install the same there, or take "
            f"those workers away. {differing}."
        )


def _fetched(job: Job, done: _Done, *, replace: bool = False) -> Outcome:
    if done.error:
        return Outcome(job, None, done.error)
    try:
        with writing(job.session):
            # session.json says that a session is whole, so it comes last.
            places = {name: inside(job.session, name) for name in sorted(done.files, key=lambda name: name == MANIFEST)}
            if replace:
                remove_session(job.session, of=job.path)
            for name, path in places.items():
                write_atomic(path, done.files[name])
    except MienError as error:
        return Outcome(job, None, str(error), error.options)
    return Outcome(job, read_manifest(job.session))
