"""The colours of light and dark, each also with high contrast, and the sizes that everything keeps to."""

from dataclasses import dataclass
from pathlib import Path

GAP = 8
MARGIN = 12
LABEL_PX, BODY_PX, VALUE_PX = 12, 13, 22
"""Of texts at their usual size; `mien_app.widgets.theme.px` makes them as large as the person wants them."""
_IMAGES = (Path(__file__).parent / "images").as_posix()


@dataclass(frozen=True)
class Theme:
    """The colours of one scheme."""

    window: str
    card: str
    line: str
    """Around what is no control."""
    edge: str
    """Around controls: seen on windows and cards with a contrast of 3 to 1."""
    text: str
    muted: str
    accent: str
    on_accent: str
    warning: str
    good: str
    bad: str
    """Behind messages, as `warning` is: of what was done, and of what failed."""
    tick: str
    """A picture of it in the colour `on_accent`: its file, as style sheets write paths."""


LIGHT = Theme(
    "#F3F4F6",
    "#FFFFFF",
    "#DDE1E6",
    "#828A95",
    "#1B1F24",
    "#5A6470",
    "#1F5FD0",
    "#FFFFFF",
    "#FFF1D6",
    "#DDF3E4",
    "#FBE0DE",
    f"{_IMAGES}/tick-light.svg",
)
DARK = Theme(
    "#15171B",
    "#1E2126",
    "#323842",
    "#6B7480",
    "#E8EAED",
    "#A0A9B4",
    "#8AB4FF",
    "#10131A",
    "#4A3A17",
    "#17392A",
    "#551F1D",
    f"{_IMAGES}/tick-dark.svg",
)
LIGHT_CONTRAST = Theme(
    "#FFFFFF",
    "#FFFFFF",
    "#000000",
    "#000000",
    "#000000",
    "#000000",
    "#0033A0",
    "#FFFFFF",
    "#FFF1D6",
    "#DDF3E4",
    "#FBE0DE",
    f"{_IMAGES}/tick-light.svg",
)
DARK_CONTRAST = Theme(
    "#000000",
    "#000000",
    "#FFFFFF",
    "#FFFFFF",
    "#FFFFFF",
    "#FFFFFF",
    "#FFE14D",
    "#000000",
    "#2A2000",
    "#00260F",
    "#3A0000",
    f"{_IMAGES}/tick-dark.svg",
)
TOOLS = "#D5D9DF"  # behind Qt's own icons of file dialogs, which are dark in both schemes
