"""All column schemes by name. A new one is a module like its neighbours, and a line here."""

from mien.session.schemes.base import ColumnScheme
from mien.session.schemes.fex import FEX
from mien.session.schemes.mien import MIEN
from mien.session.schemes.openface import OPENFACE

COLUMN_SCHEMES: dict[str, ColumnScheme] = {scheme.name: scheme for scheme in (MIEN, FEX, OPENFACE)}
