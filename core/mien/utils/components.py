"""What hangs together."""

from collections.abc import Iterable

import numpy as np


def components(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Number the connected components of a graph.

    Args:
        count: how many nodes there are.
        pairs: nodes that belong together, by their indices.

    Returns:
        Each node's component, counted from 0 in the order in which they first appear.
    """
    from scipy.sparse import coo_array  # neither is in the slim set, which looks at no dataset
    from scipy.sparse.csgraph import connected_components

    edges = np.array(list(pairs), np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(edges), np.int8), (edges[:, 0], edges[:, 1])), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels.tolist()]
