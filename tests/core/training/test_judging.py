import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from mien import language
from mien.data.faceset import FaceSet
from mien.errors import MienError
from mien.evaluation.metrics import predict_logits
from mien.evaluation.scores import score
from mien.models import cards, weights
from mien.nn.config import NetworkConfig
from mien.nn.network import ExpressionNetwork
from mien.probabilities.calibration import calibrated, fit_calibration
from mien.probabilities.cross_validation import cross_validate
from mien.training.comparison import NEW_MODEL, EvaluatedModel, Judged, compare, judge
from mien.training.prior import folder_prior
from mien.training.result import judge_training, read_result


def evaluated(tiny: NetworkConfig, classes: tuple[str, ...], seed: int, name: str) -> EvaluatedModel:
    torch.manual_seed(seed)
    return EvaluatedModel(name, ExpressionNetwork(replace(tiny, classes=classes)).eval(), 1.0)


def faces(classes: tuple[str, ...], n: int = 60, size: int = 24, channels: int = 1) -> FaceSet:
    generator = torch.Generator().manual_seed(0)
    images = torch.randint(0, 255, (n, channels, size, size), generator=generator, dtype=torch.uint8)
    labels = torch.eye(len(classes))[torch.arange(n) % len(classes)]
    return FaceSet(images, labels, classes, tuple(str(i) for i in range(n)), "noise")


def test_a_model_is_as_good_as_itself(tiny: NetworkConfig) -> None:
    one = evaluated(tiny, ("a", "b", "c"), 0, "one")
    made = compare(one, one, faces(("a", "b", "c")))
    assert made is not None
    assert made.difference == 0
    assert made.low < 0 < made.high  # 60 faces do not show that they are equally good on all others
    assert made.verdict == "no clear difference"
    assert "too few faces" in made.summary


def test_only_what_both_know_is_judged(tiny: NetworkConfig) -> None:
    before, after = evaluated(tiny, ("a", "b", "c"), 0, "old"), evaluated(tiny, ("d", "c", "b"), 1, "new")
    made = compare(before, after, faces(("a", "b", "c", "d")))
    assert made is not None
    assert made.before.scores.classes == made.after.scores.classes == ("b", "c")
    assert made.after.scores.n == 30
    assert made.left_out == ("a", "d")
    assert set(made.after.accuracy_shrunk) == {"16", "12"}
    assert compare(before, evaluated(tiny, ("x", "c"), 1, "new"), faces(("a", "c"))) is None


def test_names_that_differ_in_capitals_or_in_how_accents_are_stored_are_one_class(tiny: NetworkConfig) -> None:
    before = evaluated(tiny, ("fear", "\u00fcber", "c"), 0, "old")
    made = compare(before, evaluated(tiny, ("Fear", "u\u0308ber"), 1, "new"), faces(("FEAR", "\u00fcber")))
    assert made is not None
    assert made.left_out == ()
    same = compare(before, before, faces(("fear", "\u00fcber")))
    assert same is not None
    assert made.before.scores.confusion == same.before.scores.confusion


def test_the_order_of_classes_does_not_matter(tiny: NetworkConfig) -> None:
    one = evaluated(tiny, ("a", "b", "c"), 0, "one")
    first, right = judge(one, faces(("a", "b", "c")), ("a", "b", "c"))
    second, again = judge(one, faces(("a", "b", "c")), ("c", "a", "b"))
    assert (right == again).all()
    assert first.scores.accuracy == second.scores.accuracy


def test_faces_of_another_size_and_in_colour(tiny: NetworkConfig) -> None:
    one = evaluated(tiny, ("a", "b"), 0, "one")
    made = compare(one, evaluated(replace(tiny, channels=3), ("a", "b"), 0, "new"), faces(("a", "b"), 20, 40, 3))
    assert made is not None
    assert made.after.scores.n == 20


