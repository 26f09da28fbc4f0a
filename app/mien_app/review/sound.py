"""Lets the open session be heard while it plays."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from mien_app.review.model import ReviewModel
from mien_app.review.playback import Playback
from mien_app.review.sound_player import SoundPlayer, why_silent
from mien_app.review.video import ReviewVideo
from mien_app.services.background import Background
from mien_app.services.preferences import Preferences
from mien_app.widgets.actions import allow
from mien_app.widgets.message_bar import MessageBar


class ReviewSound(QObject):
    """Plays with the picture at normal speed, and is silent at others."""

    _failed = Signal(str)  # from the player's thread

    def __init__(
        self,
        review: ReviewModel,
        playback: Playback,
        frames: ReviewVideo,
        switch: QAction,
        preferences: Preferences,
        background: Background,
        messages: MessageBar,
        parent: QObject,
    ) -> None:
        """Follow the playback.

        Args:
            review: says what is open.
            playback: leads.
            frames: says when the video's first picture is there; only then its sound is looked for.
            switch: turns the sound on and off; disabled, with the reason, where there is none.
            preferences: keep that choice.
            background: looks for the sound.
            messages: say what fails.
            parent: the page.
        """
        super().__init__(parent)
        self._review, self._playback, self._switch = review, playback, switch
        self._preferences, self._background = preferences, background
        self._looked_at: Path | None = None  # the video whose sound was looked for
        self._player: SoundPlayer | None = None
        self._ending: list[SoundPlayer] = []
        switch.setChecked(preferences.sound)
        switch.toggled.connect(self._switched)
        playback.changed.connect(self._follow)
        review.opened.connect(self._opened)
        frames.arrived.connect(self._look)
        self._failed.connect(messages.fail)
        self._allow(self.tr("Open a session first."))

    def _switched(self, on: bool) -> None:
        self._preferences.sound = on
        self._follow()

    def _allow(self, why_not: str) -> None:
        allow(self._switch, not why_not, why_not)
        self._follow()

    @property
    def _video(self) -> Path | None:
        return None if self._review.now is None else self._review.now.session.video

    def _opened(self) -> None:
        self._looked_at = None
        self._allow(self.tr("This video has no sound."))

    def _look(self) -> None:
        """Find out whether the video that is shown can be heard."""
        video = self._video
        if video is None or video == self._looked_at:
            return
        self._looked_at = video

        def found(why_not: str) -> None:
            if video == self._looked_at:  # else another one is open by now
                self._allow(why_not)

        self._background.run(lambda: why_silent(video), found, found)

    def _follow(self) -> None:
        """Play, or be silent, as the playback does."""
        video, playback = self._video, self._playback
        wanted = playback.playing and playback.speed == 1 and self._switch.isEnabled() and self._switch.isChecked()
        if not wanted or video is None:
            self.stop()
        elif self._player is None:
            self._player = SoundPlayer(video, playback.time_s, self._failed.emit)

    def stop(self) -> None:
        """Be silent, without waiting."""
        if self._player is not None:
            self._player.stop()
            self._ending = [player for player in self._ending if not player.ended]  # each holds a second of sound
            self._ending.append(self._player)
            self._player = None

    def wait(self) -> None:
        """Wait until no thread plays."""
        for player in self._ending:
            player.wait()
        self._ending.clear()
