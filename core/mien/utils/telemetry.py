"""Switches off what the libraries under Mien would report to their makers, before any of them is imported.

OpenVINO reports each import and each translated model to Google Analytics, through a package of its own,
`openvino_telemetry`, and writes an id into the person's home. It can be switched off by a file in that home, which is
not ours to write, or by a variable that is meant for test machines. But it does without the package where that is not
installed: to this process, it seems not to be.

If `openvino` was imported before `mien`, that import was reported; nothing is afterwards.
"""

import importlib
import os
import sys
from typing import Any

_REPORTER = "openvino_telemetry"
_USERS = "openvino.tools.ovc"
_EMPTY = "openvino.tools.ovc.telemetry_stub"


def switch_off() -> None:
    """Keep this process from reporting anything from now on."""
    # Read when huggingface_hub is first imported, which a training from published weights does.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    reporter: Any = sys.modules.get(_REPORTER)
    sys.modules[_REPORTER] = None  # type: ignore[assignment]  # to Python, it is not installed
    if reporter is not None:
        _take_from_openvino(reporter)


def _take_from_openvino(reporter: Any) -> None:
    """Where OpenVINO already uses it, put OpenVINO's own stub in its place."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_USERS) and getattr(module, "tm", None) is reporter:
            module.tm = importlib.import_module(_EMPTY)  # type: ignore[attr-defined]
