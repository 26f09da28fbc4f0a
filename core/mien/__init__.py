"""Mien: facial expression recognition with a learned resizer in front of a transformer.

Importing this package is cheap: PyTorch, OpenCV and MediaPipe are loaded by the modules that need them.
"""

__version__ = "0.1.0"
