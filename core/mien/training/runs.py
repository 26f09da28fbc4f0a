"""Trainings on a person's own pictures: each has a folder with all it needs to be started, resumed and evaluated."""

import re
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from mien import language
from mien.curation.split import Split
from mien.errors import MienError
from mien.training.folder import EVENTS, RESULT, alone
from mien.utils import paths
from mien.utils.dataclass_io import from_dict
from mien.utils.files import free_path, reason_about, write_atomic, writing
from mien.utils.json_io import read_json, to_json
from mien.utils.names import shortened

_PLAN, _SPLIT, _CONFIG = "plan.json", "split.json", "config.toml"
_MODEL = "model"
CROPS = " faces"
"""How the name of a folder ends that has crops made for a training; before it stands when, and a number may follow."""
_CROPS = re.compile(rf" [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} [0-9]{{2}}\.[0-9]{{2}}\.[0-9]{{2}}{CROPS}( [0-9]+)?$")
_LONGEST = 200  # bytes of the data's name in that of the folder
_SURELY_UNCLAIMED_S = 7 * 86_400.0  # without a change; a window in which nothing was begun may be open for days


@dataclass(frozen=True)
class Plan:
    """What a person chose for a training."""

    data: str
    """Folder of class sub-folders, or a CSV file."""
    start: str
    """Name of the model that learns on, with which the new one is compared."""
    reference: str = ""
    """FERPlus's folder, to see what was forgotten; empty where there is none."""
    created: str = ""
    """Local time, as in 2025-01-31 14:05."""


@dataclass(frozen=True)
class Run:
    """A training and its files."""

    folder: Path

    @property
    def plan(self) -> Plan:
        """What the person chose.

        Raises:
            MienError: the folder holds no training.
        """
        try:
            return from_dict(Plan, read_json(self.folder / _PLAN), _PLAN)
        except (OSError, MienError) as error:
            raise MienError(
                language.tr("{} holds no training: {}.").format(self.folder, reason_about(self.folder / _PLAN, error))
            ) from error

    @property
    def split(self) -> Path:
        """Which pictures are learned from and which validate."""
        return self.folder / _SPLIT

    @property
    def config(self) -> Path:
        """The settings."""
        return self.folder / _CONFIG

    @property
    def events(self) -> Path:
        """The events of the training while it runs."""
        return self.folder / EVENTS

    @property
    def model(self) -> Path:
        """Card of the finished model."""
        return self.folder / f"{_MODEL}.json"

    @property
    def result(self) -> Path:
        """The comparison with the model it came from; the last file that is written."""
        return self.folder / RESULT

    @property
    def finished(self) -> bool:
        """Whether it ran to its end."""
        return self.result.is_file()

    @property
    def words(self) -> list[str]:
        """The command that starts or resumes it, without `mien`."""
        plan = self.plan
        words = [plan.data, "--config", self.config, "--split", self.split, "--out", self.folder, "--name", _MODEL]
        if plan.reference:
            words += ["--reference", plan.reference]
        return ["train", *map(str, words), "--judge"]

    def remove(self) -> None:
        """Delete it, with the crops that were made for it and no other. A model that was kept stays.

        Raises:
            MienError: it is running, the folder cannot be written, or holds no training.
        """
        data = Path(self.plan.data)
        with alone(self.folder):
            pass  # no process writes into it, which would make the folder anew
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                elif path.name != _PLAN:  # it goes last: what a kill leaves is listed, and can be deleted again
                    path.unlink()
        shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(MienError):  # another training does not say whose crops it has
            if _are_crops(data) and data not in _claimed():
                shutil.rmtree(data, ignore_errors=True)


def create(plan: Plan, config: str, split: Split) -> Run:
    """Make a training's folder; nothing runs yet.

    Args:
        plan: its `created` is filled in.
        config: TOML for `mien.training.config.load`.
        split: of the data.

    Raises:
        MienError: the folder cannot be written.
    """
    now = time.localtime()
    with writing(paths.user_trainings()):
        folder = free_path(paths.user_trainings(), _dated(Path(plan.data), now), between=" ")
    run = Run(folder)
    with writing(folder):
        write_atomic(run.config, config.encode())
        split.save(run.split)
        values = {**asdict(plan), "created": time.strftime("%Y-%m-%d %H:%M", now)}
        write_atomic(folder / _PLAN, to_json(values, indent=1))  # last: it is what makes it listed
    return run


def runs() -> list[Run]:
    """All trainings, the newest first."""
    found: list[tuple[float, Run]] = []
    for path in paths.user_trainings().glob(f"*/{_PLAN}"):
        with suppress(OSError):  # another window has deleted it meanwhile
            found.append((path.stat().st_mtime, Run(path.parent)))
    return [run for _, run in sorted(found, key=lambda one: one[0], reverse=True)]


def crops_name(data: Path, now: time.struct_time) -> str:
    """The name of a folder among the trainings for the faces that are cut out of a folder's or table's pictures."""
    return f"{_dated(data, now)}{CROPS}"


def _dated(data: Path, now: time.struct_time) -> str:
    return f"{shortened(data.stem, _LONGEST)} {time.strftime('%Y-%m-%d %H.%M.%S', now)}"


def _are_crops(data: Path) -> bool:
    return data.parent == paths.user_trainings() and _CROPS.search(data.name) is not None


def _claimed() -> set[Path]:
    """The data of all trainings.

    Raises:
        MienError: one of them does not say what it is of.
    """
    return {Path(run.plan.data) for run in runs()}


def remove_unclaimed_crops() -> None:
    """Delete faces that were cut out for a training that was never begun, since a kill ended the window before.

    Nothing is deleted where a training does not say whose they are.
    """
    folder = paths.user_trainings()
    try:
        claimed = _claimed()
    except MienError:
        return
    latest = time.time() - _SURELY_UNCLAIMED_S  # noqa: TID251  # files have the system's times
    for path in folder.glob(f"*{CROPS}*"):
        own = _CROPS.search(path.name) and path.is_dir() and not path.is_symlink()
        if own and path not in claimed and path.stat().st_mtime < latest:
            shutil.rmtree(path, ignore_errors=True)
