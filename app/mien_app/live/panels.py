"""The panels of the Live page, in the order of the menu."""

from mien_app.live.faces_panel import FacesPanel
from mien_app.live.last_minute import LastMinute
from mien_app.live.panel import Panel
from mien_app.live.person_card import PersonCard
from mien_app.live.resizer_card import ResizerCard

PANELS: tuple[type[Panel], ...] = (
    PersonCard,
    ResizerCard,
    FacesPanel,
    LastMinute,
)
