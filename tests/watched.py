"""Runs a command on a machine that seems new, and tells what it asked the network for and which files it wrote.

Every system call of the command and of all that it starts is seen, whatever library makes it: `strace` (Linux).
"""

import ipaddress
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_CALLS = (
    "bind,connect,sendto,sendmsg,sendmmsg,open,openat,openat2,creat,truncate,mkdir,mkdirat,mknod,mknodat,"
    "rename,renameat,renameat2,link,linkat,symlink,symlinkat"
)
_STRACE = ["strace", "-ff", "-qq", "-s", "4096", "--seccomp-bpf", "-e", f"trace={_CALLS}", "-e", "signal=none"]
_DNS = 53
_INET = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')
_RESOLVER = re.compile(r'sun_path="[^"]*systemd/resolve')  # names are also asked for through this socket
_TO_WRITE = re.compile(r"^open(?:at2?)?\(.*O_(?:WRONLY|RDWR|CREAT|TRUNC)")
_MAKING = re.compile(r"^open(?:at2?)?\(.*O_(?:CREAT|TRUNC|TMPFILE)")
_NO_FILES = ("/dev/", "/proc/", "/sys/")
_TIMEOUT_S = 120


@dataclass(frozen=True)
class Seen:
    """What one command did."""

    code: int
    said: str
    left: list[str]
    """System calls towards anything but this machine, name look-ups among them."""
    listens: list[str]
    """System calls that take a port of any address, this machine's own among them."""
    written: list[Path]
    """Files and folders that it made or changed."""


@dataclass(frozen=True)
class NewMachine:
    """A home, a folder for temporary files and one to work in, all empty."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def temporary(self) -> Path:
        return self.folder / "temporary"

    @property
    def work(self) -> Path:
        return self.folder / "work"

    def run(self, *command: str) -> Seen:
        """Run a command in the work folder, with nothing of this process's environment but where programs are."""
        for folder in (self.home, self.temporary, self.work, self.folder / "trace"):
            folder.mkdir(parents=True, exist_ok=True)
        environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ} | {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "OMP_WAIT_POLICY": "PASSIVE",
            "PYTHONDONTWRITEBYTECODE": "1",  # Python's own files beside the modules are not Mien's doing
        }
        began = (self.folder / "trace").stat().st_mtime
        done = subprocess.run(
            [*_STRACE, "-o", str(self.folder / "trace" / "of"), *command],
            cwd=self.work,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_TIMEOUT_S,
            check=False,
        )
        lines = [
            line
            for trace in sorted((self.folder / "trace").iterdir())
            for line in trace.read_text(errors="replace").splitlines()
        ]
        written = sorted({path for line in lines for path in _written(line, self.work, began)})
        return Seen(
            done.returncode,
            done.stdout,
            [line for line in lines if leaves(line)],
            [line for line in lines if listens(line)],
            written,
        )

    def strays(self, seen: Seen) -> list[Path]:
        """What was written outside the work folder, the one for temporary files and Mien's own; what was left there."""
        own = [self.home / base / "mien" for base in (".cache", ".config", ".local/share", ".local/state")]
        kept = (self.work, self.temporary, *own)
        above = {parent for folder in own for parent in folder.parents}
        strays = [path for path in seen.written if path not in above and not any(map(path.is_relative_to, kept))]
        return strays + sorted(self.temporary.iterdir())


@cache
def why_not() -> str:
    """Why nothing can be watched here; empty where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run([*_STRACE, "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"strace does not work here: {tried.stderr.strip()}"


def leaves(line: str) -> bool:
    """Whether a system call is for another machine, or asks for another machine's address."""
    if not line.startswith(("connect(", "send")):
        return False
    if _RESOLVER.search(line):
        return True
    return any(int(port) == _DNS or not _is_here(to) for port, to in _INET.findall(line))


def listens(line: str) -> bool:
    """Whether a system call takes a port that others can reach or send to."""
    return line.startswith("bind(") and bool(_INET.search(line))


def _is_here(address: str) -> bool:
    known = ipaddress.ip_address(address)
    return (getattr(known, "ipv4_mapped", None) or known).is_loopback


def _written(line: str, folder: Path, began: float) -> list[Path]:
    """What a system call made or changed. Relative paths are those of the folder."""
    if " = -1 " in line or line.startswith(("bind(", "connect(", "send")):
        return []
    if line.startswith("open") and not _TO_WRITE.match(line):
        return []
    paths = [folder / name for name in re.findall(r'"((?:[^"\\]|\\.)*)"', line)]
    if line.startswith("open") and not _MAKING.match(line):
        # fontconfig opens the machine's own list of fonts so, to lock it while it reads it.
        paths = [path for path in paths if not path.exists() or path.stat().st_mtime >= began]
    return [path for path in paths if not str(path).startswith(_NO_FILES)]
