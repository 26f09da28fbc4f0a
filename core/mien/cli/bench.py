"""`mien bench`: how fast this machine is."""

import argparse
from pathlib import Path

from mien.cli import numbers
from mien.cli.console import output_file
from mien.errors import MienError
from mien.utils.counts import counted

EXAMPLE = "mien bench --threads 2"

_SIZE, _REPEATS = (640, 480), 30
_HEEDED = {"video": ("frames", "threads"), "send": (), "": ("all", "size", "repeats", "threads", "runtime")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mien.runtimes import AUTO, names

    parser.add_argument("--model", help="name or path (the default model)")
    parser.add_argument("--all", action="store_true", help="also time each other model on single faces")
    parser.add_argument("--video", type=Path, metavar="FILE", help="measure the analysis of this file instead")
    parser.add_argument(
        "--frames", type=numbers.count, metavar="N", help="with --video: repeat the file up to N frames"
    )
    parser.add_argument("--size", type=numbers.size, default=_SIZE, metavar="WxH", help="of the frame, px (640x480)")
    parser.add_argument(
        "--send",
        type=numbers.number(above=True),
        nargs="?",
        const=10.0,
        metavar="SECONDS",
        help="measure how long the demo's predictions take to other programs instead, by every protocol (10)",
    )
    parser.add_argument(
        "--repeats", type=numbers.count, default=_REPEATS, metavar="N", help="time everything N times (30)"
    )
    parser.add_argument("--threads", type=numbers.threads, metavar="N", help="CPU threads (all cores)")
    parser.add_argument("--runtime", choices=names(), default=AUTO, help="what computes the network (the fastest here)")
    parser.add_argument("--json", type=output_file, metavar="FILE", help="write the figures to this file")


def run(arguments: argparse.Namespace) -> int:
    """Time detection, classification and whole frames at 1 and 6 faces, and classification at batch 1 and 4."""
    from dataclasses import asdict

    from mien.benchmark.frame import Timing, measure
    from mien.models.cards import DEFAULT_MODEL, available
    from mien.utils.json_io import write_json

    _refuse_unheeded(arguments)

    def timed(name: str) -> Timing:
        return measure(
            name,
            repeats=arguments.repeats,
            threads=arguments.threads,
            runtime=arguments.runtime,
            size=arguments.size,
        )

    chosen = arguments.model or DEFAULT_MODEL
    if arguments.video:
        return _video(arguments, chosen)
    if arguments.send:
        return _send(arguments, chosen)
    result = timed(chosen)
    width, height = result.frame_size
    print(
        f"{result.model} in {result.runtime} on {result.device}, {counted(result.threads, 'thread')}, {width}x{height}"
    )
    print(f"{'':<24}{'1 face':>10}{'6 faces':>10}")
    rest = {count: ms - result.resize_ms[count] for count, ms in result.recognize_ms.items()}
    for what, row in (
        ("detecting", result.detect_ms),
        ("classifying", result.recognize_ms),
        ("  its resizer", result.resize_ms),
        ("  its backbone and crops", rest),
        ("a whole frame", result.total_ms),
        ("head pose, if asked for", result.pose_ms),
    ):
        print(f"{what:<24}{row['1']:>7.1f} ms{row['6']:>7.1f} ms")
    print(f"first result after {result.first_result_s:.1f} s, peak memory {result.peak_mb:.0f} MB")
    rows = {result.model: result.ms_per_face}
    if arguments.all:
        others = [timed(name) for name in available() if name != chosen]
        rows |= {other.model: other.ms_per_face for other in others}
    for name, row in rows.items():
        print(f"{name}: {row['1']:.1f} ms a face at batch 1, {row['4']:.1f} at batch 4")
    if arguments.json:
        write_json(arguments.json, {**asdict(result), "ms_per_face": rows})
    return 0


def _refuse_unheeded(arguments: argparse.Namespace) -> None:
    from mien.runtimes import AUTO

    if arguments.video and arguments.send:
        raise MienError("--video and --send measure different things. Give one of them.")
    what = "video" if arguments.video else "send" if arguments.send else ""
    defaults = {"all": False, "frames": None, "size": _SIZE, "repeats": _REPEATS, "threads": None, "runtime": AUTO}
    for option, default in defaults.items():
        if getattr(arguments, option) != default and option not in _HEEDED[what]:
            where = f"with --{what}" if what else "without --video"
            raise MienError(f"--{option} is of no use {where}. Leave it out.")


def _video(arguments: argparse.Namespace, model: str) -> int:
    from dataclasses import asdict

    from mien.benchmark.video import measure
    from mien.utils.files import check_input
    from mien.utils.json_io import write_json

    check_input(arguments.video)
    result = measure(arguments.video, model, frames=arguments.frames, threads=arguments.threads)
    print(
        f"{counted(result.frames, 'frame')}, {counted(result.faces, 'face')}: {result.frames_per_s:.1f} frames/s "
        f"({result.runtime})"
    )
    early = f"{result.early_mb:.0f} MB at frame {result.early_frame}, " if result.early_frame else ""
    print(f"peak memory {result.peak_mb:.0f} MB; {early}{result.late_mb:.0f} MB at the end")
    if arguments.json:
        write_json(arguments.json, asdict(result))
    return 0


def _send(arguments: argparse.Namespace, model: str) -> int:
    """1 where a client missed a frame, or was told a wrong time."""
    from dataclasses import asdict

    from mien.benchmark.sending import measure
    from mien.utils.json_io import write_json

    deliveries = measure(model, arguments.send)
    print(f"{arguments.send:g} s of the demo, {counted(deliveries[0].sent, 'frame')} recognised; ms, median and 95%")
    print(f"{'':<8}{'from capture to client':>24}{'of that sending':>18}{'frames':>9}{'times off by':>14}")
    for one in deliveries:
        capture, sending = (f"{middle:.1f} {late:>6.1f}" for middle, late in (one.capture_ms, one.sending_ms))
        print(f"{one.protocol:<8}{capture:>24}{sending:>18}{one.received:>9}{one.worst_ms:>11.3f} ms")
    if arguments.json:
        write_json(arguments.json, [asdict(one) for one in deliveries])
    return 0 if all(one.whole and one.worst_ms <= 1 for one in deliveries) else 1
