"""Switches off what the libraries under Mien would tell their makers. `mien` does this before anything else.

OpenVINO reports each import and each translated model to Google Analytics, through a package of its own,
`openvino_telemetry`, and writes an id into the person's home. Its switches are a file in that home, which is the
person's, and a variable that is for test machines only. But it does without the package where that is not installed:
here it is made to seem so, for this process alone.

Who imports `openvino` before `mien` has let it report that import; nothing is reported afterwards.
"""

import importlib
import os
import sys
from typing import Any

_REPORTER = "openvino_telemetry"
_USERS = "openvino.tools.ovc"
_EMPTY = "openvino.tools.ovc.telemetry_stub"


def switch_off() -> None:
    """Nothing is reported by this process from now on."""
    # Read when huggingface_hub is first imported, which a training from published weights does.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    reporter: Any = sys.modules.get(_REPORTER)
    sys.modules[_REPORTER] = None  # type: ignore[assignment]  # Python's way to say: there is no such module
    if reporter is not None:
        _take_from_openvino(reporter)


def _take_from_openvino(reporter: Any) -> None:
    """Where OpenVINO has it already, put the empty one in its place that it brings for when it is not installed."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_USERS) and getattr(module, "tm", None) is reporter:
            module.tm = importlib.import_module(_EMPTY)  # type: ignore[attr-defined]
