"""`mien analyze INPUT... --out DIR`."""

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mien.analysis.sparse_frames import most_every
from mien.cli import numbers
from mien.cli.console import CHOOSE_ANOTHER, blurred, output_file, output_folder
from mien.errors import MienError
from mien.faces.tracker import PATIENCE_S
from mien.probabilities.conformal import LEVELS
from mien.probabilities.wording import limit_in_words
from mien.session.schemes.registry import COLUMN_SCHEMES
from mien.utils.counts import counted
from mien.utils.logs import unexpected
from mien.utils.text import printable

if TYPE_CHECKING:
    from mien.analysis.analyse import AnalysisProgress
    from mien.analysis.batch import Outcome
    from mien.analysis.cluster import TlsFiles
    from mien.analysis.inputs import Job
    from mien.analysis.videos import Videos

log = logging.getLogger(__name__)

EXAMPLE = "mien analyze interviews/ --out sessions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mien.models.cards import DEFAULT_MODEL

    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="videos, pictures, folders or patterns")
    parser.add_argument(
        "--out", type=output_folder, required=True, metavar="DIR", help="folder for the sessions, one folder each"
    )
    parser.add_argument("--model", default=DEFAULT_MODEL, help=f"name or path ({DEFAULT_MODEL})")
    parser.add_argument("--every", type=numbers.count, default=1, metavar="N", help="analyse one frame in N (1)")
    parser.add_argument(
        "--start",
        type=numbers.seconds,
        default=0.0,
        metavar="SECONDS",
        help="begin at this time, counted from the first frame",
    )
    parser.add_argument(
        "--end",
        type=numbers.number(above=True),
        metavar="SECONDS",
        help="stop at this time, counted from the first frame",
    )
    parser.add_argument(
        "--smoothing",
        type=numbers.seconds,
        default=0.0,
        metavar="SECONDS",
        help="smooth the probabilities with this time constant (0)",
    )
    parser.add_argument(
        "--coverage",
        type=numbers.number(LEVELS[0], LEVELS[-1]),
        default=0.9,
        metavar="SHARE",
        help="how often the column `expressions` should hold the right one, 0.8 to 0.99 (0.9)",
    )
    parser.add_argument(
        "--max-faces", type=numbers.faces, default=16, metavar="N", help="classify the N largest faces of a frame (16)"
    )
    parser.add_argument("--rotate", type=numbers.rotation, default=0, metavar="DEGREES", help=numbers.ROTATE_HELP)
    tools = ", ".join(f"{name} ({scheme.tool})" for name, scheme in COLUMN_SCHEMES.items())
    parser.add_argument(
        "--columns", choices=COLUMN_SCHEMES, default="mien", help=f"whose column names to write in faces.csv: {tools}"
    )
    parser.add_argument("--pose", action="store_true", help=numbers.POSE_HELP)
    parser.add_argument(
        "--landmarks", action="store_true", help="with --pose: also write 68 landmarks of each face, 136 columns"
    )
    parser.add_argument("--annotated", action="store_true", help="also write the video with boxes and expressions")
    parser.add_argument(
        "--blur",
        type=blurred,
        default="",
        metavar="WHO",
        help="also write the video with faces blurred: all, or others:1 (all but person 1)",
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="analyse again what is already analysed; edits made in Review are lost",
    )
    parser.add_argument("--threads", type=numbers.threads, metavar="N", help="CPU threads (all cores)")
    parser.add_argument("--cluster", metavar="ADDRESS", help="share the files among the workers of this dask scheduler")
    for name, what in (
        ("ca", "certificate of the authority that vouches for the cluster"),
        ("cert", "this machine's certificate"),
        ("key", "the key of that certificate"),
    ):
        parser.add_argument(f"--tls-{name}", type=Path, metavar="FILE", help=f"with --cluster tls://...: {what}")
    parser.add_argument(
        "--json", type=output_file, metavar="FILE", help="write the results to this file, for other programs"
    )


def _tls(arguments: argparse.Namespace) -> "TlsFiles | None":
    files = arguments.tls_ca, arguments.tls_cert, arguments.tls_key
    if files == (None, None, None):
        return None
    if None in files or not (arguments.cluster or "").startswith("tls://"):
        raise MienError(
            "--tls-ca, --tls-cert and --tls-key belong together, and to a --cluster that begins with tls://."
        )
    from mien.analysis.cluster import TlsFiles

    return TlsFiles(*files)


def _check_together(arguments: argparse.Namespace) -> None:
    """In the words of the command line; the library has those of its options."""
    if arguments.end is not None and arguments.end <= arguments.start:
        raise MienError("--end must be after --start.")
    if arguments.landmarks and not arguments.pose:
        raise MienError("--landmarks are found where head pose is measured: ask for --pose too.")


