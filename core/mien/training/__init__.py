"""Training: from a config and labelled faces to a model with its card."""

from mien.nn import torchvision_repair  # noqa: F401  (before any module here imports timm)
