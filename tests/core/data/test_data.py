import logging
import zipfile
from pathlib import Path

import pytest
import torch
from tests.core.data.datasets import write_ferplus, write_folder, write_image, write_rafdb

from mien.data import votes_prior
from mien.data.load import load_split, load_training
from mien.data.readers import votes as voting
from mien.data.sampling import epoch_length, epoch_order
from mien.errors import MienError
from mien.expressions import EXPRESSIONS


@pytest.fixture
def ferplus(tmp_path: Path) -> Path:
    """FERPlus in small: 6 training and 3 validation faces; one of the latter is also in training."""
    write_ferplus(tmp_path)
    return tmp_path


def test_the_three_rules(ferplus: Path) -> None:
    majority = load_split(ferplus, "train", rule="majority")
    assert [EXPRESSIONS[i] for i in majority.targets] == ["neutral", "happiness", "surprise", "anger"]
    argmax = load_split(ferplus, "train", rule="argmax")
    assert len(argmax) == 5
    shares = load_split(ferplus, "train", rule="votes")
    anger = shares.labels[shares.names.index("fer0000005.png")]
    assert anger.tolist() == pytest.approx([0, 0, 0, 0, 0.75, 0.25, 0, 0])
    assert majority.images.shape == (4, 1, 48, 48)
    assert "majority" in majority.source


def test_copies_of_validation_faces_are_dropped_from_training(ferplus: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    data = load_training(ferplus, rule="majority", size=48, channels=1)
    assert "fer0000004.png" not in data.train.names
    assert len(data.train) == 3
    assert "1 faces of FERPlus FER2013Train" in caplog.text


def test_the_annotators_votes_of_the_validation_faces_come_along(ferplus: Path, class_folder: Path) -> None:
    data = load_training(ferplus, rule="votes", size=48, channels=1)
    assert data.valid_votes is not None
    assert data.valid_votes.shape == (len(data.valid), 8)
    by_name = {name: row.tolist() for name, row in zip(data.valid.names, data.valid_votes, strict=True)}
    assert by_name["fer0000100.png"] == pytest.approx([0, 0, 0.9, 0, 0, 0, 0.1, 0])
    assert by_name["fer0000101.png"] == pytest.approx([0.7, 0, 0, 0.3, 0, 0, 0, 0])
    assert load_training(class_folder, rule="majority", size=24, channels=1).valid_votes is None


def test_the_published_table_is_preferred_to_label_csv(ferplus: Path) -> None:
    header = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"
    rows = "Training,fer0000000.png,0,10,0,0,0,0,0,0,0,0\nTraining,,0,0,0,0,0,0,0,0,0,10\n"
    (ferplus / "fer2013new.csv").write_text(f"{header}\n{rows}")
    faces = load_split(ferplus, "train")
    assert EXPRESSIONS[faces.targets[faces.names.index("fer0000000.png")]] == "happiness"


def test_a_zip_reads_as_the_folder_does(ferplus: Path, tmp_path: Path) -> None:
    archive = tmp_path / "elsewhere" / "ferplus.zip"
    archive.parent.mkdir()
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(ferplus.rglob("*")):
            if path.is_file() and path != archive:
                file.write(path, path.relative_to(ferplus))
    plain = load_split(ferplus, "valid")
    for data in (archive, archive.parent):
        assert torch.equal(load_split(data, "valid").images, plain.images)


def test_broken_and_missing_images_are_named_and_passed_over(ferplus: Path, caplog: pytest.LogCaptureFixture) -> None:
    (ferplus / "FER2013Train" / "fer0000000.png").write_bytes(b"no image")
    (ferplus / "FER2013Train" / "fer0000001.png").unlink()
    assert len(load_split(ferplus, "train")) == 2
    assert "fer0000000.png" in caplog.text
    assert "fer0000001.png" in caplog.text


def test_the_prior_by_hand() -> None:
    counts = torch.tensor(
        [
            [8, 2, 0, 0, 0, 0, 0, 0, 0, 0],  # neutral: .8 .2
            [6, 0, 0, 0, 0, 0, 0, 0, 4, 0],  # neutral: 1 0, since unknown does not count
            [4, 0, 0, 3, 0, 0, 0, 0, 3, 0],  # less than half of all: passed over
        ]
    )
    prior = votes_prior.prior(counts)
    assert prior[0, :2].tolist() == pytest.approx([0.9, 0.1])
    assert prior[1].tolist() == pytest.approx([1 / 8] * 8)
    assert torch.allclose(prior.sum(1), torch.ones(8))


@pytest.mark.slow
def test_the_prior_and_the_counts_of_ferplus(shared: Path) -> None:
    from mien.data.readers.ferplus import read_votes

    train = torch.tensor(list(read_votes(shared / "ferplus", "train").values()))
    diagonal = [0.777, 0.918, 0.787, 0.748, 0.741, 0.621, 0.659, 0.678]
    assert votes_prior.prior(train).diag().tolist() == pytest.approx(diagonal, abs=6e-4)
    valid = torch.tensor(list(read_votes(shared / "ferplus", "valid").values()))
    assert int(voting.label(valid.numpy(), "majority")[1].sum()) == 3_199
    assert int(voting.label(valid.numpy(), "argmax")[1].sum()) == 3_553
    assert int(voting.label(train.numpy(), "majority")[1].sum()) == 25_057  # of 25,060: three images are not in the zip


def test_the_prior_for_other_classes() -> None:
    of_votes = torch.full((8, 8), 0.02) + 0.84 * torch.eye(8)
    prior = votes_prior.prior_for(("fear", "confused", "happiness"), of_votes)
    assert torch.allclose(prior.sum(1), torch.ones(3))
    assert prior[0].tolist() == pytest.approx([0.86 / 0.88, 0, 0.02 / 0.88])
    assert prior[1].tolist() == pytest.approx([1 / 3] * 3)  # unknown: label smoothing
    assert torch.allclose(votes_prior.prior_for(("x", "y"), of_votes), torch.full((2, 2), 0.5))


def test_rafdb(tmp_path: Path) -> None:
    write_rafdb(tmp_path)
    train = load_split(tmp_path, "train", channels=3)
    assert train.images.shape == (2, 3, 48, 48)
    assert [train.classes[i] for i in train.targets] == ["sadness", "happiness"]
    assert [train.classes[i] for i in load_split(tmp_path, "valid").targets] == ["neutral"]


def test_a_plain_folder(class_folder: Path) -> None:
    train, valid = load_split(class_folder, "train", size=24), load_split(class_folder, "valid", size=24)
    assert train.classes == ("a", "b")
    assert len(train) + len(valid) == 40
    assert set(train.names).isdisjoint(valid.names)
    assert 2 <= len(valid) <= 20


def test_a_folder_with_its_own_split(tmp_path: Path) -> None:
    write_folder(tmp_path)
    assert len(load_split(tmp_path, "train")) == 8
    assert len(load_split(tmp_path, "valid")) == 4


def test_bad_folders_are_told_in_one_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(MienError, match="does not exist"):
        load_split(tmp_path / "nowhere", "train")
    with pytest.raises(MienError, match="0 sub-folders"):
        load_split(tmp_path, "train")
    write_image(tmp_path / "only" / "1.png", 1)
    (tmp_path / "empty").mkdir()
    with pytest.raises(MienError, match="1 sub-folders"):
        load_split(tmp_path, "train")
    assert "empty has no pictures" in caplog.text
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "2.png").write_text("not a picture")
    (tmp_path / "only" / "1.png").write_bytes(b"")
    with pytest.raises(MienError, match="not one readable face"):
        load_split(tmp_path, "train")


