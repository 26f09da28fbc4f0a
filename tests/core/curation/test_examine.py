import json
import os
import random
import shutil
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.cli.main import main
from mien.curation.near_duplicates import group_near_duplicates
from mien.curation.report import DatasetReport, examine
from mien.curation.split import guess, split
from mien.errors import MienError


def picture(seed: int) -> np.ndarray:  # type: ignore[type-arg]
    """A smooth pattern, as unlike those of other seeds as two photos are."""
    noise = np.random.default_rng(seed).integers(0, 255, (10, 10), dtype=np.uint8)
    return cv2.resize(noise, (64, 64), interpolation=cv2.INTER_CUBIC)


def write(path: Path, image: np.ndarray) -> None:  # type: ignore[type-arg]
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), image)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two classes of 24 pictures."""
    root = tmp_path / "faces"
    for i in range(48):
        write(root / "ab"[i % 2] / f"{i:02d}.png", picture(i))
    return root


def kinds(seen: DatasetReport) -> list[str]:
    return sorted(finding.kind for finding in seen.findings)


def test_a_sound_folder_has_no_findings(folder: Path) -> None:
    seen = examine(folder)
    assert seen.counts() == {"a": 24, "b": 24}
    assert seen.findings == ()
    assert len(set(seen.groups)) == 48


def test_everything_that_is_wrong_is_found(folder: Path) -> None:
    (folder / "a" / "broken.png").write_bytes(b"\x89PNG no")
    (folder / "a" / "empty.jpg").touch()
    write(folder / "a" / "small.png", cv2.resize(picture(100), (16, 16), interpolation=cv2.INTER_AREA))
    shutil.copy(folder / "a" / "00.png", folder / "a" / "copy.png")
    write(folder / "a" / "near.jpg", cv2.resize(picture(2), (48, 48), interpolation=cv2.INTER_AREA))
    write(folder / "b" / "other.jpg", picture(4))
    (folder / "c").mkdir()
    write(folder / "d" / "0.png", picture(200))
    (folder / "a" / "loop").symlink_to(folder)
    seen = examine(folder)
    assert kinds(seen) == sorted(["unreadable", "tiny", "copies", "near copies", "two labels", "no pictures", "few"])
    said = {finding.kind: finding for finding in seen.findings}
    assert {path.name for path in said["unreadable"].paths} == {"broken.png", "empty.jpg"}
    assert {path.name for path in said["copies"].paths} == {"00.png", "copy.png"}
    assert {path.name for path in said["near copies"].paths} == {"02.png", "near.jpg", "04.png", "other.jpg"}
    assert {path.name for path in said["two labels"].paths} == {"04.png", "other.jpg"}
    assert "d has only 1" in said["few"].message


def test_what_is_no_labelled_folder_is_said(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(MienError, match="does not exist"):
        examine(tmp_path / "nothing")
    (tmp_path / "none").mkdir()
    with pytest.raises(MienError, match="0 classes"):
        examine(tmp_path / "none")
    shutil.rmtree(folder / "b")
    with pytest.raises(MienError, match="1 class with"):
        examine(folder)
    table = tmp_path / "t.csv"
    table.write_text("only one cell\n")
    with pytest.raises(MienError, match="a path and a label"):
        examine(table)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission(folder: Path) -> None:
    closed = folder / "a" / "closed"
    closed.mkdir(mode=0)
    assert any("may not be read" in finding.message for finding in examine(folder).findings)


def test_a_table_of_paths_and_labels(folder: Path, tmp_path: Path) -> None:
    lines = [
        f"faces/{p.parent.name}/{p.name},{'x' if i % 3 else 'y'}" for i, p in enumerate(sorted(folder.rglob("*.png")))
    ]
    table = tmp_path / "labels.csv"
    table.write_text("path,label\n" + "\n".join(lines))
    seen = examine(table)
    assert seen.counts() == {"x": 32, "y": 16}
    made = split(seen)
    assert len(made.train) + len(made.judge) == 48


def test_a_hundred_thousand_pictures_are_compared() -> None:
    dice = random.Random(0)
    hashes = [dice.getrandbits(64) for _ in range(100_000)]
    for i in range(0, 1000, 2):
        hashes[i + 1] = hashes[i] ^ sum(1 << bit for bit in dice.sample(range(64), 5))
    groups = group_near_duplicates(hashes)  # pair by pair it would take hours
    assert all(groups[i] == groups[i + 1] for i in range(0, 1000, 2))
    assert len(set(groups)) == 99_500


def test_no_near_copy_stands_on_both_sides(folder: Path) -> None:
    for i in range(12):
        write(folder / "ab"[i % 2] / f"again{i}.jpg", cv2.GaussianBlur(picture(i), (3, 3), 0))
    seen = examine(folder)
    for seed in range(5):
        made = split(seen, by="picture", seed=seed)
        judged = set(made.judge)
        assert not judged & set(made.train)
        assert 0.15 < len(judged) / len(seen.pictures) < 0.35
        for i in range(12):
            name = "ab"[i % 2]
            assert (f"{name}/{i:02d}.png" in judged) == (f"{name}/again{i}.jpg" in judged)


def test_subjects_and_clips_stay_together(tmp_path: Path) -> None:
    for i in range(80):
        subject, label = i % 8, "ab"[i // 8 % 2]
        write(tmp_path / "by folder" / label / f"subject{subject}" / f"{i}.png", picture(i))
        write(tmp_path / "by name" / label / f"clip{'klmnopqr'[subject]}_{i:03d}.png", picture(i))
    for name, by in (("by folder", "folder"), ("by name", "name")):
        seen = examine(tmp_path / name)
        assert guess(seen) == by
        made = split(seen)
        assert made.by == by

        def who(path: str) -> str:
            return path.split("/")[1] if path.count("/") > 1 else path.split("/")[1][:5]

        judged, learned = {who(path) for path in made.judge}, {who(path) for path in made.train}
        assert judged
        assert not judged & learned


def test_what_is_left_out_is_on_no_side_and_too_little_is_said(folder: Path) -> None:
    seen = examine(folder)
    out = frozenset(p.path for p in seen.pictures if p.label == "a")
    with pytest.raises(MienError, match="a has too few"):
        split(seen, left_out=out)
    few = frozenset(sorted(out)[:10])
    made = split(seen, left_out=few)
    assert len(made.train) + len(made.judge) == 38


def test_the_command(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(folder / "a" / "00.png", folder / "b" / "again.png")
    files = ["--split", str(tmp_path / "s.json"), "--json", str(tmp_path / "e.json")]
    assert main(["examine", str(folder), *files]) == 0
    assert "The same picture is labelled a and b" in capsys.readouterr().out
    assert json.loads((tmp_path / "e.json").read_bytes())["counts"] == {"a": 24, "b": 25}
    made = json.loads((tmp_path / "s.json").read_bytes())
    assert len(made["train"]) + len(made["judge"]) == 49
    assert main(["examine", str(tmp_path / "nothing")]) == 2


def test_a_list_that_names_what_cannot_be_a_file(tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("path,label\n" + "\n".join(f"{'x' * 5000}\\{i}.png,{'ab'[i % 2]}" for i in range(4)))
    assert any("cannot be" in finding.message for finding in examine(table).findings)
