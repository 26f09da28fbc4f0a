"""What a training's events say: how far it is, its losses, its rounds, and how long it will take."""

import time
from collections.abc import Iterable
from typing import Any

_SMOOTHING = 0.8  # of the smoothed loss: how much of it each step keeps


class TrainingProgress:
    """Puts the events of `mien.training.event_log` together. A resumed training repeats its past."""

    def __init__(self) -> None:
        self.step = 0
        """Of the last event."""
        self.steps = 0
        """Of the whole training; 0 before it has begun."""
        self.epochs = 0
        self.classes: tuple[str, ...] = ()
        self.losses: list[tuple[int, float]] = []
        """Step and loss."""
        self.rounds: list[dict[str, Any]] = []
        """The event at the end of each epoch, which the page calls a round."""
        self._began: tuple[float, int] | None = None  # when this process began, and at which step

    def add(self, events: Iterable[dict[str, Any]]) -> None:
        """Take new events, in their order."""
        began = False
        for event in events:
            kind, self.step = event["event"], int(event["step"])
            if kind == "start":
                self.steps, self.epochs = int(event["steps"]), int(event["epochs"])
                self.classes = tuple(event["classes"])
                began = True
                self.losses = [(step, loss) for step, loss in self.losses if step <= self.step]
                self.rounds = [one for one in self.rounds if one["step"] <= self.step]
            elif kind == "step":
                if event["loss"] is not None:  # it was no number
                    self.losses.append((self.step, float(event["loss"])))
            elif kind == "epoch":
                self.rounds.append(event)
        if began:
            # What came with the start in one go is the past of a training that is resumed: it took no time now.
            self._began = time.monotonic(), self.step

    @property
    def steps_per_round(self) -> float:
        """How many steps a round has, at least 1."""
        return max(self.steps / max(self.epochs, 1), 1)

    @property
    def round(self) -> int:
        """The present round, counted from 1."""
        return min(int(self.step / self.steps_per_round) + 1, self.epochs)

    @property
    def left_s(self) -> float | None:
        """Seconds to the end at the rate so far; None before the first step."""
        if self._began is None or self.step <= self._began[1]:
            return None
        elapsed, done = time.monotonic() - self._began[0], self.step - self._began[1]
        return elapsed / done * (self.steps - self.step)

    @property
    def smoothed_losses(self) -> list[float]:
        """An exponential mean of the losses that does not lag at its beginning."""
        means, total, weight = [], 0.0, 0.0
        for _, loss in self.losses:
            total, weight = _SMOOTHING * total + loss, _SMOOTHING * weight + 1
            means.append(total / weight)
        return means
