"""`mien snapshot INPUT --out FILE.png`."""

import argparse

from mien.cli import numbers
from mien.cli.console import output_file, say
from mien.probabilities.wording import limit_in_words
from mien.utils.counts import counted

EXAMPLE = "mien snapshot people.jpg --out people.png"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    from mien.models.cards import DEFAULT_MODEL

    parser.add_argument("input", help="a picture, a video, a camera's number, a network address, or demo")
    parser.add_argument("--out", type=output_file, required=True, metavar="FILE", help="the PNG or JPEG file to write")
    parser.add_argument(
        "--time",
        type=numbers.seconds,
        default=0.0,
        metavar="SECONDS",
        help="the moment in a video, from its first frame on (0)",
    )
    parser.add_argument("--model", default=DEFAULT_MODEL, help=f"name or path ({DEFAULT_MODEL})")
    parser.add_argument(
        "--max-faces", type=numbers.faces, default=16, metavar="N", help="draw the N largest faces (16)"
    )
    parser.add_argument("--rotate", type=numbers.rotation, default=0, metavar="DEGREES", help=numbers.ROTATE_HELP)
    parser.add_argument("--pose", action="store_true", help="also write each head's pose beside its face")
    parser.add_argument(
        "--evidence",
        action="store_true",
        help="add which parts of each face speak for its expression, found by covering them one by one",
    )


def run(arguments: argparse.Namespace) -> int:
    """Draw each face: bilinear, learned, difference, probabilities and, on request, evidence."""
    from mien.figures.snapshot import snapshot

    count, left_out = snapshot(
        arguments.input,
        arguments.out,
        model=arguments.model,
        time_s=arguments.time,
        max_faces=arguments.max_faces,
        rotate=arguments.rotate,
        with_evidence=arguments.evidence,
        pose=arguments.pose,
    )
    if left_out:
        say(f"{limit_in_words(count, left_out)} Draw more with --max-faces.")
    say(f"{counted(count, 'face')}: {arguments.out}")
    return 0
