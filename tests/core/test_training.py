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
backbone = "deit_tiny_pooled"
input_size = 32
crop_size = 24
head_width = 16
"""


@pytest.fixture
def config(tiny: NetworkConfig) -> TrainConfig:
    return TrainConfig(
        network=tiny, start="random", loss="ce", epochs=3, batch_size=8, warmup_steps=2, learning_rate=1e-3
    )


@pytest.fixture
def data(class_folder: Path) -> TrainingData:
    return load_training(class_folder, rule="majority", size=24, channels=1)


def trained(config: TrainConfig, data: TrainingData, out: Path, **options: object) -> dict[str, torch.Tensor]:
    card = Trainer(config, data, out, quiet=True, **options).run()
    assert card is not None
    return weights.load(str(card))[0].state_dict()


def test_a_training_leaves_a_model_with_its_card(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    out = tmp_path / "out"
    trained(config, data, out, name="mine")
    card = cards.read_card(str(out / "mine.json"))
    assert card.network == config.network
    assert card.metrics["n"] == len(data.valid)
    assert card.training["start"] == "random"
    assert set(card.metrics["restoration_psnr_db"]) == {"6 -> 24", "12 -> 24"}
    events = read_events(out / "events.jsonl")
    assert [e["epoch"] for e in events if e["event"] == "epoch"] == [0, 1, 2]
    assert (out / "curves.png").read_bytes().startswith(b"\x89PNG")
    assert list(out.glob("events.out.tfevents.*"))


def test_resume_equals_no_interruption(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    whole = trained(config, data, tmp_path / "whole")
    probe = Trainer(config, data, tmp_path / "probe", quiet=True)
    total = probe.total_steps
    for stop_at in (1, probe.steps_per_epoch, total // 2, total - 1):
        out = tmp_path / f"broken{stop_at}"
        first = Trainer(config, data, out, quiet=True)
        first.should_stop = lambda t=first, n=stop_at: t.step >= n
        assert first.run() is None
        again = Trainer(config, data, out, quiet=True)
        assert again.step == stop_at
        card = again.run()
        resumed = weights.load(str(card))[0].state_dict()
        assert all(torch.equal(whole[key], resumed[key]) for key in whole)
        kept = [e for e in read_events(out / "events.jsonl") if e["event"] == "epoch"]
        assert kept == [e for e in read_events(tmp_path / "whole" / "events.jsonl") if e["event"] == "epoch"]


def test_a_training_that_is_stopped_at_its_last_step_is_finished(
    config: TrainConfig, data: TrainingData, tmp_path: Path
) -> None:
    trainer = Trainer(replace(config, epochs=1), data, tmp_path, quiet=True)
    trainer.should_stop = lambda: trainer.step >= trainer.total_steps
    assert trainer.run() == tmp_path / "model.json"


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


def test_a_folder_of_another_training_is_refused(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    trained(config, data, tmp_path)
    with pytest.raises(MienError, match="another config"):
        Trainer(replace(config, learning_rate=0.5), data, tmp_path, quiet=True)
    (tmp_path / "last.pt").write_bytes(b"damaged")
    with pytest.raises(MienError, match="no checkpoint"):
        Trainer(config, data, tmp_path, quiet=True)


def test_it_learns_what_can_be_learnt(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    config = replace(config, epochs=12, ema=0.9, restoration=0.1, drop_path=0.0, learning_rate=5e-4)
    trained(config, data, tmp_path)
    assert cards.read_card(str(tmp_path / "model.json")).metrics["accuracy"] >= 0.9


def test_start_weights_and_teachers(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    trained(replace(config, epochs=1), data, tmp_path / "first")
    teacher = str(tmp_path / "first" / "model.json")
    config = replace(config, epochs=1, start=teacher, teachers=(teacher,), distil=0.5, learning_rate=1e-9)
    trained(config, data, tmp_path / "second")
    first, second = (weights.load(str(tmp_path / n / "model.json"))[0] for n in ("first", "second"))
    x = torch.rand(2, 1, 24, 24)
    assert torch.allclose(
        first.backbone(x.new_zeros(1, 3, 32, 32)), second.backbone(x.new_zeros(1, 3, 32, 32)), atol=0.05
    )


def test_teacher_targets_are_computed_once_and_kept_with_the_run(
    config: TrainConfig, data: TrainingData, tmp_path: Path
) -> None:
    card = Trainer(replace(config, epochs=1), data, tmp_path / "first", quiet=True).run()
    teacher = str(card)
    faces = data.train
    expected = torch.softmax(predict_logits(weights.load(teacher)[0].eval(), faces.images), 1)
    targets = teacher_targets((teacher,), faces, tmp_path)
    assert torch.allclose(targets, expected, atol=1e-3)
    (tmp_path / "first" / "model.safetensors").unlink()  # what was read is not read again
    assert torch.equal(teacher_targets((teacher,), faces, tmp_path), targets)
    with pytest.raises(MienError):  # other faces would be
        teacher_targets((teacher,), data.valid, tmp_path)


def test_a_teacher_with_other_classes_is_refused(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    with pytest.raises(MienError, match="cannot teach"):
        Trainer(replace(config, teachers=("light",), distil=0.5), data, tmp_path, quiet=True)


def test_at_each_step_teachers_read_the_faces_as_they_are_then(
    config: TrainConfig, data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = str(Trainer(replace(config, epochs=1), data, tmp_path / "first", quiet=True).run())
    read, really_read = [], Teachers.classify

    def listened(self: Teachers, images: torch.Tensor) -> torch.Tensor:
        read.append(images)
        return really_read(self, images)

    monkeypatch.setattr(Teachers, "classify", listened)
    config = replace(config, epochs=1, teachers=(teacher,), teacher_targets="each step", distil=0.5)
    trained(config, data, tmp_path / "second")
    assert len(read) == len(data.train) // config.batch_size
    unchanged = {face.numpy().tobytes() for face in data.train.images}
    assert unchanged.isdisjoint(face.numpy().tobytes() for face in torch.cat(read))
    assert not list((tmp_path / "second").glob("teacher-targets-*"))


@pytest.mark.parametrize("when", ["once", "each step"])
def test_what_is_taught_is_learnt(config: TrainConfig, data: TrainingData, tmp_path: Path, when: str) -> None:
    """From a teacher that calls everything b, and from it alone, a network learns to do the same."""
    teacher = ExpressionNetwork(config.network).eval()
    last = teacher.head[-1]
    with torch.no_grad():
        last.weight.zero_()
        last.bias.copy_(torch.tensor([-1.0, 1.0]))
    weights.save(teacher, cards.Card(name="b", network=config.network), tmp_path)
    settings = {"keep": "last", "ema": 0.9, "restoration": 0.0, "drop_path": 0.0, "learning_rate": 2e-3}
    config = replace(
        config, epochs=12, teachers=(str(tmp_path / "b.json"),), teacher_targets=when, distil=1.0, **settings
    )
    state = trained(config, data, tmp_path / "out")
    student = ExpressionNetwork(config.network).eval()
    student.load_state_dict(state)
    said = torch.softmax(predict_logits(student, data.valid.images), 1)
    assert said[:, 1].min() > 0.6


@pytest.mark.parametrize("optimiser", ["adam", "adamw"])
@pytest.mark.parametrize("loss", ["ls", "pdls", "fpdls", "fpdls-poster"])
def test_losses_and_optimisers_run_on_a_folder_without_votes(
    config: TrainConfig, data: TrainingData, tmp_path: Path, loss: str, optimiser: str
) -> None:
    config = replace(config, epochs=1, loss=loss, optimiser=optimiser, balanced=True, ema=0.0, schedule="step")
    trained(config, data, tmp_path)


def test_two_processes_train_as_one(class_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(CONFIG_FILE.replace("batch_size = 8", "batch_size = 4"))
    out = tmp_path / "out"
    words = [sys.executable, "-m", "torch.distributed.run", "--nproc_per_node", "2", "--master_port", "29517"]
    words += ["-m", "mien", "train", str(class_folder), "--config", str(file), "--out", str(out)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert cards.read_card(str(out / "c.json")).metrics["n"] > 0
    steps = [e["step"] for e in read_events(out / "events.jsonl") if e["event"] == "epoch"]
    faces = len(load_training(class_folder, rule="majority", size=24, channels=1).train)
    assert steps[0] == faces // 8  # both took four faces a step


def test_too_few_faces_are_told(config: TrainConfig, data: TrainingData, tmp_path: Path) -> None:
    few = TrainingData(data.train.subset(torch.tensor([0])), data.valid, None)
    with pytest.raises(MienError, match="too few"):
        Trainer(config, few, tmp_path, quiet=True)
