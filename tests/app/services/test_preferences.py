import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mien.models.cards import DEFAULT_MODEL
from mien.recognition.settings import RecognizerSettings
from mien.runtimes import registry
from mien_app.services.preferences import Preferences


def test_a_runtime_of_another_version_or_machine_becomes_automatic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuda, *others = registry._BACKENDS
    monkeypatch.setattr(registry, "_BACKENDS", (replace(cuda, present=lambda: False), *others))
    kept = Preferences(tmp_path / "settings.ini")
    for name, taken in (("openvino", "openvino"), ("tensorrt", "auto"), ("", "auto"), ("cuda", "auto")):
        kept.runtime = name
        assert kept.runtime == taken


def test_settings_of_the_version_before_are_read(tmp_path: Path) -> None:
    """`settings.ini` was written before modules and classes were renamed."""
    shutil.copy(Path(__file__).parents[2] / "data" / "settings.ini", tmp_path)
    kept = Preferences(tmp_path / "settings.ini")
    assert kept.welcomed
    assert not kept.mirror
    assert (kept.model, kept.runtime, kept.appearance) == ("light-plain", "torch", "dark")
    assert (kept.recent, kept.recent_sessions) == (["film.mp4"], ["/sessions/film"])
    assert (kept.sessions_folder, kept.reference_folder) == ("/sessions", "/ferplus")
    assert (kept.dataset_folder, kept.last_folder("export")) == ("/dataset", "/exports")
    expected = RecognizerSettings(max_faces=3, min_face_score=0.7, smoothing_s=1.5, coverage=0.95, min_confidence=0.5)
    assert kept.settings() == expected


def test_two_sessions_stay_aligned_whichever_is_first(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.keep_shift("/a, b", "/c", 1.5)
    preferences.keep_shift("/a, b", "/d", 2.5)
    preferences.write()
    again = Preferences(tmp_path / "settings.ini")
    assert (again.shift("/a, b", "/c"), again.shift("/c", "/a, b"), again.shift("/d", "/a, b")) == (1.5, -1.5, -2.5)
    again.keep_shift("/c", "/a, b", 0.0)
    assert (again.shift("/a, b", "/c"), again.shift("/a, b", "/d")) == (0.0, 2.5)
    again._store.setValue("shifts", "[[1, 2]]")
    assert again.shift("/a, b", "/d") == 0.0, "somebody wrote something else"


def test_numbers_that_are_none_are_those_of_the_first_start(tmp_path: Path) -> None:
    wrong = "\n".join(f"{key}=nan" for key in ("text_size", "max_faces", "smoothing_s", "coverage"))
    (tmp_path / "settings.ini").write_text(f'[General]\n{wrong}\nmin_face_score=-inf\nsessions_folder="a\\0b"\n')
    kept = Preferences(tmp_path / "settings.ini")
    assert kept.text_size == 1.0
    assert kept.settings() == RecognizerSettings()
    assert Path(kept.sessions_folder).name == "Mien"


def test_what_cannot_be_written_is_known(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not Preferences(tmp_path / "file" / "settings.ini").write()
    gone = Preferences(tmp_path / "file" / "settings.ini")
    gone.mirror = True
    assert not gone.write()
    (tmp_path / "file").unlink()
    (tmp_path / "file").mkdir()
    assert gone.write(), "it can be written again"
    assert Preferences(gone.path).mirror
    kept = Preferences(tmp_path / "settings.ini")
    kept.mirror = True
    assert kept.write()
    damaged = tmp_path / "damaged.ini"
    damaged.write_bytes(b"[General\n\0=\xff\n")
    kept = Preferences(damaged)
    kept.mirror = True
    assert kept.write()
    assert Preferences(damaged).mirror


def test_texts_that_are_none_are_those_of_the_first_start(tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_text("[General]\nsessions_folder=@Invalid()\nmodel=a, b\n")
    kept = Preferences(tmp_path / "settings.ini")
    assert (Path(kept.sessions_folder).name, kept.model) == ("Mien", DEFAULT_MODEL)
