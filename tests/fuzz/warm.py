"""Starts programs of the product without the second that Python and its libraries take to load.

Videos and tables are read in processes of their own, by the programs `trial.py` and `table_reader.py`. Here a process
that has loaded what they need forks for each: what runs, its limits and how it is ended are the product's own. One in
`_AS_IT_IS` programs is started as the product starts it.
"""

import contextlib
import hashlib
import importlib
import itertools
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

_AS_IT_IS = 25
_KEPT = 50
_LIBRARIES = ("av", "numpy", "psutil", "pyarrow", "pyarrow.parquet")


class WarmPrograms:
    """Stands for the module `subprocess` where a program is started. Of one thread; one program at a time."""

    DEVNULL, PIPE = subprocess.DEVNULL, subprocess.PIPE
    TimeoutExpired = subprocess.TimeoutExpired

    def __init__(self) -> None:
        """Fork the process that the others will be forked from; before this one has any threads."""
        self._numbers = itertools.count(1)
        self._said: dict[tuple[bytes, str], subprocess.CompletedProcess[bytes]] = {}
        self._own, theirs = socket.socketpair()
        if os.fork() == 0:
            self._own.close()
            _serve(theirs)
        theirs.close()

    def Popen(self, command: list[str], **options: Any) -> Any:
        """Start a program that is not listened to."""
        if next(self._numbers) % _AS_IT_IS == 0:
            return subprocess.Popen(command, **options)
        return _Program(self._own, command, os.devnull)

    def run(self, command: list[str], *, timeout: float, **options: Any) -> "subprocess.CompletedProcess[bytes]":
        """Run a program that reads a file, and take what it says, or what it said of the same good file."""
        path = Path(command[3])
        key = hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest(), command[4]
        if key not in self._said:
            done = self._run(command, timeout=timeout, **options)
            if done.returncode or len(self._said) > _KEPT:
                return done
            self._said[key] = done
        return self._said[key]

    def _run(self, command: list[str], *, timeout: float, **options: Any) -> "subprocess.CompletedProcess[bytes]":
        if next(self._numbers) % _AS_IT_IS == 0:
            return subprocess.run(command, timeout=timeout, **options)
        with open(os.memfd_create("said"), "rb") as said:
            program = _Program(self._own, command, f"/proc/{os.getpid()}/fd/{said.fileno()}")
            try:
                code = program.wait(timeout)
            finally:
                program.kill()
            return subprocess.CompletedProcess(command, code, said.read(), b"")


class _Program:
    """What `Popen` gives, as far as the product uses it."""

    def __init__(self, server: socket.socket, command: list[str], out: str) -> None:
        self._server, self._command = server, command
        server.sendall(json.dumps([command[2:], out]).encode() + b"\n")
        self.pid, self._code = int(self._line()), None

    def _line(self) -> str:
        line = b""
        while not line.endswith(b"\n"):
            line += self._server.recv(1)
        return line.decode()

    def wait(self, timeout: float | None = None) -> int:
        if self._code is None:
            self._server.settimeout(timeout)
            try:
                self._code = int(self._line())
            except TimeoutError:
                raise subprocess.TimeoutExpired(self._command, timeout or 0.0) from None
            finally:
                self._server.settimeout(None)
        return self._code

    def kill(self) -> None:
        if self._code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait()


def _serve(client: socket.socket) -> None:
    with open(os.devnull, "r+b") as nothing:
        os.dup2(nothing.fileno(), 1)  # whoever waits for the end of the other process hears of it
    for library in _LIBRARIES:
        importlib.import_module(library)
    with client.makefile("r") as asked:
        for line in asked:
            program, out = json.loads(line)
            child = os.fork()
            if child == 0:
                _run(program, out)
            client.sendall(b"%d\n" % child)
            _, status = os.waitpid(child, 0)
            client.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _run(program: list[str], out: str) -> None:
    """Be a program: never returns."""
    code = 1
    try:
        with open(os.devnull, "r+b") as nothing, open(out, "wb") as said:
            os.dup2(nothing.fileno(), 0)
            os.dup2(said.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        sys.argv = program
        runpy.run_path(program[0], run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    os._exit(code)


def install() -> None:
    """Let the product's programs be started warm, where processes can fork."""
    if not hasattr(os, "memfd_create"):
        return
    warm: Any = WarmPrograms()
    from mien.session import table_process
    from mien.video import trial

    table_process.subprocess = trial.subprocess = warm  # type: ignore[attr-defined]
