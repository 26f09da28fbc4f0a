"""The classifier head."""

from torch import nn


def mlp_head(features: int, classes: int, hidden: int = 512, dropout: float = 0.5, *, layers: int = 1) -> nn.Sequential:
    """The classifier: (B, features) -> (B, classes) logits over hidden layers, each half as wide as the one before.

    One of 512 is the Neural Resizer's (Hwang et al. 2022, Sec. 3.2); three from 384 are ARBEx's (Wasi et al. 2023).

    Args:
        features: width of the embedding.
        classes: how many.
        hidden: width of the first hidden layer.
        dropout: after each hidden layer, 0..1.
        layers: number of hidden layers.
    """
    head = nn.Sequential()
    for _ in range(layers):
        head.extend([nn.Linear(features, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Dropout(dropout)])
        features, hidden = hidden, hidden // 2
    head.append(nn.Linear(features, classes))
    return head
