"""Matplotlib's figures, saved with their texts as they are."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from mien.utils.files import write_atomic

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def save_figure(figure: "Figure", path: Path, *, dpi: int) -> None:
    r"""Save a figure without reading its texts as mathematics or LaTeX: a person or a class may be called `$\foo$`.

    Args:
        figure: with all its texts.
        path: ends as its kind of picture does.
        dpi: dots an inch.

    Raises:
        MienError: see `mien.utils.files.check_output`.
        OSError: it cannot be written.
    """
    from matplotlib.text import Text  # half a second

    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_parse_math(False)
        text.set_usetex(False)
    buffer = io.BytesIO()
    figure.savefig(buffer, format=path.suffix[1:].lower(), dpi=dpi)
    write_atomic(path, buffer.getvalue())
