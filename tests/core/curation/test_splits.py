"""What a split keeps together, and what becomes of it when pictures are added."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.curation.report import examine, relabelled
from mien.curation.split import guess, split
from mien.errors import MienError


def write(path: Path, seed: int) -> None:
    """A smooth pattern, as unlike those of other seeds as two photos are."""
    noise = np.random.default_rng(seed).integers(0, 255, (10, 10), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), cv2.resize(noise, (64, 64), interpolation=cv2.INTER_CUBIC))


@pytest.mark.parametrize("inside", ["{}_{:03d}.png", "{}/{:03d}.png"])
def test_clips_stay_together_though_one_has_a_single_picture(tmp_path: Path, inside: str) -> None:
    for i in range(64):
        write(tmp_path / "ab"[i // 8 % 2] / inside.format("clip" + "klmnopqr"[i % 8], i), i)
    write(tmp_path / "a" / inside.format("other", 0), 64)
    made = split(examine(tmp_path))
    assert made.by == ("folder" if "/" in inside else "name")
    judged, learned = ({path.split("/")[1].split("_")[0] for path in side} for side in (made.judge, made.train))
    assert judged
    assert not judged & learned


def test_a_class_that_no_table_could_tell_from_two_is_refused_before_it_is_learned(tmp_path: Path) -> None:
    for i in range(24):
        write(tmp_path / ("fear", "joy or surprise", "calm or")[i % 3] / f"{i}x.png", i)
    seen = examine(tmp_path)
    with pytest.raises(MienError, match="'calm or': in tables 'or' parts one class from another"):
        split(seen)
    named = {"fear": "fear", "joy or surprise": "joy", "calm or": "calm or not"}
    with pytest.raises(MienError, match="calm or not"):
        split(relabelled(seen, named))
    assert set(split(relabelled(seen, named | {"calm or": "calm"})).judge.values()) == {"fear", "joy", "calm"}


def test_pictures_that_are_named_after_their_class_are_split(tmp_path: Path) -> None:
    for i in range(64):
        write(tmp_path / "abcd"[i % 4] / f"{'abcd'[i % 4]}_{i:03d}.png", i)
    seen = examine(tmp_path)
    assert guess(seen) == "picture"
    assert len(split(seen).judge) == 16


@pytest.mark.parametrize("by", ["picture", "name"])
def test_most_pictures_stay_on_their_side_when_others_are_added(tmp_path: Path, by: str) -> None:
    for i in range(160):
        clip = "klmnopqrstuvwxyz"[i // 2 % 16] if by == "name" else i
        write(tmp_path / "all" / "ab"[i % 2] / f"clip{clip}_{i:03d}.png", i)
    shutil.copytree(tmp_path / "all", tmp_path / "some")
    for path in sorted((tmp_path / "some").rglob("*.png"))[::4]:
        path.unlink()
    before, after = (split(examine(tmp_path / name), by=by) for name in ("some", "all"))  # type: ignore[arg-type]
    moved = set(before.train) & set(after.judge)
    assert len(moved) <= len(after.judge) / 4  # of a draw that begins anew it would be half of them


def table_of(folder: Path, names: list[tuple[str, str]]) -> Path:
    for i, (name, _) in enumerate(names):
        write(folder / name, i)
    table = folder / "labels.csv"
    table.write_text("".join(f"{name},{said}\n" for name, said in names))
    return table


@pytest.mark.parametrize("folder", ["", "pictures/"])
def test_pictures_of_a_table_may_lie_in_one_folder(folder: str, tmp_path: Path) -> None:
    names = [(f"{folder}{'klmnopqrstuvwxyz'[i]}.png", "ab"[i % 2]) for i in range(16)]
    made = split(examine(table_of(tmp_path, names)))
    assert (len(made.train), len(made.judge), made.by) == (12, 4, "picture")


@pytest.mark.parametrize(
    "inside", ["{subject}/{said}{n}.png", "pictures/{subject}/{said}{n}.png", "{said}/{subject}/{n}.png"]
)
def test_subjects_of_a_table_stay_together(inside: str, tmp_path: Path) -> None:
    names = [
        (inside.format(subject=f"S{i % 8}", said="ab"[i // 8 % 2], n=i // 16), "ab"[i // 8 % 2]) for i in range(32)
    ]
    made = split(examine(table_of(tmp_path, names)))
    judged, learned = (
        {part for path in side for part in path.split("/") if part[0] == "S"} for side in (made.judge, made.train)
    )
    assert made.by == "folder"
    assert judged
    assert not judged & learned


def test_a_table_whose_pictures_cannot_be_read_is_not_split(tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("a.png,a\nb.png,b\n")
    with pytest.raises(MienError, match="a has too few different pictures"):
        split(examine(table))


@pytest.mark.parametrize("name", ["train", "Train"])
def test_a_folder_that_is_divided_already_has_no_class_of_that_name(name: str, tmp_path: Path) -> None:
    for i in range(4):
        write(tmp_path / (name, "valid")[i // 2] / "ab"[i % 2] / "1.png", i)
    with pytest.raises(MienError, match=f"is divided into {name}, valid"):
        examine(tmp_path)
