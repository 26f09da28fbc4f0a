"""What WCAG 2.2 (level AA) asks of colours: 4.5 to 1 for texts, 3 to 1 for controls and lines that mean something."""

from itertools import product

import pytest

from mien.colours import AXIS_COLOURS, UNSURE, class_colour, contrast, readable_on
from mien_app.widgets.schemes import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Theme

SCHEMES = {"light": LIGHT, "dark": DARK, "light contrast": LIGHT_CONTRAST, "dark contrast": DARK_CONTRAST}
EXPRESSIONS = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("t", SCHEMES.values(), ids=SCHEMES)
def test_texts_and_edges_of_controls_are_seen(t: Theme) -> None:
    grounds = (t.window, t.card, t.warning, t.good, t.bad)
    for ink, ground in product((t.text, t.muted), grounds):
        assert contrast(ink, ground) >= 4.5, (ink, ground)
    for ground in (t.window, t.card):
        assert contrast(t.accent, ground) >= 4.5  # the chosen page's name
        assert contrast(t.edge, ground) >= 3
    assert contrast(t.on_accent, t.accent) >= 4.5
    for ink in AXIS_COLOURS:
        assert contrast(ink, t.card) >= 3, ink


@pytest.mark.parametrize("index", range(8))
def test_what_is_written_on_a_class_s_colour_is_readable(index: int) -> None:
    for ground in (class_colour(EXPRESSIONS[index], index), class_colour("own", index), UNSURE):
        assert contrast(readable_on(ground), ground) >= 4.5, ground
