"""Builds the slim set in an empty environment and holds it to what is promised of it. Run it in the full environment.

Size, the readings of a clip and an evaluation beside those of the full set, and the time to the first result of
`mien live`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

import cv2
import pyarrow.parquet

from mien.utils import paths

ROOT = Path(__file__).resolve().parents[1]
_LARGEST_MIB, _MOST, _LATEST_S = 1050, 1e-3, 2.0
_MIEN = (sys.executable, "-m", "mien_app")


def main() -> int:
    """Print each figure; 1 where one is not kept."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        python = _environment(folder / "slim")
        size = sum(file.lstat().st_blocks for file in (folder / "slim").rglob("*")) * 512 / (1 << 20)
        clip = _clip(folder / "clip.mp4")
        # Full first: whatever it keeps, the slim set must do without.
        full = _readings(_MIEN, clip, folder / "full")
        mien = (str(python.with_name("mien")),)
        slim = _readings(mien, clip, folder / "one")
        labelled = _labelled(clip, folder / "labelled")
        judged = [_evaluation(command, labelled, folder / "figures.json") for command in (_MIEN, mien)]
        same_faces = full.keys() == slim.keys()
        shift = max((abs(a - b) for key in full for a, b in zip(full[key], slim.get(key, ()), strict=False)), default=9)
        start = min(_first_result_s(mien, folder / "home") for _ in range(3))
        figures = (
            (f"{size:.0f} MiB, pip's own among them (at most {_LARGEST_MIB})", size <= _LARGEST_MIB),
            (f"{len(full)} faces, the same in both", same_faces and bool(full)),
            (f"{shift:.1e} is the largest difference of a probability (at most {_MOST})", shift <= _MOST),
            (f"{judged[0]['n']} faces evaluated, to the same figures in both", _alike(*judged)),
            (f"{start:.1f} s to the first result of live (at most {_LATEST_S})", start <= _LATEST_S),
        )
    for text, kept in figures:
        print(f"{'kept  ' if kept else 'BROKEN'} {text}")
    return not all(kept for _, kept in figures)


def _environment(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = (str(python), "-m", "pip", "install", "--quiet", "-c", str(ROOT / "requirements" / "constraints.txt"))
    subprocess.run([*install, "-r", str(ROOT / "requirements" / "slim.txt")], check=True)
    subprocess.run([*install, "--no-deps", str(ROOT)], check=True)
    return python


def _clip(path: Path) -> Path:
    """The demo picture, coming nearer and turning."""
    picture = cv2.resize(cv2.imread(str(paths.assets() / "astronaut.png")), (512, 512))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25, (512, 512))
    for i in range(50):
        turn = cv2.getRotationMatrix2D((230, 110), 0.4 * i, 1 + 0.02 * i)
        writer.write(cv2.warpAffine(picture, turn, (512, 512), borderMode=cv2.BORDER_REPLICATE))
    writer.release()
    return path


def _labelled(clip: Path, folder: Path) -> Path:
    """The clip's face in each frame, labelled in turn with two classes, of which one is right."""
    video = cv2.VideoCapture(str(clip))
    for number in range(50):
        face = video.read()[1][20:220, 130:330]
        for split in ("train", "valid"):
            path = folder / split / ("happiness", "surprise")[number % 2] / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(path), face)
    return folder


def _evaluation(mien: tuple[str, ...], labelled: Path, out: Path) -> dict[str, Any]:
    _run(mien, "evaluate", str(labelled), "--size", "24", "--json", str(out))
    figures: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return figures


def _alike(full: dict[str, Any], slim: dict[str, Any]) -> bool:
    return bool(full["confusion"] == slim["confusion"] and abs(full["ece"] - slim["ece"]) <= _MOST)


def _run(mien: tuple[str, ...], *words: str) -> None:
    own = {**os.environ, "PYTHONPATH": str(ROOT)} if mien is _MIEN else _without_paths()
    subprocess.run([*mien, *words], check=True, env=own, stdout=subprocess.DEVNULL)


def _readings(mien: tuple[str, ...], clip: Path, out: Path) -> dict[tuple[object, object], list[float]]:
    """The probabilities by frame and person, as the command writes them."""
    _run(mien, "analyze", str(clip), "--out", str(out))
    (table,) = out.rglob("*.parquet")
    rows = pyarrow.parquet.read_table(table).to_pylist()
    chosen = [name for name in rows[0] if name.startswith("p_")] if rows else []
    return {(row["frame"], row["person"]): [row[name] for name in chosen] for row in rows}


def _first_result_s(mien: tuple[str, ...], home: Path) -> float:
    """From the start of the process to the first line that `live --headless --send json` prints."""
    begin = time.perf_counter()
    words = [*mien, "live", "--headless", "--send", "json", "--frames", "60"]
    home.mkdir(exist_ok=True)
    with subprocess.Popen(
        words, env=_without_paths(), cwd=home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        taken = time.perf_counter() - begin
        process.terminate()
    return taken


def _without_paths() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}


if __name__ == "__main__":
    sys.exit(main())
