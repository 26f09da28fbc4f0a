"""Analyses many files, one after another; those that cannot be read do not stop the rest."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mien.analysis.analyse import AnalysisProgress, analyse
from mien.analysis.inputs import Job
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import is_finished, make_way, output_folders, recognizer_for
from mien.errors import MienError
from mien.session.manifest import Manifest, read_manifest
from mien.utils.logs import unexpected

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How one file went."""

    job: Job
    manifest: Manifest | None
    """None if it failed."""
    error: str = ""
    """One line for a person."""
    options: str = ""
    """Those of the command line that help, see `MienError`."""
    was_there: bool = False
    """Whether it had been analysed before."""


def already_done(job: Job, options: AnalysisOptions, *, replace: bool) -> Outcome | None:
    """How a job went that needs no analysis, or cannot have one; None for one to analyse."""
    try:
        if not replace and is_finished(job.session, job.path, options):
            return Outcome(job, read_manifest(job.session), was_there=True)
    except MienError as error:
        return Outcome(job, None, str(error), error.options)
    except OSError as error:
        return Outcome(job, None, str(error))
    except Exception as error:
        return _failed(job, error)
    return None


def _failed(job: Job, error: Exception) -> Outcome:
    log.error("%s cannot be analysed", job.path, exc_info=error)
    return Outcome(job, None, unexpected(error))


def analyse_all(
    jobs: Sequence[Job],
    options: AnalysisOptions,
    *,
    replace: bool = False,
    threads: int | None = None,
    progress: Callable[[Job, AnalysisProgress], None] = lambda job, progress: None,
) -> Iterator[Outcome]:
    """Analyse files with one recogniser, which is loaded when it is first needed.

    Args:
        jobs: from `mien.analysis.inputs.jobs`.
        options: for all of them.
        replace: analyse again what has been analysed; a session stays where its file, or the model, cannot be read.
        threads: on the CPU; None takes every core.
        progress: called with the file that is being analysed.

    Raises:
        MienError: the model cannot be loaded, or see `output_folders`.
    """
    recognizer = None
    held = output_folders(jobs)
    try:
        for job in jobs:
            known = already_done(job, options, replace=replace)
            if known is not None:
                yield known
                continue
            if recognizer is None:
                recognizer = recognizer_for(options, threads=threads)
            try:
                if replace:
                    make_way(job, options)
                manifest = analyse(
                    job.path,
                    job.session,
                    recognizer,
                    options,
                    progress=lambda state, job=job: progress(job, state),  # type: ignore[misc]
                )
            except MienError as error:
                yield Outcome(job, None, str(error), error.options)
            except Exception as error:  # nobody foresaw it; it ends this file, not the next ones
                yield _failed(job, error)
                recognizer.close()  # who knows in which state it is
                recognizer = None
            else:
                yield Outcome(job, manifest)
    finally:
        held.close()
        if recognizer is not None:
            recognizer.close()
