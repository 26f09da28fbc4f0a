import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from mien.data.load import TrainingData, load_training
from mien.errors import MienError
from mien.evaluation.metrics import predict_logits
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.training.config import TrainConfig
from mien.training.distillation import Teachers, teacher_targets
from mien.training.event_log import read_events
from mien.training.losses import LOSSES
from mien.training.trainer import Trainer

CONFIG_FILE = """
start = "random"
rule = "majority"
loss = "ce"
epochs = 3
batch_size = 8
warmup_steps = 2
learning_rate = 1e-3
[network]
backbone = "test_vit"
input_size = 32
crop_size = 24
head_width = 16
"""


@pytest.fixture
def config(tiny: NetworkConfig) -> TrainConfig:
    """A training of the whole network, three epochs of four steps."""
    return TrainConfig(
        network=tiny, start="random", loss="ce", epochs=3, batch_size=8, warmup_steps=2, learning_rate=1e-3
    )


@pytest.fixture
def quick(config: TrainConfig) -> TrainConfig:
    """A training that learns something in a few steps: no resizer, nothing that regularises."""
    network = replace(config.network, up="bilinear", down="bilinear", head_dropout=0.0)
    settings = replace(config, network=network, restoration=0.0, drop_path=0.0, ema=0.0, keep="last", epochs=6)
    return replace(settings, learning_rate=2e-3, augmentation=replace(config.augmentation, erase=0.0, degrade=0.0))


def trained(config: TrainConfig, data: TrainingData, out: Path, **options: object) -> dict[str, torch.Tensor]:
    card = Trainer(config, data, out, quiet=True, **options).run()
    assert card is not None
    return weights.load(str(card))[0].state_dict()


def saved(network: ExpressionNetwork, folder: Path, name: str = "teacher") -> str:
    """The card of a network that was just written."""
    weights.save(network.eval(), cards.Card(name=name, network=network.config), folder)
    return str(folder / f"{name}.json")


def epochs_of(folder: Path) -> list[dict[str, object]]:
    return [event for event in read_events(folder / "events.jsonl") if event["event"] == "epoch"]


@pytest.mark.usefixtures("curves")
def test_a_training_leaves_a_model_with_its_card(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / ".0123456789abcdef.tmp").write_bytes(b"half a checkpoint of before a kill")
    trained(config, data, out, name="mine")
    assert not [path for path in out.iterdir() if path.name.startswith(".")]
    card = cards.read_card(str(out / "mine.json"))
    assert card.network == config.network
    assert card.metrics["n"] == len(data.valid)
    assert card.training["start"] == "random"
    assert set(card.metrics["restoration_psnr_db"]) == {"6 -> 24", "12 -> 24"}
    assert [event["epoch"] for event in epochs_of(out)] == [0, 1, 2]
    assert (out / "curves.png").read_bytes().startswith(b"\x89PNG")
    assert list(out.glob("events.out.tfevents.*"))