def run(arguments: argparse.Namespace) -> int:
    """Analyse all files, resuming those that were interrupted; 1 if a file failed, 2 if all did."""
    from mien.analysis.batch import analyse_all
    from mien.analysis.inputs import expand_paths, jobs
    from mien.analysis.options import AnalysisOptions
    from mien.analysis.videos import Videos
    from mien.utils.json_io import write_json

    _check_together(arguments)
    options = AnalysisOptions(
        model=arguments.model,
        every=arguments.every,
        start_s=arguments.start,
        end_s=arguments.end,
        smoothing_s=arguments.smoothing,
        max_faces=arguments.max_faces,
        coverage=arguments.coverage,
        columns=arguments.columns,
        rotate=arguments.rotate,
        pose=arguments.pose,
        landmarks=arguments.landmarks,
    )
    videos, tls = Videos(arguments.annotated, arguments.blur), _tls(arguments)
    work = jobs(expand_paths(arguments.inputs), arguments.out)
    _check_json(arguments.json, work)
    failed, results = 0, []
    with _Display(len(work)) as display:
        if arguments.cluster:
            from mien.analysis.cluster import analyse_on_cluster

            outcomes = analyse_on_cluster(work, options, arguments.cluster, replace=arguments.replace, tls=tls)
        else:
            outcomes = analyse_all(
                work, options, replace=arguments.replace, threads=arguments.threads, progress=display.show
            )
        for outcome in outcomes:
            error = MienError(outcome.error, outcome.options).on_command_line or _write_videos(
                videos, outcome.job, display, replace=arguments.replace
            )
            failed += bool(error)
            display.end(outcome, error, videos.names(outcome.job.path))
            results.append(_result(outcome, error))
    if arguments.json:
        write_json(arguments.json, results)
    if failed:
        return 2 if failed == len(work) else 1
    return 0


def _check_json(path: Path | None, work: "list[Job]") -> None:
    """Refuse to put the results in the place of a file that is analysed, or of a session's."""
    whole = path and path.resolve()
    if whole and any(whole == job.path.resolve() or whole.is_relative_to(job.session.resolve()) for job in work):
        raise MienError(f"{path} belongs to what is analysed. {CHOOSE_ANOTHER} the results to.")


def _write_videos(videos: "Videos", job: "Job", display: "_Display", *, replace: bool) -> str:
    """Write the videos that were asked for and do not exist yet; the error, if one failed."""
    try:
        videos.write(job.path, job.session, replace=replace, progress=display.share)
    except MienError as error:
        return error.on_command_line
    except Exception as error:  # nobody foresaw it; the next file goes on
        log.exception("the video of %s cannot be written", job.path)
        return unexpected(error)
    return ""


def _result(outcome: "Outcome", error: str) -> dict[str, Any]:
    made = outcome.manifest
    return {
        "input": str(outcome.job.path),
        "session": str(outcome.job.session),
        "error": error,
        "counts": made.counts if made else {},
        "timings": made.timings if made else {},
    }


class _Display:
    """A progress bar for the current file, and a line for each that has ended."""

    def __init__(self, files: int) -> None:
        from tqdm import tqdm

        self._files, self._done = files, 0
        self._bar = tqdm(total=0, unit="frame", file=sys.stderr, leave=False, disable=None)

    def __enter__(self) -> "_Display":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def show(self, job: "Job", progress: "AnalysisProgress") -> None:
        """Show how far a file is."""
        if self._bar.disable:  # no terminal
            return
        name = printable(job.path.name)
        if self._bar.desc != name:
            self._bar.reset(progress.expected or None)
            self._bar.initial = progress.frames
            self._bar.set_description_str(name, refresh=False)
        self._bar.n = progress.frames
        self._bar.set_postfix_str(f"file {self._done + 1} of {self._files}", refresh=True)

    def share(self, share: float) -> None:
        """Show how far a video is."""
        if self._bar.disable:
            return
        self._bar.set_postfix_str(f"video {share:.0%}", refresh=False)
        self._bar.update(0)

    def end(self, outcome: "Outcome", error: str, videos: list[str]) -> None:
        """Print how a file went, with the names of the videos that are in its session now."""
        self._done += 1
        name = outcome.job.path.name
        made = outcome.manifest
        if error:
            about = "" if name in error else f"{name}: "
            self._bar.write(printable(f"mien: {about}{error}"), file=sys.stderr)
        elif made is not None:
            counts, rate = made.counts, made.timings.get("frames_per_s")
            how = "already analysed" if outcome.was_there else f"{rate} frames/s"
            said = ", ".join(counted(counts[f"{what}s"], what) for what in ("frame", "face", "person"))
            where = ", ".join([str(outcome.job.session), *videos])
            self._bar.write(printable(f"{name}: {said}, {how}: {where}"), file=sys.stdout)
            if left_out := made.counts.get("left_out", 0):
                told = limit_in_words(counts["faces"], left_out, counts["frames"])
                self._bar.write(printable(f"{name}: {told} Classify more with --max-faces."), file=sys.stdout)
            if most := most_every(made):
                told = f"{name}: faces are followed over {PATIENCE_S:g} s at most, so nobody is a person here."
                self._bar.write(printable(f"{told} Analyse it again with --every {most} --replace."), file=sys.stdout)
            if turned := counts.get("turned_deg", 0):
                told = f"The faces of {name} lie turned by {turned} degrees: analyse it again with --rotate"
                upright = (made.rotate - turned) % 360
                self._bar.write(printable(f"{told} {upright} --replace."), file=sys.stdout)
