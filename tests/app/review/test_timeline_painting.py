from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont, QImage, QPainter
from tests.core.session import made_sessions

from mien.session.edits import TimeSpan
from mien_app.review.model import ReviewModel
from mien_app.review.opened_session import open_session
from mien_app.review.people_card import PeopleCard
from mien_app.review.timeline import SessionTimeline
from mien_app.review.timeline_painting import draw_marker, draw_ticks
from mien_app.review.timeline_scale import HEAD_PX, TimelineScale
from mien_app.services.background import Background

SCALE = TimelineScale(600, 120, TimeSpan(0.0, 10.0), 2)


class Places(QPainter):
    """Keeps where texts are drawn."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.found: list[QRectF] = []

    def drawText(self, place: QRectF, *_: object) -> None:  # type: ignore[override]
        self.found.append(place)


def drawn(*, marked: bool) -> QImage:
    image = QImage(600, 120, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    draw_ticks(painter, SCALE)
    if marked:
        draw_marker(painter, SCALE, 4.0)  # where a tick is
    painter.end()
    return image


@pytest.mark.usefixtures("qapp")
def test_a_marker_does_not_cover_the_times() -> None:
    times = QRect(0, 0, 600, HEAD_PX - 12)
    assert drawn(marked=True).copy(times) == drawn(marked=False).copy(times)
    assert drawn(marked=True) != drawn(marked=False)


@pytest.mark.parametrize("px", [12, 18, 24])
@pytest.mark.parametrize("width", [300, 420, 430, 600, 1000])
@pytest.mark.usefixtures("qapp")
def test_times_do_not_run_together(px: int, width: int) -> None:
    image = QImage(width, 120, QImage.Format.Format_RGB32)
    painter, font = Places(image), QFont()
    font.setPixelSize(px)
    painter.setFont(font)
    lines = []
    for length_s in (1.0, 10.0, 7300.0):
        painter.found = []
        draw_ticks(painter, TimelineScale(width, 120, TimeSpan(0.0, length_s), 2))
        lines.append(painter.found)
    painter.end()
    assert all(lines)
    assert all(one.right() < other.left() for line in lines for one, other in pairwise(line))


@pytest.mark.usefixtures("german")
def test_tips_name_the_keys_of_a_german_keyboard() -> None:
    card = PeopleCard(ReviewModel(Background()))
    assert "(Strg+J)" in card.merge.toolTip()
    assert "(Strg+B)" in card.split.toolTip()
    card.deleteLater()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("step_s", [60.0, 2e8])
def test_a_session_may_last_for_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step_s: float) -> None:
    monkeypatch.setattr(made_sessions, "STEP_S", step_s)
    made_sessions.made(tmp_path / "session", "nhnh")
    timeline = SessionTimeline()
    timeline.show_session(open_session(tmp_path / "session"), another=True)
    timeline.zoom(0.25, 0.0)
    bar = timeline.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert timeline.shown.end_s == pytest.approx(4 * step_s)
