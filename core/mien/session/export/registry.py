"""All exporters by name. A new one is a module like its neighbours, and a line here."""

from mien.session.export.base import Exporter
from mien.session.export.plot import PLOT
from mien.session.export.tables import ROWS
from mien.session.export.video import VIDEO

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in (ROWS, PLOT, VIDEO)}
