import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mien_app.services.preferences import Preferences


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights by folder")
@pytest.mark.parametrize("before", [None, 0o644, 0o666])
def test_settings_are_for_their_owner_alone(tmp_path: Path, before: int | None) -> None:
    path = tmp_path / "config" / "settings.ini"
    if before is not None:
        path.parent.mkdir()
        path.write_text("[General]\nmodel=deit\n")
        path.chmod(before)
    umask = os.umask(0)
    try:
        made = Preferences(path)
        assert made.model == ("light" if before is None else "deit")
        made.model = "swin"
        made.write()
        again = Preferences(path)
        again.add_recent("film.mp4")
        again.write()
    finally:
        os.umask(umask)
    assert Preferences(path).model == "swin"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(p.name for p in path.parent.iterdir() if p.suffix != ".lock") == ["settings.ini"]


OTHER = "import sys, pathlib; from mien_app.services.preferences import Preferences\n"
OTHER += "own = Preferences(pathlib.Path(sys.argv[1])); own.model = 'swin'; own.add_recent('b.mp4'); own.write()"


@pytest.mark.slow
def test_two_processes_keep_each_others_settings(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    own = Preferences(path)
    own.appearance = "dark"
    own.write()
    own.mirror = True  # not written yet
    subprocess.run([sys.executable, "-c", OTHER, str(path)], check=True)
    own.write()
    both = Preferences(path)
    assert (both.model, both.mirror, both.appearance) == ("swin", True, "dark")
    assert both.recent == ["b.mp4"]
    assert "model=swin" in path.read_text()
