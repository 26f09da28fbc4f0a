"""Kills Mien at random moments and sees what is lost: `make endurance`.

What can be resumed (an analysis, a training, faces cut out of pictures) is killed and started again until it ends, and
must then have left the same bytes as undisturbed work. What cannot (a recording, Review's edits, a dataset that faces
are added to) must still have all that it had said was on the disk; a recording may lose its last second.
"""

import argparse
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from materials import make_all

from mien.curation.sources_table import labels_used
from mien.errors import MienError
from mien.session.folder import MANIFEST, RECORDED_VIDEO, UNFINISHED
from mien.session.recovery import is_unfinished_recording, recover
from mien.session.session import Session
from mien.training.folder import CHECKPOINT
from mien.utils.images import read_picture
from mien.video import VideoFile

_WORK = Path(__file__).with_name("work.py")
_SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
_RECORDING_MAY_LOSE_S = 1.0
_PATIENCE_S = 60.0
_WHILE_STARTING, _START_S = 0.15, 3.0  # share of resumable work that is killed in so many seconds from its start
# Of work that was killed: by a signal, or by Mien, which was asked to end. An exception that nobody foresaw is 1, too.
_CODES = (0, 130, 143, *(-number for number in set(_SIGNALS)))


@dataclass
class Kind:
    """One kind of work, and how its kills went."""

    name: str
    command: Callable[[Path], list[str]]
    """To do it in a folder."""
    faults: Callable[[Path, float], list[str]]
    """What is wrong with the folder, given what the work last said; of resumable work called when it has ended."""
    work: str = ""
    """Pattern of the files that grow while it works; empty of work that cannot be resumed."""
    lasts_s: float = 0.0
    """Undisturbed, from the first work on the disk to the end."""
    kills: int = 0
    on_disk: int = 0
    """Kills after which this run's own work lay on the disk."""
    finished: int = 0
    found: list[str] = field(default_factory=list)
    left_over: int = 0
    """Temporary files."""

    @property
    def resumable(self) -> bool:
        """Whether it goes on where it was killed."""
        return bool(self.work)

    def fault(self, what: str) -> None:
        """Count and say something that is wrong."""
        self.found.append(what)
        print(f"{self.name}: {what}", flush=True)

    def has_worked(self, folder: Path, log: Path, since: float) -> bool:
        """Whether something that must not be lost was written since a time of the system's clock."""
        if not self.resumable:
            return log.stat().st_size > 0
        return any(changed(path) > since for path in folder.glob(self.work))


class Killer:
    """Starts work and kills it."""

    def __init__(self, root: Path, dice: random.Random) -> None:
        self._root, self._dice, self._folders = root, dice, 0
        # The libraries' caches, and nothing of the person's who runs this.
        self._environment = {**os.environ, "XDG_CACHE_HOME": str(root / "cache"), "XDG_DATA_HOME": str(root / "data")}
        self._environment |= {"OMP_NUM_THREADS": "1", "TMPDIR": str(root)}
        self._at: dict[str, Path] = {}

    def trial(self, kind: Kind, *, kill: bool = True) -> None:
        """Kill one piece of work; see what is left if that was the end of it."""
        folder = self._at.get(kind.name) or self._new_folder(kind)
        log = self._root / f"{kind.name}.log"
        killed = False
        with log.open("w") as said:
            since = time.time()
            process = subprocess.Popen(kind.command(folder), stdout=said, stderr=said, env=self._environment)
            if not kill or not kind.lasts_s:  # the first one is left alone, to learn how it goes
                self._until_it_works(process, kind, folder, log, since)
                began = time.monotonic()
                process.wait()
                kind.lasts_s = kind.lasts_s or time.monotonic() - began
            else:
                self._wait(process, kind, folder, log, since)
                killed = process.poll() is None
                if killed:
                    process.send_signal(self._dice.choice(_SIGNALS))
                    kind.kills += 1
            try:
                process.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                kind.fault(f"{folder.name}: still runs {_PATIENCE_S:.0f} s after it was asked to end")
                process.kill()
                process.wait()
            kind.on_disk += killed and kind.has_worked(folder, log, since)
        ended = process.returncode == 0
        if not ended and (not killed or process.returncode not in _CODES):
            kind.fault(f"{folder.name}: exit code {process.returncode}: {log.read_text()[-600:]}")
        if kind.resumable and (not ended or not self._is_done(kind, folder)):
            return
        kind.finished += ended
        for fault in kind.faults(folder, _last_number(log)):
            kind.fault(f"{folder.name}: {fault}")
        kind.left_over += sum(1 for path in folder.rglob(".*.tmp"))
        self._at.pop(kind.name, None)

    def finish(self, kind: Kind) -> None:
        """Let work that was killed come to its end."""
        if kind.name in self._at:
            self.trial(kind, kill=False)

    def _is_done(self, kind: Kind, folder: Path) -> bool:
        """A training that was asked to stop leaves with 0 too."""
        return kind.name != "train" or (folder / "c.json").is_file()

    def _new_folder(self, kind: Kind) -> Path:
        self._folders += 1
        self._at[kind.name] = self._root / f"{kind.name}-{self._folders}"
        return self._at[kind.name]

    def _wait(self, process: "subprocess.Popen[bytes]", kind: Kind, folder: Path, log: Path, since: float) -> None:
        """Until the moment to kill: any after this run's first work, or at times before it."""
        if kind.resumable and self._dice.random() < _WHILE_STARTING:
            longest_s = _START_S
        else:
            self._until_it_works(process, kind, folder, log, since)
            longest_s = 1.1 * kind.lasts_s
        with suppress(subprocess.TimeoutExpired):
            process.wait(self._dice.uniform(0.0, longest_s))

    def _until_it_works(
        self, process: "subprocess.Popen[bytes]", kind: Kind, folder: Path, log: Path, since: float
    ) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while process.poll() is None and time.monotonic() < deadline and not kind.has_worked(folder, log, since):
            time.sleep(0.005)


