"""FAISS, and the only importer of it: k-means, and the search through lists of codes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from index.vectors.values import Codes, Ids, Scores, Vectors

SEED = 7
FEW = 64
"""Vectors that are put into lists one by one."""


def import_faiss() -> None:
    """Import FAISS, which takes a good part of a second, now and not with the first search."""
    import faiss  # noqa: F401


def first_centroids(sample: Vectors, count: int) -> Vectors:
    """Vectors of the sample, each once, to begin k-means with."""
    chosen = np.random.default_rng(SEED).choice(len(sample), count, replace=False)
    return np.ascontiguousarray(sample[chosen], dtype=np.float32)


def better_centroids(sample: Vectors, centroids: Vectors) -> Vectors:
    """The centres of the clusters around these, themselves of length 1: a round of k-means."""
    import faiss

    count, dimension = centroids.shape
    means: Any = faiss.Kmeans(
        dimension,
        count,
        niter=1,
        spherical=True,
        seed=SEED,
        min_points_per_centroid=1,
        max_points_per_centroid=len(sample),
    )
    means.train(np.ascontiguousarray(sample, dtype=np.float32), init_centroids=centroids)
    return np.array(means.centroids, dtype=np.float32).reshape(count, dimension)


def nearest(matrix: Vectors, centroids: Vectors) -> Ids:
    """The number of the centroid nearest to each vector."""
    import faiss

    coarse: Any = faiss.IndexFlatIP(centroids.shape[1])
    coarse.add(centroids)
    return np.asarray(coarse.search(np.ascontiguousarray(matrix), 1)[1][:, 0], dtype=np.int64)


class Engine:
    """Puts unit vectors into lists, codes them with a byte a dimension, and searches the codes."""

    def __init__(self, centres: Vectors, low: Vectors, span: Vectors) -> None:
        import faiss

        self._faiss: Any = faiss
        self.lists, self.dimension = centres.shape
        self._coarse: Any = faiss.IndexFlatIP(self.dimension)
        self._coarse.add(centres)
        eight_bits = faiss.ScalarQuantizer.QT_8bit
        metric = faiss.METRIC_INNER_PRODUCT
        self._index: Any = faiss.IndexIVFScalarQuantizer(
            self._coarse, self.dimension, self.lists, eight_bits, metric, False
        )
        faiss.copy_array_to_vector(np.concatenate([low, span]), self._index.sq.trained)
        self._index.is_trained = True
        self._content: Any = self._index.invlists

    def append(self, number: int, ids: Ids, codes: Codes) -> None:
        """Put codes at the end of a list."""
        ids, codes = np.ascontiguousarray(ids), np.ascontiguousarray(codes)
        pointer = self._faiss.swig_ptr
        self._content.add_entries(number, len(ids), pointer(ids), pointer(codes))

    def content(self, number: int) -> tuple[Ids, Codes]:
        """The ids and codes of a list, which may be written to until the list grows or shrinks."""
        size = self._content.list_size(number)
        if not size:
            return np.empty(0, np.int64), np.empty((0, self.dimension), np.uint8)
        view = self._faiss.rev_swig_ptr
        ids = view(self._content.get_ids(number), size)
        codes = view(self._content.get_codes(number), size * self.dimension)
        return ids, codes.reshape(size, self.dimension)

    def cut(self, number: int, size: int) -> None:
        """Leave the first `size` entries of a list."""
        self._content.resize(number, size)

    def lists_of(self, matrix: Vectors) -> npt.NDArray[np.uint32]:
        """The list that each vector belongs to."""
        # FAISS searches for one without threads; for a few they cost more than they save, and
        # far more on a computer that is busy.
        step = 1 if len(matrix) <= FEW else len(matrix)
        parts = [matrix[first : first + step] for first in range(0, len(matrix), step)]
        nearest = [self._coarse.search(part, 1)[1] for part in parts]
        return np.concatenate(nearest).reshape(-1).astype(np.uint32)

    def codes(self, matrix: Vectors) -> Codes:
        """The codes of vectors, a byte a dimension."""
        return np.asarray(self._index.sq.compute_codes(matrix), dtype=np.uint8)

    def decoded(self, codes: Codes) -> Vectors:
        """The vectors that codes stand for."""
        return np.asarray(self._index.sq.decode(np.ascontiguousarray(codes)), dtype=np.float32)

    def search(
        self, query: Vectors, k: int, probes: int, among: Ids | None = None
    ) -> tuple[Ids, Scores]:
        """The ids of the nearest codes in the `probes` nearest lists, and their similarities."""
        only = None if among is None else self._faiss.IDSelectorBatch(among)
        limits = self._faiss.SearchParametersIVF(nprobe=probes, sel=only)
        scores, found = self._index.search(query[None], k, params=limits)
        there = found[0] != -1
        return found[0][there], scores[0][there]
