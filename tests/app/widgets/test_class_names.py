import re

import pytest

from mien.expressions import EXPRESSIONS
from mien.models.card_texts import FINE_TUNED, LIMITS, description_in_words, limits_in_words
from mien.models.cards import available, read_card
from mien_app.widgets.class_names import meant, shown

ENGLISH = re.compile(r"\b(the|of|and|which|are|that|with)\b")


@pytest.mark.usefixtures("german")
def test_what_was_chosen_in_german_is_the_class_that_was_shown() -> None:
    assert [meant(shown(name)) for name in EXPRESSIONS] == list(EXPRESSIONS)
    assert (meant(" freude"), meant("happiness"), meant(" verwirrt ")) == ("happiness", "happiness", "verwirrt")
    assert meant("Freude (eigene Klasse)", ["Freude"]) == "Freude"  # of a folder that is called so
    assert meant("Freude", ["Freude"]) == "happiness"


def test_in_english_names_stay() -> None:
    assert (meant("Fear"), meant("confused 1"), meant("")) == ("fear", "confused 1", "")


@pytest.mark.usefixtures("german")
def test_the_window_says_in_german_what_models_cannot_do() -> None:
    for card in map(read_card, available()):
        assert not ENGLISH.search(limits_in_words(card.limits)), card.name
        assert not ENGLISH.search(description_in_words(card.description)), card.name
    own = limits_in_words(f"{LIMITS} {FINE_TUNED.format(31)} Only for cats.")
    assert own.endswith(
        "Danach trainiert mit 31 Gesichtern, die eigens dafür gesammelt und gelabelt wurden. Only for cats."
    )


def test_in_english_a_card_says_what_is_written_in_it() -> None:
    for card in map(read_card, available()):
        assert (limits_in_words(card.limits), description_in_words(card.description)) == (card.limits, card.description)
