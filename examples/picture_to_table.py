"""A picture to an Arrow table, a row a face: `python picture_to_table.py people.jpg`.

`table.to_pandas()` makes a data frame of it where pandas is installed.
"""

import sys
from pathlib import Path

import pyarrow as pa

from mien import EXPRESSIONS, Frame, MienError, Recognizer, read_picture


def table_of(path: Path) -> pa.Table:
    """The faces of a picture, the largest first."""
    image = read_picture(path)
    with Recognizer() as recognizer:
        predictions = recognizer.recognize_picture(Frame(0, 0.0, image)).predictions
    rows = [
        {
            "face": p.track_id,
            "size_px": round(p.face.size, 1),
            "label": p.label,
            "sure": p.sure,
            "expressions": [EXPRESSIONS[i] for i in p.expressions],
            **{f"p_{name}": float(value) for name, value in zip(EXPRESSIONS, p.probabilities, strict=True)},
        }
        for p in predictions
    ]
    return pa.Table.from_pylist(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        print(table_of(Path(sys.argv[1])).to_pylist())
    except MienError as error:
        sys.exit(str(error))
