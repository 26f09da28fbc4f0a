"""`make test-clients`: the programs that people use read what Mien writes, and hear what it sends.

LibreOffice, R, pympi, MNE and Py-Feat; then a minute of the demo by every protocol. What is not installed is named and
left out. `PY_FEAT` and `MNE` name the Pythons of environments that have them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.clients import office
from tests.core.session.made_sessions import made

from mien.cli.main import main
from mien.expressions import EXPRESSIONS
from mien.utils import paths

_HERE = Path(__file__).parent


class Missing(Exception):
    """The client is not here."""


def program(name: str) -> str:
    if (path := shutil.which(name)) is None:
        raise Missing(f"{name} is not installed")
    return path


def python(variable: str) -> str:
    if not (path := os.environ.get(variable)):
        raise Missing(f"{variable} names no Python")
    return path


def export(folder: Path, name: str, *words: str) -> Path:
    assert main(["export", str(folder / "session"), "--out", str(folder / name), *words]) == 0
    return folder / name


def libreoffice(folder: Path) -> None:
    soffice = program("soffice")
    for locale in ("en-US", "de-DE"):
        mark = "," if locale == "de-DE" else "."
        office.check(soffice, locale, export(folder, f"{locale}.xlsx"), folder)
        office.check(soffice, locale, export(folder, f"{locale}.csv", "--decimal", mark), folder)


def r(folder: Path) -> None:
    export(folder, "rows.csv")
    export(folder, "comma.csv", "--decimal", ",")
    export(folder, "events.tsv", "--intervals")
    subprocess.run([program("Rscript"), str(_HERE / "read.R")], cwd=folder, check=True)


def pympi(folder: Path) -> None:
    from pympi import Eaf, TextGrid

    elan = Eaf(str(export(folder, "s.eaf")))
    assert elan.get_annotation_data_for_tier("Person 1")[0] == (0, 500, "neutral")
    grid = TextGrid(str(export(folder, "s.TextGrid")))
    assert next(iter(grid.get_tier("Person 1").get_intervals())) == (0.0, 0.5, "neutral")


def mne(folder: Path) -> None:
    subprocess.run([python("MNE"), str(_HERE / "read_mne.py"), str(export(folder, "e.tsv", "--intervals"))], check=True)


def py_feat(folder: Path) -> None:
    table = made(folder / "fex", "nnh", scheme="fex", classes=EXPRESSIONS).folder / "faces.csv"
    photo, words = paths.assets() / "astronaut.png", ["--columns", "fex", "--pose", "--landmarks"]
    assert main(["analyze", str(photo), "--out", str(folder), *words]) == 0
    measured = folder / photo.stem / "faces.csv"
    subprocess.run([python("PY_FEAT"), str(_HERE / "read_fex.py"), str(table), str(measured)], check=True)


def sending(folder: Path) -> None:
    assert main(["bench", "--send", os.environ.get("SECONDS_SENT", "60")]) == 0


CLIENTS: tuple[Callable[[Path], None], ...] = (pympi, r, mne, py_feat, libreoffice, sending)


def run(client: Callable[[Path], None]) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made(folder / "session", "nnhh", "..==")
        try:
            client(folder)
        except Missing as error:
            return f"left out: {error}"
        except Exception:
            traceback.print_exc()
            return "FAILED"
    return "passed"


if __name__ == "__main__":
    chosen = [client for client in CLIENTS if client.__name__ in (sys.argv[1:] or [client.__name__])]
    outcomes = {client.__name__: run(client) for client in chosen}
    for name, outcome in outcomes.items():
        print(f"{name:<12} {outcome}")
    sys.exit("FAILED" in outcomes.values())
