"""What model cards say, put together from sentences that a window can say in its own language; cards are English."""

import re

from mien import language

_SENTENCES = (
    language.mark("Classifies facial expressions, which are not feelings."),
    language.mark(
        "Trained on small grey pictures found on the web in 2013, labelled by crowd workers; who is shown is not "
        "recorded, and accuracy may differ between groups of people."
    ),
    language.mark("Rare classes (disgust, contempt, fear) are classified less well."),
    language.mark(
        "Probabilities and prediction sets are fitted on these pictures: on others they may promise too much, most of "
        "all for sadness, disgust and fear."
    ),
    language.mark(
        "In the EU, inferring emotions of people at work or in education is prohibited except for medical or safety "
        "reasons (AI Act, Art. 5(1)(f))."
    ),
)
LIMITS = " ".join(_SENTENCES)
"""What a model trained on FERPlus cannot do."""
_OTHER_SENTENCES = (
    _SENTENCES[0],
    language.mark(
        "Trained on {} faces; who is shown is not recorded, and accuracy may differ between groups of people."
    ),
    language.mark(
        "Probabilities and prediction sets are fitted on pictures of the same source: on others they may promise too "
        "much."
    ),
    _SENTENCES[-1],
)
OTHER_LIMITS = " ".join(_OTHER_SENTENCES)
"""The same of a model trained on other faces, of which nobody can say more."""
UNLABELLED = language.mark(
    "It also learned from {} web faces without labels (press photographs of a research collection), classified by its "
    "teachers."
)
FINE_TUNED = language.mark("Then trained on {} faces that its owner collected and labelled.")

_EARLIER = (  # in cards that were written before
    language.mark("Reads facial expressions, which are not feelings."),
    language.mark("Rare classes (disgust, contempt, fear) are read less well."),
    language.mark(
        "In the EU, inferring emotions of people at work or in education is prohibited but for medical or safety "
        "reasons (AI Act, Art. 5(1)(f))."
    ),
)
_DESCRIBED = (  # parts of a description
    language.mark("Neural Resizer in front of {}"),
    language.mark("MobileNetV1 that knows faces (VGGFace2)"),
    language.mark("Swin blocks over {}"),
    language.mark("EfficientNet-Lite0 (convolutions, no transformer)"),
    language.mark("{}, reliability balancing ({})"),
    language.mark("{}, fine-tuned on {} ({})"),
)


def limits_in_words(text: str) -> str:
    """A card's limits as the window says them; a sentence that Mien has not written stays as it is."""
    for sentence in (*_SENTENCES, *_OTHER_SENTENCES, UNLABELLED, FINE_TUNED, *_EARLIER):
        text = _said(text, sentence, r"(\d+)")
    return text


def description_in_words(text: str) -> str:
    """The same of its description."""
    for part in _DESCRIBED:
        text = _said(text, part, "(.+)")
    return text


def _said(text: str, sentence: str, gap: str) -> str:
    """A text in which a sentence is replaced by what the window says; the gap is what may stand at its `{}`."""
    pattern = re.escape(sentence).replace(re.escape("{}"), gap)
    return re.sub(pattern, lambda found: str(language.tr(sentence).format(*found.groups())), text)
