"""In processes of their own, since OpenVINO reports when it is first imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
from openvino.tools.ovc import convert_impl, main, telemetry_utils
from openvino.tools.ovc import telemetry_stub as empty
import sys, torch
assert all(module.tm is empty for module in (convert_impl, main, telemetry_utils))
assert sys.modules["openvino_telemetry"] is None
"""

# Stands in for the real package, which would report: it counts what it is told.
REPORTER = """
used = 0

class Telemetry:
    def __init__(self, *_, **__):
        pass

def _used(*_, **__):
    global used
    used += 1

for name in ("send_event", "send_error", "send_stack_trace", "start_session", "end_session", "force_shutdown"):
    setattr(Telemetry, name, _used)
"""


@pytest.fixture
def reporter(tmp_path: Path) -> dict[str, str]:
    """An environment in which OpenVINO finds that package."""
    (tmp_path / "openvino_telemetry" / "backend").mkdir(parents=True)
    (tmp_path / "openvino_telemetry" / "__init__.py").write_text(REPORTER)
    (tmp_path / "openvino_telemetry" / "backend" / "__init__.py").touch()
    (tmp_path / "openvino_telemetry" / "backend" / "backend_ga4.py").touch()
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path}


@pytest.mark.parametrize(
    "first",
    [
        "import mien, openvino",
        pytest.param("from mien.faces.detector import FaceDetector", marks=pytest.mark.slow),
    ],
)
def test_openvino_reports_nothing_from_its_import_on(first: str, reporter: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", first + ASK], env=reporter, check=True)


@pytest.mark.slow
def test_openvino_imported_before_reports_nothing_more(reporter: dict[str, str]) -> None:
    code = f"""
import openvino, openvino_telemetry
before = openvino_telemetry.used
assert before > 0
import mien
{ASK}
openvino.convert_model(torch.nn.ReLU(), example_input=torch.zeros(1))
assert openvino_telemetry.used == before
"""
    subprocess.run([sys.executable, "-c", code], env=reporter, check=True)