def test_calibration_is_not_judged_on_the_faces_that_it_was_fitted_to(tiny: NetworkConfig) -> None:
    shown, classes = faces(("a", "b", "c"), 24), ("a", "b", "c")
    plain = evaluated(tiny, classes, 0, "one")
    logits = predict_logits(plain.network, shown.images).numpy()
    fitted = replace(plain, temperature=fit_calibration(logits, shown.targets.numpy())[0])
    halves = cross_validate(logits, shown.targets.numpy(), classes, 0.9)
    assert halves is not None
    here, elsewhere = (
        judge(replace(fitted, calibrated_on=source), shown, classes)[0].scores for source in ("noise", "other")
    )
    assert here.ece == pytest.approx(halves.ece, abs=1e-4)
    assert (
        elsewhere.ece == score(calibrated(logits, fitted.temperature), shown.targets.numpy(), classes, "noise", 24).ece
    )
    assert (here.accuracy, here.confusion) == (elsewhere.accuracy, elsewhere.confusion)
    few = shown.subset(torch.arange(12))
    assert judge(replace(fitted, calibrated_on="noise"), few, classes)[0].scores.ece > 0


def test_a_result_is_written_and_read(tiny: NetworkConfig, tmp_path: Path) -> None:
    paths = []
    for seed, name, classes in ((0, "start", ("a", "b", "c")), (1, "new", ("a", "b")), (2, "other", ("x", "y"))):
        made = evaluated(tiny, classes, seed, name)
        weights.save(made.network, cards.Card(name=name, network=made.network.config), tmp_path)
        paths.append(str(tmp_path / f"{name}.json"))
    start, new, other = paths
    result = judge_training(start, new, faces(("a", "b")))
    assert result.comparison is not None
    assert "was not measured" in result.summary[-1]
    (tmp_path / "r.json").write_text(json.dumps(result.as_dict()))
    assert read_result(tmp_path / "r.json") == result
    former = result.as_dict()
    former["said"] = former.pop("summary")  # of earlier versions
    (tmp_path / "r.json").write_text(json.dumps(former))
    assert read_result(tmp_path / "r.json") == result
    said = judge_training(start, other, faces(("x", "y"))).summary[0]
    assert "95% interval" in said
    assert said.endswith("It came from start, which has fewer than two of these classes: there is nothing to compare.")
    plain = judge_training("pretrained", new, faces(("a", "b")))
    assert plain.comparison is None
    assert plain.summary[0].endswith("It was not trained from a model of Mien, so there is nothing to compare it with.")
    (tmp_path / "r.json").write_text("[]")
    with pytest.raises(MienError, match="not the result"):
        read_result(tmp_path / "r.json")


def test_what_looks_alike_is_near_in_the_prior(tiny: NetworkConfig) -> None:
    torch.manual_seed(0)
    network = ExpressionNetwork(replace(tiny, classes=("a", "b", "c", "nobody")))
    made = faces(("a", "b", "c", "nobody"), 60)
    made = made.subset(made.targets < 3)
    made.images[:] = 20
    targets = made.targets
    made.images[targets == 0, :, :12] = 250  # two classes that are the same picture, one that is another
    made.images[targets == 1, :, :12] = 250
    made.images[targets == 2, :, :, :12] = 250
    prior = folder_prior(network, made)
    assert torch.allclose(prior.sum(1), torch.ones(4))
    assert prior[0, 1] == pytest.approx(prior[0, 0].item(), abs=1e-3)
    assert prior[0, 2] < 0.01
    assert (prior[3] == 0.25).all()
    assert network.training


def test_a_model_without_a_name_is_named_in_the_readers_language() -> None:
    scores = score(np.eye(2), np.arange(2), ("a", "b"), "faces", 48)
    new, own = (Judged(name, scores, {}) for name in (NEW_MODEL, "own"))
    language.speak(language.Language(translate=lambda sentence, *_: sentence[::-1]))
    try:
        assert (new.shown_name, own.shown_name) == (NEW_MODEL[::-1], "own")
    finally:
        language.speak(language.Language())