def test_balanced_draws_show_every_class_equally_often() -> None:
    targets = torch.tensor([0] * 900 + [1] * 100)
    plain = epoch_order(targets, seed=0, epoch=0, balanced=False)
    assert sorted(plain.tolist()) == list(range(1000))
    balanced = targets[epoch_order(targets, seed=0, epoch=0, balanced=True)]
    assert 420 < int(balanced.sum()) < 580
    assert not torch.equal(plain, epoch_order(targets, seed=0, epoch=1, balanced=False))
    assert torch.equal(plain, epoch_order(targets, seed=0, epoch=0, balanced=False))


def test_a_draw_of_so_many_of_each_class() -> None:
    targets = torch.tensor([0] * 3 + [2] * 100)  # no face of class 1
    order = epoch_order(targets, seed=0, epoch=0, balanced=False, per_class=10)
    assert len(order) == epoch_length(targets, 10) == 20
    assert targets[order].bincount().tolist() == [10, 0, 10]
    assert sorted(torch.bincount(order, minlength=103)[:3].tolist()) == [3, 3, 4]  # all, before any again
    assert order[targets[order] == 2].unique().numel() == 10
    assert targets[order[:10]].unique().numel() == 2  # mixed
    assert torch.equal(order, epoch_order(targets, seed=0, epoch=0, balanced=False, per_class=10))
    assert not torch.equal(order, epoch_order(targets, seed=0, epoch=1, balanced=False, per_class=10))
    assert epoch_length(targets, 0) == 103
