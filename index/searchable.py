"""Keeps a vector index at SQL's state."""

from __future__ import annotations

import numpy as np

from index.catalog import Catalog
from index.vectors import VectorIndex


def reconcile(index: VectorIndex, catalog: Catalog, library_id: int) -> int:
    """Bring the index to the passages that the library holds; nothing is encoded again.

    Read the library's revision before, to save the index with it: what others change meanwhile
    is then reconciled the next time.

    Returns:
        How many passages were added or removed.
    """
    wanted, held = catalog.passage_ids(library_id), index.ids
    changed = index.remove(np.setdiff1d(held, wanted, assume_unique=True))
    missing = np.setdiff1d(wanted, held, assume_unique=True)
    for ids, vectors in catalog.embeddings(library_id, missing):
        index.add(ids, vectors)
        changed += len(ids)
    return changed
