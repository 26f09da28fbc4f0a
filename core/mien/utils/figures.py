"""Matplotlib's figures, saved with their texts as they are."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mien.utils.files import write_atomic

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def save_figure(figure: "Figure", target: Any, **options: Any) -> None:
    r"""Save a figure without reading its texts as mathematics or LaTeX: a person or a class may be called `$\foo$`.

    Args:
        figure: with all its texts.
        target: a path, or an open file.
        options: of `Figure.savefig`.

    Raises:
        MienError: see `mien.utils.files.check_output`.
        OSError: it cannot be written.
    """
    from matplotlib.text import Text  # half a second

    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_parse_math(False)
        text.set_usetex(False)
    if not isinstance(target, Path):
        figure.savefig(target, **options)
        return
    buffer = io.BytesIO()
    figure.savefig(buffer, format=target.suffix[1:].lower(), **options)
    write_atomic(target, buffer.getvalue())
