"""`mien examine FOLDER`."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folder", type=Path, help="class sub-folders, or a CSV file with a path and a label a line")
    parser.add_argument("--split", type=Path, metavar="FILE", help="write which pictures to learn from and to judge on")
    parser.add_argument(
        "--find-faces",
        type=Path,
        metavar="DIR",
        help="the pictures are whole ones: cut their faces out into this new folder, and look at these",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that was found for other programs")


def run(arguments: argparse.Namespace) -> int:
    """Say what is in a labelled folder, and what is wrong with it."""
    from tqdm import tqdm

    from mien.cli.main import write_json
    from mien.curation.extract_faces import examine_faces
    from mien.curation.report import examine
    from mien.curation.split import split

    with tqdm(unit="picture", leave=False, disable=None) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        if arguments.find_faces:
            seen = examine_faces(arguments.folder, arguments.find_faces, show)
        else:
            seen = examine(arguments.folder, show)
    for name, count in seen.counts().items():
        print(f"{count:>7}  {name}")
    for finding in seen.findings:
        shown = ", ".join(str(path) for path in finding.paths[:3]) + (", ..." if len(finding.paths) > 3 else "")
        print(f"- {finding.message}" + (f" {shown}" if shown else ""))
    if arguments.json:
        findings = [{"kind": f.kind, "said": f.message, "paths": [str(p) for p in f.paths]} for f in seen.findings]
        write_json(arguments.json, {"counts": seen.counts(), "findings": findings})
    if arguments.split:
        made = split(seen)
        made.save(arguments.split)
        print(f"{len(made.train)} pictures to learn from, {len(made.judge)} to judge on: {arguments.split}")
    return 0
