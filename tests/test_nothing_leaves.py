"""No connection but to this machine, no file outside Mien's own folders: from the first start on, in all of Mien."""

import shutil
import sys
from pathlib import Path

import pytest
from tests import watched
from tests.watched import NewMachine

from mien.utils import paths

PYTHON = sys.executable
MIEN = (PYTHON, "-m", "mien_app")

WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from mien_app.startup import application

def end():
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QFileDialog):
            widget.reject()
    window = next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow")
    window.close()

made = application.load_libraries
def load(*arguments):
    made(*arguments)
    QTimer.singleShot(500, lambda: QFileDialog.getOpenFileName(None, "a file"))
    QTimer.singleShot(1500, end)
application.load_libraries = load
sys.exit(application.run_window("", ""))
"""

LIBRARY = """
from mien import Recognizer, open_source
for runtime in ("openvino", "torch"):
    with Recognizer(runtime=runtime) as recognizer:
        print(recognizer.recognize(open_source("demo").read()).predictions[0].label)
"""

CLUSTER = """
import sys
import dask
from distributed import LocalCluster
from mien.cli.main import main
if __name__ == "__main__":
    dask.config.set({"temporary-directory": "workers"})  # dask's own files are where its person has them
    with LocalCluster(n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        sys.exit(main(["analyze", sys.argv[1], "--out", "sessions", "--cluster", cluster.scheduler_address]))
"""

TRAINING = """
start = "random"
loss = "ce"
epochs = 1
batch_size = 8
[network]
backbone = "deit_tiny_pooled"
input_size = 32
crop_size = 24
classes = ["a", "b"]
"""


@pytest.fixture
def machine(tmp_path: Path) -> NewMachine:
    if why := watched.why_not():
        pytest.skip(why)
    return NewMachine(tmp_path / "machine")


@pytest.fixture(scope="module")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the model was translated once, which takes a new machine seconds."""
    machine = NewMachine(tmp_path_factory.mktemp("prepared"))
    check(machine, *MIEN, "models", "light", "--prepare")
    return machine.home


@pytest.fixture
def prepared(machine: NewMachine, request: pytest.FixtureRequest) -> NewMachine:
    shutil.copytree(request.getfixturevalue("prepared_home"), machine.home)
    return machine


def check(machine: NewMachine, *command: str, ports: str = "") -> None:
    """Nothing leaves, nothing listens (but where `ports` is part of the call), nothing is left lying about."""
    seen = machine.run(*command)
    assert seen.code == 0, seen.said
    assert seen.left == []
    assert [line for line in seen.listens if not ports or ports not in line] == []
    assert machine.strays(seen) == []


def program(machine: NewMachine, text: str) -> str:
    machine.work.mkdir(parents=True)
    path = machine.work / "program.py"
    path.write_text(text)
    return str(path)


def test_what_would_leave_is_seen(machine: NewMachine) -> None:
    asks = 'import socket, pathlib; pathlib.Path.home().joinpath("id").write_text("1"); '
    asks += 'socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 9))'  # sends nothing
    asks += '; socket.create_server(("127.0.0.1", 0)); socket.socket(socket.AF_UNIX).bind("here")'
    seen = machine.run(PYTHON, "-c", asks)
    assert seen.code == 0, seen.said
    assert len(seen.left) == 1
    assert len(seen.listens) == 1
    assert machine.strays(seen) == [machine.home / "id"]


@pytest.mark.parametrize(
    ("line", "leaves"),
    [
        ('connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = 0', True),
        ('connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0', True),
        ('connect(3, {sa_family=AF_INET, sin_port=htons(8786), sin_addr=inet_addr("127.0.0.1")}, 16) = 0', False),
        (
            "connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), "
            'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH',
            True,
        ),
        ('connect(3, {sa_family=AF_INET6, sin6_port=htons(9), inet_pton(AF_INET6, "::ffff:127.0.0.1"', False),
        ('connect(3, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0', True),
        ('connect(3, {sa_family=AF_UNIX, sun_path="/run/user/0/bus"}, 42) = 0', False),
        ('sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("192.0.2.1")}, 16)', True),
    ],
)
def test_which_calls_leave(line: str, leaves: bool) -> None:
    assert watched.leaves(line) == leaves


@pytest.mark.slow
def test_snapshot(prepared: NewMachine) -> None:
    check(prepared, *MIEN, "snapshot", "demo", "--out", "faces.png")


@pytest.mark.slow
def test_analyze(prepared: NewMachine) -> None:
    picture = str(paths.assets() / "astronaut.png")
    check(prepared, *MIEN, "analyze", picture, "--out", "sessions", "--annotated")


@pytest.mark.slow
def test_the_window_before_anything_is_agreed_to(machine: NewMachine) -> None:
    check(machine, PYTHON, program(machine, WINDOW))


@pytest.mark.slow
def test_live(machine: NewMachine) -> None:
    check(machine, *MIEN, "live", "--headless", "--frames", "3", "--out", "demo")


@pytest.mark.parametrize(
    ("protocol", "ports"),
    [("json", ""), ("osc", ""), ("web", 'sin_port=htons(8765), sin_addr=inet_addr("127.0.0.1")')],
)
@pytest.mark.slow
def test_what_is_sent_stays_here(protocol: str, ports: str, prepared: NewMachine) -> None:
    words = [*MIEN, "live", "--headless", "--frames", "3", "--send", protocol]
    check(prepared, *words, ports=ports)


@pytest.mark.slow
def test_a_training(machine: NewMachine, class_folder: Path) -> None:
    machine.work.mkdir(parents=True)
    (machine.work / "tiny.toml").write_text(TRAINING)
    check(machine, *MIEN, "train", str(class_folder), "--config", "tiny.toml", "--out", "run")


@pytest.mark.slow
def test_a_cluster(prepared: NewMachine) -> None:
    pytest.importorskip("distributed")
    check(
        prepared,
        PYTHON,
        program(prepared, CLUSTER),
        str(paths.assets() / "astronaut.png"),
        ports='inet_addr("127.0.0.1")',
    )


@pytest.mark.slow
def test_the_library(prepared: NewMachine) -> None:
    check(prepared, PYTHON, program(prepared, LIBRARY))
