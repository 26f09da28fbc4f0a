"""A folder of pictures to a CSV, a row a face: `python folder_of_pictures.py holiday faces.csv`."""

import csv
import sys
from collections import Counter
from pathlib import Path

from mien import Frame, MienError, Recognizer, read_picture

ENDINGS = {".jpg", ".jpeg", ".png"}


def classify_folder(folder: Path, table: Path) -> Counter[str]:
    """Write a row a face; how often each expression was found."""
    found: Counter[str] = Counter()
    with Recognizer() as recognizer, table.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["picture", "left", "top", "width", "height", "label", "confidence", "why_not_sure"])
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS):
            try:
                image = read_picture(path)
            except MienError as error:
                print(f"Left out: {error}", file=sys.stderr)
                continue
            for p in recognizer.recognize_picture(Frame(0, 0.0, image)).predictions:
                box = [round(v) for v in p.face.box]
                rows.writerow([path.relative_to(folder), *box, p.label, f"{p.confidence:.3f}", "|".join(p.unsure)])
                found[p.label if p.sure else "not sure"] += 1
    return found


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if not Path(sys.argv[1]).is_dir():
        sys.exit(f"{sys.argv[1]} is no folder.")
    for name, count in classify_folder(Path(sys.argv[1]), Path(sys.argv[2])).most_common():
        print(f"{count:6d}  {name}")
