"""LibreOffice opens a table in a country's settings, and what it has understood is looked at in its own file."""

import subprocess
from pathlib import Path

from openpyxl import load_workbook

_LANGUAGE = {"en-US": 1033, "de-DE": 1031}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"><value>{}</value></prop></item>
</oor:items>
"""


def check(soffice: str, locale: str, table: Path, folder: Path) -> None:
    """Every cell is what was written: a number a number, a text that looks like a formula a text."""
    profile = folder / f"profile-{locale}"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(locale))
    words = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    if table.suffix == ".csv":
        between = ord(";") if locale == "de-DE" else ord(",")
        words.append(f"--infilter=Text - txt - csv (StarCalc):{between},34,76,1,,{_LANGUAGE[locale]},false,true")
    out = folder / "opened"
    subprocess.run([*words, "--convert-to", "xlsx", "--outdir", str(out), str(table)], check=True, timeout=300)
    sheet = load_workbook(out / f"{table.stem}.xlsx").worksheets[0]
    head, *rows = sheet.iter_rows()
    names = [str(cell.value) for cell in head]
    assert all(cell.data_type != "f" for row in (head, *rows) for cell in row)
    happiness, label = names.index("p_happiness"), names.index("label")
    assert [row[happiness].value for row in rows] == [0.1, 0.1, 0.8, 0.1, 0.8, 0.1]
    assert str(rows[-1][label].value).lstrip("'") == "=sum"
