"""Writes `constraints.txt`: this environment's versions of all that Mien needs. Run it where all tests pass."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent
CONSTRAINTS = HERE / "constraints.txt"


def main() -> None:
    """Walk through what Mien needs, and what that needs."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    found: dict[str, str] = {}
    while waiting:
        asked = Requirement(waiting.pop())
        name = canonicalize_name(asked.name)
        environments = [{"extra": extra} for extra in ("", *asked.extras)]
        if name in (*found, "mien") or (asked.marker and not any(map(asked.marker.evaluate, environments))):
            continue
        try:
            own = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another system
        found[name] = re.sub(r"\+.*", "", own.version)  # builds of PyTorch differ in what follows the +
        waiting += [one for one in own.requires or () if "extra ==" not in one or any(e in one for e in asked.extras)]
    # Two builds of OpenCV share one folder: that of the slim set is never here.
    kept = re.findall(r"^(opencv-python-headless)==(.*)$", CONSTRAINTS.read_text(encoding="utf-8"), re.MULTILINE)
    found |= dict(kept)
    lines = ["# The versions with which all tests pass; `python requirements/update.py` writes this file."]
    lines += [f"{name}=={version}" for name, version in sorted(found.items())]
    CONSTRAINTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
