"""The classifier head."""

from torch import nn


def mlp_head(features: int, classes: int, hidden: int = 512, dropout: float = 0.5) -> nn.Sequential:
    """The paper's head (Sec. 3.2): (B, features) -> (B, classes)."""
    return nn.Sequential(
        nn.Linear(features, hidden),
        nn.BatchNorm1d(hidden),
        nn.ReLU(),
        nn.Dropout(dropout),
        nn.Linear(hidden, classes),
    )
