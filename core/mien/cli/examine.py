"""`mien examine FOLDER`."""

import argparse
from pathlib import Path

from mien.cli.console import output_file, output_folder, say
from mien.utils.counts import counted

EXAMPLE = "mien examine pictures/ --split split.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "folder",
        type=Path,
        help="a folder with a sub-folder for each class, or a CSV file with a path and a label on each line",
    )
    parser.add_argument(
        "--split",
        type=output_file,
        metavar="FILE",
        help="divide the pictures for training and validation, and write which is which to this file",
    )
    parser.add_argument(
        "--find-faces",
        type=output_folder,
        metavar="DIR",
        help="for pictures that are not cut-out faces: cut the faces out into this new folder and examine those",
    )
    parser.add_argument(
        "--json", type=output_file, metavar="FILE", help="write the findings to this file, for other programs"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what is in a labelled folder, and what is wrong with it."""
    from tqdm import tqdm

    from mien.curation.extract_faces import are_crops, examine_faces
    from mien.curation.report import examine
    from mien.curation.split import split
    from mien.utils.json_io import write_json

    with tqdm(unit="picture", leave=False, disable=None) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        if arguments.find_faces:
            report = examine_faces(arguments.folder, arguments.find_faces, show)
        else:
            report = examine(arguments.folder, show)
    for name, count in report.counts().items():
        say(f"{count:>7}  {name}")
    for finding in report.findings:
        shown = ", ".join(str(path) for path in finding.paths[:3]) + (", ..." if len(finding.paths) > 3 else "")
        say(f"- {finding.message}" + (f" {shown}" if shown else ""))
    if not arguments.find_faces and not are_crops([picture.path for picture in report.pictures]):
        say("- These seem to be whole pictures: --find-faces DIR cuts the faces out of them, to train and measure on.")
    if arguments.json:
        findings = [{"kind": f.kind, "said": f.message, "paths": [str(p) for p in f.paths]} for f in report.findings]
        write_json(arguments.json, {"counts": report.counts(), "findings": findings})
    if arguments.split:
        made = split(report)
        made.save(arguments.split)
        say(f"{counted(len(made.train), 'picture')} to train on, {len(made.judge)} to judge on: {arguments.split}")
    return 0
