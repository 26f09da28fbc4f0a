"""Brings the translations up to date with the code: `make translations`.

Qt's lupdate looks for sentences in the code and writes them into `mien_*.ts`, where they are translated, by hand or
with Qt Linguist. Qt's lrelease makes of each a `mien_*.qm`, which the window reads. With a folder as argument both are
written there.
"""

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from tempfile import TemporaryDirectory

from mien.utils.files import write_atomic

HERE = Path(__file__).parents[2]
FOLDER = HERE / "app" / "mien_app" / "translations"


def run(tool: str, *words: str | Path) -> str:
    """Run one of Qt's tools; what it says."""
    found = shutil.which(f"pyside6-{tool}", path=str(Path(sys.executable).parent)) or shutil.which(f"pyside6-{tool}")
    if found is None:
        sys.exit(f"pyside6-{tool} is missing: pip install PySide6-Essentials")
    return subprocess.run([found, *map(str, words)], check=True, capture_output=True, text=True).stdout


def update(folder: Path) -> None:
    """Write every `.ts` that is in the folder anew, with its `.qm`."""
    sources = sorted(path for package in ("core", "app") for path in (HERE / package).rglob("*.py"))
    with TemporaryDirectory() as temporary:  # a command line has no room for all of them on Windows
        listed = Path(temporary) / "sources.txt"
        listed.write_text("\n".join(map(str, sources)), encoding="utf-8")
        options = ("-locations", "none", "-no-obsolete", "-tr-function-alias", "QT_TR_NOOP+=mark", f"@{listed}")
        for path in sorted(folder.glob("mien_*.ts")):
            english = path.stem == "mien_en"
            run("lupdate", *options, *(["-pluralonly"] if english else []), "-ts", path)
            if english:
                _count_in_english(path)
            made = Path(temporary) / "made.qm"
            run("lrelease", "-silent", path, "-qm", made)
            write_atomic(path.with_suffix(".qm"), made.read_bytes())  # a window that is open has the old one in memory


def _count_in_english(path: Path) -> None:
    """Fill in what is new: `%n face(s)` is `%n face` of one, else `%n faces`. Other forms are written by hand."""
    tree = ET.parse(path)
    for message in tree.iter("message"):
        translation, source = message.find("translation"), message.findtext("source", "")
        if translation is not None and translation.get("type") == "unfinished":
            for form, ending in zip(translation.findall("numerusform"), ("", "s"), strict=True):
                form.text = source.replace("(s)", ending)
            del translation.attrib["type"]
    body = ET.tostring(tree.getroot(), encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


if __name__ == "__main__":
    update(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
