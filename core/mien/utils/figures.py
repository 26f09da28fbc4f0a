"""Matplotlib's figures, saved with their texts as they are."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def save_figure(figure: "Figure", target: Any, **options: Any) -> None:
    r"""Save a figure without reading its texts as mathematics or LaTeX: a person or a class may be called `$\foo$`.

    Args:
        figure: with all its texts.
        target: a path or an open file.
        options: of `Figure.savefig`.
    """
    from matplotlib.text import Text  # half a second

    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_parse_math(False)
        text.set_usetex(False)
    figure.savefig(target, **options)
