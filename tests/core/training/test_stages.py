"""A config whose training needs others before it: all of them from one command, each once, resumed to the bit."""

import zipfile
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from mien.cli.main import main
from mien.errors import MienError
from mien.models import weights
from mien.models.cards import read_card
from mien.training import config as configs
from mien.training.config import TrainConfig
from mien.training.freezing import train_mode
from mien.training.stages import load_data, prepared, train_stages
from mien.training.trainer import Trainer
from mien.utils.lock import locked

NETWORK = """
[network]
backbone = "test_vit"
input_size = 32
crop_size = 32
standardise = true
oversampling = 0.0
sr_width = 8
sr_blocks = 1
ltr_width = 8
ltr_patch = 4
head_width = 16
classes = ["a", "b"]
"""
COMMON = 'loss = "ce"\nepochs = 1\nbatch_size = 8\nstart = "random"\n'
TEACHER = COMMON + "restoration = 0.0\n" + NETWORK + 'up = "bilinear"\ndown = "bilinear"\n'
RESTORING = (
    COMMON
    + 'trained = "super-resolution"\nrecognition = 0.0\nfeatures = 0.1\n'
    + 'unlabelled = "web.zip"\nunlabelled_share = 1.0\n'
    + NETWORK.replace("test_vit", "face_mobilenet")  # whose features are compared
    + 'up = "blind-sr"\n'
)


