"""A Matplotlib figure that notebooks show; other ones they show only once pyplot was imported."""

import io

from matplotlib.figure import Figure


class ShownFigure(Figure):
    """The same in all else."""

    def _repr_png_(self) -> bytes:
        png = io.BytesIO()
        self.savefig(png, format="png")
        return png.getvalue()
