"""How fast a video is analysed on this machine, and whether memory stays flat."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import av
import psutil

from mien.analysis.analyse import AnalysisProgress, analyse
from mien.analysis.options import AnalysisOptions
from mien.analysis.setup import recognizer_for
from mien.benchmark.frame import peak_mb
from mien.errors import MienError

_EARLY = 1000  # frames, after which memory should grow no more


@dataclass(frozen=True)
class AnalysisTiming:
    """One analysis on this machine."""

    model: str
    runtime: str
    frames: int
    faces: int
    frames_per_s: float
    """From the first frame to the finished session, without loading the model."""
    early_frame: int
    """After which memory should grow no more; 0 where there are fewer frames."""
    early_mb: float
    """Resident memory at that frame, MB; 0 where there are fewer frames."""
    late_mb: float
    """Resident memory at the last frame, MB."""
    peak_mb: float
    """Largest resident memory, MB."""


def measure(video: Path, model: str, *, frames: int | None = None, threads: int | None = None) -> AnalysisTiming:
    """Analyse a video in this process and discard the session.

    Args:
        video: the file.
        model: name or path.
        frames: repeat the file until it has at least this many.
        threads: on the CPU; None takes every core.

    Raises:
        MienError: the video or the model cannot be read.
    """
    process = psutil.Process()
    early, late = (0, 0.0), 0.0

    def watch(progress: AnalysisProgress) -> None:
        nonlocal early, late
        late = process.memory_info().rss / (1 << 20)
        if not early[0] and progress.frames >= _EARLY:
            early = progress.frames, late

    options = AnalysisOptions(model=model)
    with tempfile.TemporaryDirectory() as folder, recognizer_for(options, threads=threads) as recognizer:
        path = Path(folder) / video.name
        if frames:
            repeat(video, path, frames)
        else:
            shutil.copy(video, path)
        made = analyse(path, Path(folder) / "session", recognizer, options, progress=watch)
        return AnalysisTiming(
            model=recognizer.card.name,
            runtime=recognizer.runs_on,
            frames=made.counts["frames"],
            faces=made.counts["faces"],
            frames_per_s=made.timings["frames_per_s"],
            early_frame=early[0],
            early_mb=round(early[1], 1),
            late_mb=round(late, 1),
            peak_mb=peak_mb(),
        )


def repeat(video: Path, path: Path, frames: int) -> None:
    """Write a video again and again into one file, without encoding it anew.

    Args:
        video: the file.
        path: the file to write.
        frames: it gets at least this many.

    Raises:
        MienError: the video cannot be read.
    """
    written, shift = 0, 0
    try:
        with av.open(str(path.absolute()), "w") as out:
            copy = None
            while written < frames:
                with av.open(str(video.absolute())) as source:
                    stream = source.streams.video[0]
                    copy = copy or out.add_stream_from_template(stream)
                    end = shift
                    for packet in source.demux(stream):
                        if packet.pts is None or packet.dts is None:
                            continue
                        packet.pts, packet.dts, packet.stream = packet.pts + shift, packet.dts + shift, copy
                        end = max(end, packet.pts + (packet.duration or 1))
                        out.mux(packet)
                        written += 1
                    if end == shift:
                        raise MienError(f"{video} has no frame that can be read.")
                    shift = end
    except av.FFmpegError as error:
        raise MienError(f"{video} cannot be repeated: {error.strerror}.") from error