@pytest.fixture
def configs_folder(tmp_path: Path, class_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Configs of a teacher, a super-resolution and a student of both, and faces without labels beside the data."""
    folder = tmp_path / "configs"
    folder.mkdir()
    (folder / "teacher.toml").write_text(TEACHER)
    (folder / "restoring.toml").write_text(RESTORING)
    student = COMMON.replace("random", "teacher") + (
        'stages = ["teacher", "restoring"]\nresizer_start = "restoring"\nteachers = ["teacher"]\n'
        'teacher_targets = "in turn"\ndistil = 0.5\nunlabelled = "web.zip"\nunlabelled_share = 0.25\n'
    )
    (folder / "student.toml").write_text(student + NETWORK + 'up = "blind-sr"\n')
    monkeypatch.setattr(configs, "_CONFIGS", folder)
    rng = np.random.default_rng(1)
    with zipfile.ZipFile(class_folder.parent / "web.zip", "w") as archive:
        for i in range(24):
            face = cv2.GaussianBlur(rng.integers(0, 255, (160, 160), dtype=np.uint8), (0, 0), 3)
            archive.writestr(f"{i:02d}.jpg", cv2.imencode(".jpg", face)[1].tobytes())
    return folder


@pytest.fixture
def stages(configs_folder: Path, class_folder: Path, tmp_path: Path) -> dict[str, Path]:
    """The cards of what the student needs before it, trained."""
    models = train_stages(configs.load("student"), class_folder, tmp_path / "stages", quiet=True)
    assert models is not None
    return models


def student(stages: dict[str, Path], data: Path, epochs: int) -> TrainConfig:
    return replace(prepared(configs.load("student"), data, stages), epochs=epochs)


@pytest.mark.slow
def test_one_command_trains_every_stage_once(
    configs_folder: Path, class_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["train", str(class_folder), "--config", "student", "--out", str(tmp_path / "out")]
    assert main(words) == 0
    stages = tmp_path / "out" / "stages"
    times = {name: (stages / name / f"{name}.json").stat().st_mtime_ns for name in ("teacher", "restoring")}
    card = read_card(str(tmp_path / "out" / "student.json"))
    assert card.training["teachers"] == ["teacher"]
    assert card.training["unlabelled"] == "web.zip"
    assert card.training["resizer_start"] == "restoring"
    assert str(tmp_path) not in str(card)  # a path would say more of the machine than of the model
    assert "22 web faces without labels" in card.limits  # two of the 24 were put aside
    assert set(card.metrics["restoration"]["48"]) == {"sr", "bicubic"}
    # The super-resolution is the stage's, moved on a little; the rest began as the teacher.
    student, _ = weights.load(str(tmp_path / "out" / "student.json"))
    restoring, _ = weights.load(str(stages / "restoring" / "restoring.json"))
    assert student.superres is not None
    assert restoring.superres is not None
    assert torch.allclose(student.superres.enter.weight, restoring.superres.enter.weight, atol=0.01)
    # Again: nothing is trained anew.
    assert main([*words[:-1], str(tmp_path / "other"), "--stages", str(stages)]) == 0
    assert times == {name: (stages / name / f"{name}.json").stat().st_mtime_ns for name in times}


def test_the_super_resolution_alone_learns_in_its_stage(
    configs_folder: Path, class_folder: Path, tmp_path: Path
) -> None:
    config = prepared(configs.load("restoring"), class_folder, {})
    trainer = Trainer(config, load_data(config, class_folder), tmp_path / "run", quiet=True)
    before = {name: value.clone() for name, value in trainer.network.state_dict().items()}
    train_mode(trainer.network)
    classifying = trainer.network.head.register_forward_hook(lambda *_: pytest.fail("a face was classified in vain"))
    trainer.train_step()
    classifying.remove()
    card = trainer.run()
    assert {"n", "restoration"} <= set(read_card(str(card)).metrics)
    assert "accuracy" not in read_card(str(card)).metrics  # that of a head that never learned
    changed = {
        name.split(".")[0]
        for name, value in trainer.network.state_dict().items()
        if not torch.equal(value, before[name])
    }
    assert changed == {"superres"}


def test_the_resizer_learns_alone_before_a_finished_network(
    stages: dict[str, Path], class_folder: Path, tmp_path: Path
) -> None:
    config = replace(student(stages, class_folder, epochs=1), trained="neural resizer", distil=1.0)
    trainer = Trainer(config, load_data(config, class_folder), tmp_path / "run", quiet=True)
    train_mode(trainer.network)
    assert [name for name, part in trainer.network.named_children() if part.training] == ["superres", "resizer"]
    card = trainer.run()
    made, teacher, restoring = (weights.load(str(path))[0] for path in (card, stages["teacher"], stages["restoring"]))
    own = made.state_dict()
    for name, value in teacher.state_dict().items():
        assert torch.equal(own[name], value), name
    assert made.superres is not None
    assert restoring.superres is not None
    assert not torch.equal(made.superres.enter.weight, restoring.superres.enter.weight)
    assert not torch.equal(own["resizer.out.weight"], restoring.state_dict()["resizer.out.weight"])


@pytest.mark.slow
def test_stopped_among_faces_without_labels_it_ends_in_the_same_bits(
    stages: dict[str, Path], class_folder: Path, tmp_path: Path
) -> None:
    config = student(stages, class_folder, epochs=2)
    data = load_data(config, class_folder)

    def trained(folder: str, stop_at: int | None) -> dict[str, torch.Tensor]:
        steps = iter(range(1, 1000))
        while True:
            stop = (lambda: next(steps) == stop_at) if stop_at else (lambda: False)
            card = Trainer(config, data, tmp_path / folder, quiet=True, should_stop=stop).run()
            if card is not None:
                return weights.load(str(card))[0].state_dict()

    whole, resumed = trained("whole", None), trained("resumed", 3)
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_each_process_of_a_training_goes_on_to_the_next_stage(
    configs_folder: Path, class_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Second:
        """What the second of two processes has: nothing is written, and nothing returned."""

        def __init__(self, *_: object, **__: object) -> None:
            self.step, self.total_steps, self.fabric = 0, 3, self

        def run(self) -> None:
            self.step = done

        def barrier(self) -> None:
            waited.append(done)

    waited: list[int] = []
    monkeypatch.setattr("mien.training.stages.Trainer", Second)
    monkeypatch.setattr("mien.training.stages.load_data", lambda *_: None)
    done = 3
    models = train_stages(configs.load("student"), class_folder, tmp_path / "stages", quiet=True)
    assert list(models or {}) == ["teacher", "restoring"]
    assert waited == [3, 3]
    done = 2  # asked to stop
    assert train_stages(configs.load("student"), class_folder, tmp_path / "stages", quiet=True) is None


def test_two_trainings_do_not_train_one_stage(configs_folder: Path, class_folder: Path, tmp_path: Path) -> None:
    stages = tmp_path / "stages"
    with locked(stages / "teacher", "busy"), pytest.raises(MienError, match="teacher is in use by another training"):
        train_stages(configs.load("student"), class_folder, stages, quiet=True)


def test_a_network_may_be_put_together_without_learning(
    stages: dict[str, Path], class_folder: Path, tmp_path: Path
) -> None:
    config = student(stages, class_folder, epochs=0)
    card = Trainer(config, load_data(config, class_folder), tmp_path / "run", quiet=True).run()
    made, teacher, restoring = (weights.load(str(path))[0] for path in (card, stages["teacher"], stages["restoring"]))
    assert torch.equal(made.head[-1].weight, teacher.head[-1].weight)
    assert torch.equal(made.superres.enter.weight, restoring.superres.enter.weight)


def test_faces_without_labels_need_teachers_at_each_step() -> None:
    with pytest.raises(MienError, match='teacher_targets = "each step"'):
        TrainConfig(unlabelled="web.zip", unlabelled_share=0.5)
    with pytest.raises(MienError, match="unlabelled_share"):
        TrainConfig(unlabelled="web.zip")


@pytest.mark.parametrize("name", ["../teacher.toml", "a/../../teacher.toml", "{0}/teacher.toml"])
def test_no_stage_is_trained_outside_the_folder(
    name: str, configs_folder: Path, class_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    for path in (tmp_path, tmp_path / "in"):
        (path / "teacher.toml").write_text(TEACHER)
    monkeypatch.chdir(tmp_path / "in")
    config = replace(configs.load("teacher"), stages=(name.format(configs_folder),))
    with pytest.raises(MienError, match="outside"):
        train_stages(config, class_folder, tmp_path / "in" / "out", quiet=True)
    assert not list(tmp_path.rglob("*.safetensors"))
