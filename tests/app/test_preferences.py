from pathlib import Path

from mien_app.services.preferences import Preferences


def test_a_runtime_of_another_version_becomes_automatic(tmp_path: Path) -> None:
    kept = Preferences(tmp_path / "settings.ini")
    for name, taken in (("openvino", "openvino"), ("tensorrt", "auto"), ("", "auto")):
        kept.runtime = name
        assert kept.runtime == taken
