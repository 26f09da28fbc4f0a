"""`mien` or `mien live`: the window, or the same without a window where there is no display."""

import argparse
import getpass
import importlib
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mien import sending
from mien.cli import numbers
from mien.cli.console import output_folder
from mien.errors import MienError
from mien.models.cards import DEFAULT_MODEL

if TYPE_CHECKING:
    from mien.sources import Address

EXAMPLE = "mien live --source 0"

# Without a window:
_FRAMES, _FACES, _FOLDER = 250, 16, Path("mien-demo")
_OPTIONS = ("send", "frames", "max_faces", "out", "pose")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--source",
        default="",
        help="demo, a camera's number, also with what it is asked for (0:1280x720:30), a network address, or a file; - "
        "asks for it, which keeps a password out of the list of processes",
    )
    parser.add_argument(
        "--model", help=f"name or path (default: the one last chosen; without a window, and in checks, {DEFAULT_MODEL})"
    )
    parser.add_argument(
        "--headless", action="store_true", help="no window: print results, write a CSV file and a picture"
    )
    parser.add_argument(
        "--memory-check",
        type=numbers.count,
        metavar="FRAMES",
        help="play the demo for so many frames and print how much memory it takes",
    )
    parser.add_argument(
        "--stall-check",
        type=numbers.number(above=True),
        metavar="SECONDS",
        help="step through the window, this long a step, and print how long it stalls",
    )
    parser.add_argument(
        "--pictures",
        type=output_folder,
        metavar="DIR",
        help="take pictures of every page in four sizes, light and dark, and say what is cut",
    )
    parser.add_argument(
        "--language",
        choices=("system", "en", "de"),
        help="of the window, this time (the one chosen in Settings; with --pictures en)",
    )
    parser.add_argument(
        "--frames",
        type=numbers.count,
        metavar="N",
        help=f"without a window: stop after N frames ({_FRAMES}; with --send never)",
    )
    parser.add_argument(
        "--max-faces",
        type=numbers.faces,
        metavar="N",
        help=f"without a window: classify the N largest faces of a frame ({_FACES})",
    )
    parser.add_argument(
        "--send",
        choices=sending.names(),
        help="without a window: send each frame's predictions to other programs, until stopped, at the source's own "
        "speed; json writes lines to standard output",
    )
    parser.add_argument(
        "--out",
        type=output_folder,
        metavar="DIR",
        help=f"without a window: folder for the CSV file and the picture ({_FOLDER})",
    )
    parser.add_argument(
        "--send-to",
        type=numbers.host_and_port,
        metavar="[HOST:]PORT",
        help="of osc: where to; of web: where to listen (127.0.0.1, this machine alone; port 9000 of osc, 8765 of web)",
    )
    parser.add_argument(
        "--send-origin",
        type=numbers.origin,
        action="append",
        default=[],
        metavar="URL",
        help="of web: a site whose pages may read too, such as http://localhost:3000; may be given again",
    )
    parser.add_argument(
        "--markers",
        default="",
        metavar="NAME",
        help="a stimulus program's LSL stream, whose markers stand in what the window records",
    )
    parser.add_argument("--rotate", type=numbers.rotation, default=0, metavar="DEGREES", help=numbers.ROTATE_HELP)
    parser.add_argument("--pose", action="store_true", help=f"without a window: {numbers.POSE_HELP}")


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform != "linux":
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or chosen in ("vnc", "offscreen"))


def _source(given: str) -> "Address | None":
    """The source that was given, or is asked for; None where there is none."""
    from mien.sources import Address

    if given == "-":
        given = (getpass.getpass("Source: ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
        if not given:
            raise MienError("No address was written. Write that of a camera or a file, as for --source.")
    return Address(given) if given else None


def _send(arguments: argparse.Namespace) -> int:
    from mien_app.startup.send import run_send

    options = sending.SendOptions(origins=tuple(arguments.send_origin))
    if arguments.send_to is not None:
        host, port = arguments.send_to
        options = replace(options, host=host or options.host, port=port)
    return run_send(
        _source(arguments.source) or "demo",
        arguments.model or DEFAULT_MODEL,
        arguments.send,
        frames=arguments.frames,
        out=arguments.out,
        max_faces=arguments.max_faces,
        rotate=arguments.rotate,
        pose=arguments.pose,
        options=options,
    )


def run(arguments: argparse.Namespace) -> int:
    """Open the window, or work without it."""
    headless = arguments.headless
    if not headless and not has_display():
        print("There is no display: Mien runs without a window.", file=sys.stderr if arguments.send else None)
        headless = True
    if arguments.send_to and not arguments.send:
        raise MienError("--send-to needs --send.")
    if arguments.send_origin and arguments.send != "web":
        raise MienError("--send-origin needs --send web.")
    if arguments.markers and headless:
        raise MienError("--markers needs the window, which records.")
    for option in _OPTIONS:
        if getattr(arguments, option) and not headless:
            raise MienError(f"--{option.replace('_', '-')} needs --headless.")
    arguments.out, arguments.max_faces = arguments.out or _FOLDER, arguments.max_faces or _FACES
    if arguments.send:
        return _send(arguments)
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        raise MienError(
            f"Qt cannot start ({error}). On Debian or Ubuntu: sudo apt-get install libgl1 libegl1 libgles2 "
            "libglib2.0-0 libxkbcommon0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 libxcb-cursor0 "
            "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
        ) from error
    from mien_app.startup import application

    source = _source(arguments.source)
    if arguments.memory_check:
        return application.run_memory_check(arguments.model or DEFAULT_MODEL, arguments.memory_check)
    if arguments.stall_check:
        return application.run_stall_check(arguments.model or DEFAULT_MODEL, arguments.stall_check)
    if arguments.pictures:
        from mien_app.startup.pictures import run_pictures

        return run_pictures(arguments.model or DEFAULT_MODEL, arguments.pictures, arguments.language or "en")
    if headless:
        from mien_app.startup.headless import run_headless

        return run_headless(
            source or "demo",
            arguments.model or DEFAULT_MODEL,
            frames=arguments.frames or _FRAMES,
            out=arguments.out,
            max_faces=arguments.max_faces,
            rotate=arguments.rotate,
            pose=arguments.pose,
        )
    return application.run_window(
        source, arguments.model or "", arguments.rotate, arguments.markers, arguments.language or ""
    )
