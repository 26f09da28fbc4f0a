"""A training's events: JSON lines for programs, TensorBoard's format, curves as a picture."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from mien.errors import MienError
from mien.training.folder import EVENTS
from mien.utils.figures import save_figure
from mien.utils.files import check_output, write_atomic
from mien.utils.json_io import parse_json, to_json, without_nan


class EventLog:
    """Writes `events.jsonl`: one JSON object a line, each with `event` and `step`, flushed at once."""

    def __init__(self, folder: Path, resumed_step: int) -> None:
        """Open, and drop what an interrupted run wrote after the checkpoint that is resumed.

        Args:
            folder: the run's.
            resumed_step: of the checkpoint; 0 without one.

        Raises:
            MienError: see `mien.utils.files.check_output`.
        """
        self.path = folder / EVENTS
        check_output(self.path)
        self.kept = [event for event in read_events(self.path) if event["step"] <= resumed_step]
        write_atomic(self.path, "".join(map(_line, self.kept)).encode())
        self._file = self.path.open("a", encoding="utf-8")

    def write(self, event: str, step: int, **values: Any) -> None:
        """Append one event."""
        self._file.write(_line({"event": event, "step": step, **values}))
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _line(event: dict[str, Any]) -> str:
    return to_json(without_nan(event)).decode() + "\n"  # a loss may be nan


def read_events(path: Path) -> list[dict[str, Any]]:
    """All events of a file, which need not exist; lines that are none, or that a crash cut short, are skipped."""
    if not path.is_file():
        return []
    events = []
    for line in path.read_bytes().splitlines():
        with suppress(MienError):
            event = parse_json(line, path.name)
            if isinstance(event, dict) and isinstance(event.get("step"), int) and "event" in event:
                events.append(event)
    return events


def draw_curves(events: list[dict[str, Any]], path: Path) -> None:
    """Loss and validation accuracy over the steps, as a PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.5), layout="constrained")
    loss_axis, accuracy_axis = figure.subplots(1, 2)
    steps = [e for e in events if e["event"] == "step"]
    epochs = [e for e in events if e["event"] == "epoch"]
    loss_axis.plot([e["step"] for e in steps], [e["loss"] for e in steps], linewidth=0.8)
    loss_axis.set(title="Training loss", xlabel="step")
    for key, label in (("accuracy", "as they are"), ("accuracy_16", "shrunk to 16 px")):
        accuracy_axis.plot([e["epoch"] + 1 for e in epochs], [100 * e[key] for e in epochs], marker="o", label=label)
    accuracy_axis.set(title="Validation accuracy, %", xlabel="epoch")
    accuracy_axis.legend()
    save_figure(figure, path, dpi=120)


def write_tensorboard(events: list[dict[str, Any]], folder: Path) -> None:
    """The same curves in TensorBoard's format."""
    from tensorboardX import SummaryWriter

    for old in folder.glob("events.out.tfevents.*"):
        old.unlink()
    with SummaryWriter(str(folder)) as writer:
        for event in events:
            for key, value in event.items():
                if isinstance(value, float):
                    writer.add_scalar(f"{event['event']}/{key}", value, event["step"])
