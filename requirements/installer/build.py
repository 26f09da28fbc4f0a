"""Builds a program that needs no Python from the slim set: build/mien-VERSION-linux-MACHINE.tar.gz.

Any Python that Mien runs with can run this; everything else comes into an environment in build/installer.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "installer"
PYINSTALLER = "pyinstaller==6.22.3"
EXTRAS = ("osc", "lsl", "web", "completion")
"""Of pyproject.toml: small ones, as nobody can add to a program."""

# Taken out of the environment before anything is collected: what no part of Mien calls, what could report or connect.
# Qt's plugin for GTK would bring a GTK that does not know the desktop's theme; without it Qt asks the desktop's portal.
LEFT_OUT = (
    "openvino_telemetry*",
    "openvino/libs/cache.json",
    *(f"openvino/libs/libopenvino_{name}*" for name in ("intel_gpu", "intel_npu", "onnx", "tensorflow_frontend")),
    *(f"openvino/libs/libopenvino_{name}*" for name in ("pytorch", "paddle", "gguf", "jax")),
    *(f"openvino/frontend/{name}" for name in ("jax", "onnx", "paddle", "pytorch", "tensorflow")),
    *(f"pyarrow/*{name}*" for name in ("flight", "s3", "gcsfs", "azurefs", "include", "tests")),
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
)


def main() -> int:
    """Build it; 1 where this system is none that it is made for."""
    if sys.platform != "linux":
        print(
            "This builds for Linux alone so far. docs/how-to/install.md says how to install Mien here.", file=sys.stderr
        )
        return 1
    python = _environment(BUILD / "environment")
    program = _freeze(python)
    for path in (HERE / "install.sh", ROOT / "LICENSE", ROOT / "THIRD-PARTY.md", ROOT / "assets" / "mien.desktop"):
        shutil.copy(path, program)
    shutil.copy(ROOT / "assets" / "icon.svg", program / "mien.svg")
    (program / "_internal" / "licences").rename(program / "licences")
    for folder in (ROOT / "licences", HERE / "licences"):
        shutil.copytree(folder, program / "licences", dirs_exist_ok=True)
    _try(program / "mien")
    archive = _pack(program)
    size = sum(file.lstat().st_blocks for file in program.rglob("*")) * 512
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size >> 20} MiB, unpacked {size >> 20} MiB")
    return 0


def _environment(folder: Path) -> Path:
    """The slim set, Mien and PyInstaller; the Python of it."""
    venv.create(folder, clear=True, with_pip=True)
    python = folder / "bin" / "python"
    install = (str(python), "-m", "pip", "install", "--quiet", "-c", str(HERE.parent / "constraints.txt"))
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    small = [one for extra in EXTRAS for one in extras[extra]]
    subprocess.run([*install, PYINSTALLER, *small, "-r", str(HERE.parent / "slim.txt")], check=True)
    subprocess.run([*install, "--no-deps", str(ROOT)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    for path in [path for pattern in LEFT_OUT for path in site.glob(pattern)]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return python


def _freeze(python: Path) -> Path:
    """The folder of the program."""
    words = ["--noconfirm", "--log-level", "WARN", "--distpath", str(BUILD), "--workpath", str(BUILD / "work")]
    # What PYTHONPATH names, a checkout say, would be taken for the Mien that is installed.
    own = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    subprocess.run([str(python), "-m", "PyInstaller", *words, str(HERE / "mien.spec")], check=True, env=own)
    return BUILD / "mien"


def _try(program: Path) -> None:
    """It finds the demo's face, and reads a table in a process of its own, where there is no Python and no home yet."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"HOME": f"{folder}/home", "PATH": ""}
        shutil.copy(ROOT / "assets" / "astronaut.png", folder)
        for words in ("analyze astronaut.png --out out", "export out/astronaut --summary --out summary.csv"):
            command = [str(program), *words.split()]
            subprocess.run(command, check=True, cwd=folder, env=own, stdout=subprocess.DEVNULL)
        table = (Path(folder) / "summary.csv").read_text(encoding="utf-8")
        assert "astronaut" in table, table


def _pack(program: Path) -> Path:
    version = re.search(r'__version__ = "(.+)"', (ROOT / "core" / "mien" / "__init__.py").read_text(encoding="utf-8"))
    assert version is not None
    name = f"mien-{version[1]}-linux-{platform.machine()}"
    archive = ROOT / "build" / f"{name}.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=6) as packed:
        packed.add(program, name, filter=_of_nobody)
    return archive


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the builder's name; readable by all, as whoever unpacks it may choose again."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode |= 0o055 if entry.isdir() or entry.mode & 0o100 else 0o044
    return entry


if __name__ == "__main__":
    sys.exit(main())