def changed(path: Path) -> float:
    """When a file was last written, which may be gone by now."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _last_number(log: Path) -> float:
    for line in reversed(log.read_text().splitlines()[:-1] or ["0"]):
        try:
            return float(line)
        except ValueError:
            continue
    return 0.0


def recording_faults(folder: Path, said: float) -> list[str]:
    """`said` seconds were recorded."""
    if said < _RECORDING_MAY_LOSE_S and not (folder / MANIFEST).is_file() and not is_unfinished_recording(folder):
        return []
    try:
        if is_unfinished_recording(folder):
            recover(folder)
        session = Session(folder)
        with VideoFile(folder / RECORDED_VIDEO) as video:
            last = 0.0
            while (frame := video.read()) is not None:
                last = frame.time_s
    except MienError as error:  # without a row it is no session
        return [] if said < _RECORDING_MAY_LOSE_S else [f"of {said:.2f} s: {error}"]
    rows = float(session.frame_times[-1]) if len(session.frame_times) else 0.0
    lost = [
        f"{name} end at {end:.2f} s of {said:.2f}"
        for name, end in (("rows", rows), ("video", last))
        if end < said - _RECORDING_MAY_LOSE_S
    ]
    return [*lost, *(["the journal is left"] if (folder / "unfinished").exists() else [])]


def edits_faults(folder: Path, said: float) -> list[str]:
    """So many markers were written."""
    try:
        edits = Session(folder).edits
    except MienError as error:
        return [str(error)]
    markers = len(edits.markers)
    if markers < said or edits.names.get(1, "") not in ("", f"Anna {markers}"):
        return [f"{markers} markers of {said:.0f}, {edits.names}"]
    return []


def collected_faults(folder: Path, said: float) -> list[str]:
    """So many faces were added."""
    if not folder.is_dir():
        return [] if said == 0 else ["nothing is there"]
    pictures = sorted(folder.glob("*/*.png"))
    found = []
    for path in pictures:
        try:
            read_picture(path)
        except MienError as error:
            found.append(str(error))
    rows = len(labels_used(folder / "sources.csv"))
    if len(pictures) < said or rows < said or len(pictures) - rows > 1:
        found.append(f"{len(pictures)} pictures, {rows} rows, {said:.0f} were added")
    return found


class Same:
    """Whether a folder has the same files as the first one that ended, which nobody disturbed."""

    def __init__(self, *patterns: str) -> None:
        self._patterns, self._first = patterns, dict[str, bytes]()

    def faults(self, folder: Path, _: float) -> list[str]:
        files = {str(p.relative_to(folder)): p.read_bytes() for pattern in self._patterns for p in folder.glob(pattern)}
        self._first = self._first or files
        names = sorted(set(files) | set(self._first))
        return [f"{name} differs" for name in names if files.get(name) != self._first.get(name)]


def kinds(root: Path) -> list[Kind]:
    """All of them, with what they work on in `root`."""
    made = make_all(root)
    python = [sys.executable]

    def own(kind: str, given: Path) -> Callable[[Path], list[str]]:
        return lambda folder: [*python, str(_WORK), kind, str(folder), str(given)]

    def analysis(folder: Path) -> list[str]:
        words = ["-m", "mien", "analyze", str(made.video), "--model", str(made.model), "--threads", "1"]
        return [*python, *words, "--out", str(folder)]

    def training(folder: Path) -> list[str]:
        words = ["-m", "mien", "train", str(made.faces), "--config", str(made.config), "--out", str(folder)]
        return [*python, *words]

    def editing(folder: Path) -> list[str]:
        made.copy_session(folder)
        return own("edit", made.model)(folder)

    tables = Same("*/faces.*", "*/people/*")
    return [
        Kind("analyze", analysis, tables.faults, f"*/{UNFINISHED}/progress.json"),
        Kind("record", own("record", made.model), recording_faults, lasts_s=3.4),
        Kind("train", training, Same("*.safetensors").faults, CHECKPOINT),
        Kind("extract", own("extract", made.pictures), Same("*/*.png").faults, "*/*.png"),
        Kind("edit", editing, edits_faults, lasts_s=0.5),
        Kind("collect", own("collect", made.model), collected_faults, lasts_s=0.5),
    ]


def main() -> int:
    """Kill until the time is over; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--kills", type=int, default=200, help="end after so many (200)")
    parser.add_argument("--kinds", default="", help="only these, with commas between")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background work, and its children, ignore it
    deadline = time.monotonic() + 60 * arguments.minutes
    with TemporaryDirectory(prefix="mien-kills-") as folder:
        killer = Killer(Path(folder), random.Random(arguments.seed))
        chosen = [k for k in kinds(Path(folder)) if not arguments.kinds or k.name in arguments.kinds.split(",")]
        for kind in itertools.cycle(chosen):  # in turns
            if time.monotonic() > deadline or sum(kind.kills for kind in chosen) >= arguments.kills:
                break
            killer.trial(kind)
        for kind in chosen:
            killer.finish(kind)
            print(
                f"{kind.name}: {kind.kills} kills, {kind.on_disk} with work on the disk, {kind.finished} came to their "
                f"end, {len(kind.found)} faults, {kind.left_over} temporary files left",
                flush=True,
            )
    return int(any(kind.found for kind in chosen))


if __name__ == "__main__":
    sys.exit(main())
