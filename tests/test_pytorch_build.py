"""Which build of PyTorch `make run` installs; pip and nvidia-smi are replaced by scripts that only answer."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one build")


def installed(folder: Path, gpu: str, refused: str) -> tuple[str, list[str]]:
    """What is said, and what pip is asked for in turn.

    Args:
        folder: an empty folder.
        gpu: what nvidia-smi prints; "" where it fails.
        refused: a pattern; pip fails where its arguments match.
    """
    for name, script in (
        ("nvidia-smi", f'[ -n "{gpu}" ] && echo "{gpu}"'),
        ("python", f'echo "$@" >> {folder}/asked; ! echo "$@" | grep -qE "{refused}"'),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o700)
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    command = ["sh", str(ROOT / ".ci" / "pytorch.sh"), str(folder / "python")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout, re.findall(r"torch==\S+", (folder / "asked").read_text())


@pytest.mark.parametrize(
    ("gpu", "refused", "said", "asked"),
    [
        ("NVIDIA H100", "^$", "with CUDA, since there is an NVIDIA GPU: NVIDIA H100.", ["{}"]),
        ("", "^$", "for the CPU, since nvidia-smi finds no NVIDIA GPU.", ["{}+cpu"]),
        ("", r"\+cpu$", "for the CPU", ["{}+cpu", "{}+cpu"]),
        ("", r"\+cpu", "cannot be had from here", ["{}+cpu", "{}+cpu", "{}"]),
    ],
)
def test_cuda_only_with_a_gpu(gpu: str, refused: str, said: str, asked: list[str], tmp_path: Path) -> None:
    printed, found = installed(tmp_path, gpu, refused)
    pinned = re.search(r'"(torch==[\d.]+)"', (ROOT / "pyproject.toml").read_text())
    assert pinned is not None
    assert said in printed
    assert found == [one.format(pinned[1]) for one in asked]
