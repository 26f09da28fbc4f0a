"""`python -m tests.fuzz COUNT SEED [KIND...]`: damaged and hostile inputs, each used in a process that is watched.

A fault is a crash, an exception that is no `MienError`, more than 10 s, or more than 1.5 GB. Inputs with a fault are
kept in `build/fuzz`; `python -m tests.fuzz --again FILE` uses one again.
"""

import importlib
import os
import random
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

import psutil
from tests.fuzz import warm

KINDS = ("configs", "tables", "pictures", "media", "models", "sessions")
_OUT = Path("build/fuzz")
_LONGEST_S, _MOST_BYTES = 10.0, 1_500_000_000
_BEGINNING_S = 120.0  # libraries are loaded, and the good inputs made
_POLL_S = 0.5
_STARVED = 20  # times as long on the clock as it may take of a processor, on a machine that has much else to do


def main(count: int, seed: int, kinds: list[str]) -> int:
    """Use so many inputs, shared among the kinds; 1 if there was a fault."""
    faults: Counter[str] = Counter()
    for place, kind in enumerate(kinds):
        own = count // len(kinds) + (place < count % len(kinds))
        began = time.monotonic()
        faults += _run(kind, own, seed)
        print(f"{kind}: {own} inputs, {time.monotonic() - began:.0f} s", flush=True)
    print(", ".join(f"{number} x {what}" for what, number in faults.items()) or "No fault.")
    return int(bool(faults))


def _run(kind: str, count: int, seed: int) -> Counter[str]:
    faults: Counter[str] = Counter()
    first = 0
    while first < count:
        number, what = _watched(kind, first, count, seed)
        if what:
            faults[what.splitlines()[0]] += 1
            _keep(kind, seed, number, what)
        first = number + 1
    return faults


def _watched(kind: str, first: int, end: int, seed: int) -> tuple[int, str]:
    """Use inputs in one process until one has a fault: its number, and what it was; empty at the end."""
    command = [sys.executable, "-m", "tests.fuzz", "--worker", kind, str(first), str(end), str(seed)]
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as worker:
        assert worker.stdout is not None
        number, buffer = first, b""
        began, began_cpu_s, patience_s = time.monotonic(), 0.0, _BEGINNING_S
        looked, fresh = -_POLL_S, False
        with selectors.DefaultSelector() as selector:
            selector.register(worker.stdout, selectors.EVENT_READ)
            while True:
                if selector.select(_POLL_S):
                    new = os.read(worker.stdout.fileno(), 1 << 16)
                    if not new:
                        break
                    *lines, buffer = (buffer + new).split(b"\n")
                    if lines:
                        number, began, patience_s, fresh = int(lines[-1]), time.monotonic(), _LONGEST_S, True
                if time.monotonic() - looked < _POLL_S:  # looking costs more than most inputs
                    continue
                looked = time.monotonic()
                cpu_s, size = _used(worker.pid)
                if fresh:
                    began_cpu_s, fresh = cpu_s, False
                # Of its own time, since others may use the machine; and a process may wait for ever without using any.
                if cpu_s - began_cpu_s > patience_s or time.monotonic() - began > _STARVED * patience_s:
                    _end(worker)
                    return number, f"{kind}: more than {_LONGEST_S:.0f} s"
                if size > _MOST_BYTES:
                    _end(worker)
                    return number, f"{kind}: {size >> 20} MB"
        code = worker.wait()
        said.seek(0)
        text = said.read().decode(errors="replace").strip()
    if code == 0:
        return end, ""
    return number, f"{kind}: {text.splitlines()[-1][:200] if text else f'ended with {code}'}\n{text}"


def _used(process: int) -> tuple[float, int]:
    """Seconds of the processors, and bytes of the largest process, of a process and those that it has started."""
    seconds, most = 0.0, 0
    try:
        top = psutil.Process(process)
        for one in (top, *top.children(recursive=True)):
            times = one.cpu_times()
            seconds += times.user + times.system + getattr(times, "children_user", 0.0)
            most = max(most, one.memory_info().rss)
    except psutil.Error:  # it has just ended
        pass
    return seconds, most


def _end(worker: "subprocess.Popen[bytes]") -> None:
    for one in (*psutil.Process(worker.pid).children(recursive=True), worker):
        one.kill()


def _keep(kind: str, seed: int, number: int, what: str) -> None:
    name, data = importlib.import_module(f"tests.fuzz.{kind}").mutated(random.Random(f"{seed} {kind} {number}"))
    folder = _OUT / f"{kind}-{seed}-{number}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    (folder / "fault.txt").write_text(what)
    print(f"{folder / name}: {what.splitlines()[0]}", flush=True)


def _work(kind: str, first: int, end: int, seed: int) -> None:
    """The worker: say each input's number, then use it."""
    if kind in ("media", "sessions"):
        warm.install()
    module = importlib.import_module(f"tests.fuzz.{kind}")
    with tempfile.TemporaryDirectory() as folder:
        # The first one only loads the libraries.
        for number in (-1, *range(first, end)):
            if number >= 0:
                print(number, flush=True)
            name, data = module.mutated(random.Random(f"{seed} {kind} {number}"))
            own = Path(folder) / str(number)
            own.mkdir()
            (own / name).write_bytes(data)
            module.use(own / name)
            shutil.rmtree(own)


def _again(path: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        try:
            importlib.import_module(f"tests.fuzz.{path.resolve().parent.name.partition('-')[0]}").use(copy)
        except Exception:
            traceback.print_exc()
            return 1
    print("No fault.")
    return 0


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[0] == "--worker":
        _work(words[1], *map(int, words[2:]))
    elif words[0] == "--again":
        sys.exit(_again(Path(words[1])))
    else:
        sys.exit(main(int(words[0]), int(words[1]), words[2:] or list(KINDS)))
