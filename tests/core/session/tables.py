"""The tables of a session, compared."""

import csv
from pathlib import Path

TABLES = ("faces.csv", "faces.parquet")


def read_csv(session: Path) -> list[dict[str, str]]:
    with (session / "faces.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def differences(a: Path, b: Path) -> list[str]:
    """Cells of two sessions that are not the same."""
    pairs = zip(read_csv(a), read_csv(b), strict=True)
    return [f"frame {x['frame']}, {k}: {x[k]}, {y[k]}" for x, y in pairs for k in x if x[k] != y[k]]
