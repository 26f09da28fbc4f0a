import os
import stat
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
