"""The classifier head."""

from torch import nn


def mlp_head(features: int, classes: int, hidden: int = 512, dropout: float = 0.5, *, layers: int = 1) -> nn.Sequential:
    """(B, features) -> (B, classes) over hidden layers, each half as wide as the one before.

    One of 512 is the Neural Resizer's (Hwang et al. 2022, Sec. 3.2); three from 384 are ARBEx's (Wasi et al. 2023).
    """
    head = nn.Sequential()
    for _ in range(layers):
        head.extend([nn.Linear(features, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Dropout(dropout)])
        features, hidden = hidden, hidden // 2
    head.append(nn.Linear(features, classes))
    return head
