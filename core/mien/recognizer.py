"""The name that `mien.recognition.recognizer` had before; `from mien import Recognizer` is the way now."""

import warnings

from mien.recognition.recognizer import Recognizer

__all__ = ["Recognizer"]

warnings.warn("mien.recognizer has moved: write `from mien import Recognizer`.", DeprecationWarning, stacklevel=2)
