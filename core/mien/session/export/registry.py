"""All exporters by name. A new one is a module like its neighbours, and a line here.

Of several that write files of one ending the first is what `mien export` takes where nothing else is said.
"""

from mien.session.export.annotations import ELAN, PRAAT
from mien.session.export.base import Exporter
from mien.session.export.codebook import CODEBOOK
from mien.session.export.intervals import INTERVALS
from mien.session.export.plot import PLOT
from mien.session.export.samples import SAMPLES
from mien.session.export.summary_table import SUMMARY
from mien.session.export.tables import ROWS
from mien.session.export.video import VIDEO

EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter for exporter in (ROWS, PLOT, VIDEO, INTERVALS, SAMPLES, SUMMARY, CODEBOOK, ELAN, PRAAT)
}