@pytest.mark.slow
def test_resume_equals_no_interruption(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    config = replace(config, epochs=2)
    whole = trained(config, data, tmp_path / "whole")
    steps = Trainer(config, data, tmp_path / "probe", quiet=True).steps_per_epoch
    for stop_at in (1, steps, 2 * steps - 1):
        out = tmp_path / f"broken{stop_at}"
        first = Trainer(config, data, out, quiet=True)
        first.should_stop = lambda t=first, n=stop_at: t.step >= n
        assert first.run() is None
        again = Trainer(config, data, out, quiet=True)
        assert again.step == stop_at
        resumed = weights.load(str(again.run()))[0].state_dict()
        assert all(torch.equal(whole[key], resumed[key]) for key in whole)
        assert epochs_of(out) == epochs_of(tmp_path / "whole")


def test_a_training_that_is_stopped_at_its_last_step_is_finished(
    quick: TrainConfig, data: TrainingData, tmp_path: Path
) -> None:
    trainer = Trainer(replace(quick, epochs=1), data, tmp_path, quiet=True)
    trainer.should_stop = lambda: trainer.step >= trainer.total_steps
    assert trainer.run() == tmp_path / "model.json"


@pytest.mark.slow
def test_a_kill_at_any_moment_is_survived(class_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(CONFIG_FILE.replace("epochs = 3", "epochs = 12"))

    def start(out: Path) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "mien", "train", str(class_folder), "--config", str(file), "--out", str(out)]
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    killed = tmp_path / "killed"
    process = start(killed)
    deadline = time.monotonic() + 120
    while not (killed / "last.pt").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not (killed / "c.json").exists()
    for out in (killed, tmp_path / "whole"):
        process = start(out)
        _, said = process.communicate(timeout=240)
        assert process.returncode == 0, said.decode()
    digest = json.loads((killed / "c.json").read_text())["sha256"]
    assert digest == json.loads((tmp_path / "whole" / "c.json").read_text())["sha256"]


def test_a_folder_of_another_training_is_refused(quick: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    trained(replace(quick, epochs=1), data, tmp_path)
    with pytest.raises(MienError, match="another config"):
        Trainer(replace(quick, epochs=1, learning_rate=0.5), data, tmp_path, quiet=True)
    (tmp_path / "last.pt").write_bytes(b"damaged")
    with pytest.raises(MienError, match="no checkpoint"):
        Trainer(replace(quick, epochs=1), data, tmp_path, quiet=True)


@pytest.mark.parametrize(
    ("loss", "optimiser"),
    [
        ("fpdls", "adamw"),
        *(pytest.param(name, "adamw", marks=pytest.mark.slow) for name in LOSSES if name != "fpdls"),
        pytest.param("ce", "adam", marks=pytest.mark.slow),
    ],
)
def test_every_loss_learns_from_a_folder_without_votes(
    quick: TrainConfig, data: TrainingData, tmp_path: Path, loss: str, optimiser: str
) -> None:
    trained(replace(quick, loss=loss, optimiser=optimiser, balanced=True, schedule="step"), data, tmp_path)
    first, *_, last = epochs_of(tmp_path)
    assert last["loss"] < 0.8 * first["loss"]


@pytest.mark.slow
def test_the_whole_network_learns_what_can_be_learned(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    config = replace(config, epochs=20, ema=0.9, restoration=0.1, drop_path=0.0)
    trained(config, data, tmp_path)
    assert cards.read_card(str(tmp_path / "model.json")).metrics["accuracy"] >= 0.9


def test_a_training_begins_with_the_weights_of_its_start(
    quick: TrainConfig, data: TrainingData, tmp_path: Path
) -> None:
    torch.manual_seed(7)
    start = ExpressionNetwork(quick.network)
    trainer = Trainer(replace(quick, start=saved(start, tmp_path)), data, tmp_path / "out", quiet=True)
    assert trainer.start == "teacher"
    for name, value in trainer.network.state_dict().items():
        assert torch.equal(value.cpu(), start.state_dict()[name].half().float()), name


def test_teacher_targets_are_computed_once_and_kept_with_the_run(
    quick: TrainConfig, data: TrainingData, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    network, faces = weights.half_rounded(ExpressionNetwork(quick.network)), data.train
    teacher = saved(network, tmp_path / "teacher")
    expected = torch.softmax(predict_logits(network.eval(), faces.images), 1)
    assert expected.std(0).max() > 0.001  # they depend on the face
    targets = teacher_targets((teacher,), faces, tmp_path)
    assert torch.allclose(targets, expected, atol=1e-3)
    (tmp_path / "teacher" / "teacher.safetensors").unlink()  # the teacher is not asked again
    assert torch.equal(teacher_targets((teacher,), faces, tmp_path), targets)
    with pytest.raises(MienError):  # for other faces it would be
        teacher_targets((teacher,), data.valid, tmp_path)


def test_a_teacher_with_other_classes_is_refused(
    quick: TrainConfig, data: TrainingData, model_path: str, tmp_path: Path
) -> None:
    with pytest.raises(MienError, match="cannot teach"):
        Trainer(replace(quick, teachers=(model_path,), distil=0.5), data, tmp_path, quiet=True)


def test_at_each_step_teachers_classify_the_faces_as_they_are_then(
    config: TrainConfig, data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, really_classify = [], Teachers.classify

    def listened(self: Teachers, images: torch.Tensor) -> torch.Tensor:
        seen.append(images)
        return really_classify(self, images)

    monkeypatch.setattr(Teachers, "classify", listened)
    teacher = saved(ExpressionNetwork(config.network), tmp_path)
    config = replace(config, epochs=1, teachers=(teacher,), teacher_targets="each step", distil=0.5)
    trained(config, data, tmp_path / "out")
    assert len(seen) == len(data.train) // config.batch_size
    unchanged = {face.numpy().tobytes() for face in data.train.images}
    assert unchanged.isdisjoint((face * 255).round().byte().numpy().tobytes() for face in torch.cat(seen))
    assert not list((tmp_path / "out").glob("teacher-targets-*"))


def test_in_turn_each_face_is_classified_by_one_teacher_and_all_have_a_share(
    quick: TrainConfig, data: TrainingData, tmp_path: Path
) -> None:
    teachers = []
    for seed in (0, 1):
        torch.manual_seed(seed)
        teachers.append(saved(ExpressionNetwork(quick.network), tmp_path / str(seed)))
    faces, both = data.train.images[:9].float() / 255, Teachers(teachers, data.train)
    said = both.classify_in_turn(faces, torch.Generator().manual_seed(3))
    each = torch.stack([Teachers([teacher], data.train).classify(faces) for teacher in teachers])  # (2, 9, C)
    by = (each - said).abs().amax(2).argmin(0)
    assert torch.allclose(said, each[by, torch.arange(9)], atol=1e-4)
    assert sorted(by.bincount().tolist()) == [4, 5]
    assert not torch.equal(both.classify_in_turn(faces, torch.Generator().manual_seed(4)), said)  # chance decides


@pytest.mark.parametrize("when", ["once", pytest.param("each step", marks=pytest.mark.slow)])
def test_what_is_taught_is_learned(quick: TrainConfig, data: TrainingData, tmp_path: Path, when: str) -> None:
    """From a teacher that calls everything b, and from it alone, a network learns to do the same."""
    teacher = ExpressionNetwork(quick.network)
    with torch.no_grad():
        teacher.head[-1].weight.zero_()
        teacher.head[-1].bias.copy_(torch.tensor([-1.0, 1.0]))
    settings = {"teachers": (saved(teacher, tmp_path),), "teacher_targets": when, "distil": 1.0, "learning_rate": 2e-2}
    state = trained(replace(quick, **settings), data, tmp_path / "out")
    student = ExpressionNetwork(quick.network).train()  # so few steps leave the head's running statistics behind
    student.load_state_dict(state)
    with torch.no_grad():
        probabilities = torch.softmax(student(data.valid.images.float() / 255), 1)
    assert probabilities[:, 1].min() > 0.6


@pytest.mark.slow
def test_two_processes_train_as_one(class_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(CONFIG_FILE.replace("batch_size = 8", "batch_size = 4"))
    out = tmp_path / "out"
    words = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
    words += ["-m", "mien", "train", str(class_folder), "--config", str(file), "--out", str(out)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert cards.read_card(str(out / "c.json")).metrics["n"] > 0
    steps = [event["step"] for event in epochs_of(out)]
    faces = len(load_training(class_folder, rule="majority", size=24, channels=1).train)
    assert steps[0] == faces // 8  # both took four faces a step


def test_too_few_faces_are_told(quick: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    few = TrainingData(data.train.subset(torch.tensor([0])), data.valid, None)
    with pytest.raises(MienError, match="too few"):
        Trainer(quick, few, tmp_path, quiet=True)
