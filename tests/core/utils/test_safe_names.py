import pytest

from mien.utils.names import is_reserved


@pytest.mark.parametrize(
    "name",
    ["CON", "prn", "Aux", "NUL", "nul.txt", "nul.tar.gz", "COM1", "com0", "LPT9", "COM\N{SUPERSCRIPT TWO}", "conin$"],
)
def test_names_of_devices(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize(
    "name",
    ["CONOUT$", "aux .mp4", "name.", "name ", "..."],
)
def test_names_that_only_some_systems_have(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["console", "com", "COM10", "null", "aux-1", "my con", "a.nul", "lpt", ".hidden"])
def test_names_that_every_system_has(name: str) -> None:
    assert not is_reserved(name)
