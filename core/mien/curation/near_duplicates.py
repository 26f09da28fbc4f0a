"""Pictures that look the same: copies, also scaled or compressed ones."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import cv2
import numpy as np

from mien.types import Image
from mien.utils.components import components

_BITS, _NEAR_BITS = 64, 5  # of a perceptual hash; copies that were scaled or compressed differ in 0 to 4


def perceptual_hash(image: Image) -> int:
    """64 bits of a grey picture's coarse pattern (OpenCV's pHash); pictures that look alike differ in few of them."""
    return int.from_bytes(cv2.img_hash.pHash(image).tobytes(), "big")


def group_near_duplicates(hashes: Sequence[int]) -> list[int]:
    """Number the groups of perceptual hashes that differ in at most 5 bits from another one of the group.

    Returns:
        Each hash's group, counted from 0 in the order in which they first appear.
    """
    return components(len(hashes), _near_pairs(hashes))


def _near_pairs(hashes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Two near hashes are the same in at least one of `_NEAR_BITS` + 1 bands, so that only those are compared.

    100,000 pictures take seconds rather than hours.
    """
    first: dict[int, int] = {}
    for i, value in enumerate(hashes):
        yield i, first.setdefault(value, i)
    edges = np.linspace(0, _BITS, _NEAR_BITS + 2).round().astype(int).tolist()
    for low, high in pairwise(edges):
        bands: dict[int, list[int]] = defaultdict(list)
        for value in first:
            bands[value >> low & (1 << high - low) - 1].append(value)
        for band in bands.values():
            for a, b in combinations(band, 2):
                if (a ^ b).bit_count() <= _NEAR_BITS:
                    yield first[a], first[b]
