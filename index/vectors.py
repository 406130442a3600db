"""Dense search: FAISS, exact inner product over unit vectors. Derived from SQL, never the truth."""

from __future__ import annotations

import glob
import hashlib
import logging
import os
import struct
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.storage.errors import storage_errors

log = logging.getLogger(__name__)

Ids = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]

# magic, format version, dimension, revision, bytes of the payload
HEADER = struct.Struct("<8sIIQQ")
MAGIC = b"CUTTVEC\0"
FORMAT = 1
ABANDONED_AFTER = 3600.0
"""Seconds; no save takes so long."""
DIGEST_BYTES = hashlib.sha256().digest_size


class VectorIndex:
    """Passage ids and unit vectors, searched exactly; safe for many threads."""

    def __init__(self, dimension: int) -> None:
        """An empty index for vectors of `dimension` floats."""
        if dimension < 1:
            raise ValueError("The dimension must be at least 1.")
        # Here and not above: importing FAISS takes a good part of a second.
        import faiss

        self.dimension = dimension
        self._index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        self._ids: set[int] = set()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        with self._lock:
            return len(self._ids)

    @property
    def ids(self) -> Ids:
        """The passage ids, ascending, int64 [n]."""
        with self._lock:
            return np.array(sorted(self._ids), dtype=np.int64)

    def add(self, ids: Iterable[int], vectors: npt.ArrayLike) -> None:
        """Add vectors [n, dimension] of any length under their ids; one of a known id replaces it.

        Raises:
            ValueError: shapes that do not fit, an id twice, or values that are not finite.
        """
        new = _as_ids(ids)
        matrix = _unit(vectors, self.dimension)
        if len(new) != len(matrix):
            raise ValueError(f"{len(new)} ids for {len(matrix)} vectors.")
        distinct = set(new.tolist())
        if len(distinct) != len(new):
            raise ValueError("An id comes twice.")
        with self._lock:
            self._remove(distinct & self._ids)
            if distinct:
                self._index.add_with_ids(matrix, new)
            self._ids |= distinct

    def vectors(self, ids: Iterable[int]) -> Vectors:
        """The unit vectors of these ids, all of them known: float32 [n, dimension]."""
        with self._lock:
            return np.asarray(self._index.reconstruct_batch(_as_ids(ids)), dtype=np.float32)

    def remove(self, ids: Iterable[int]) -> int:
        """Remove these ids, known or not; how many were there."""
        with self._lock:
            return self._remove(self._ids.intersection(_as_ids(ids).tolist()))

    def _remove(self, known: set[int]) -> int:
        if known:
            self._index.remove_ids(np.array(sorted(known), dtype=np.int64))
            self._ids -= known
        return len(known)

    def search(
        self, vector: npt.ArrayLike, k: int, among: Iterable[int] | None = None
    ) -> list[tuple[int, float]]:
        """The ids and cosine similarities (-1 to 1) of the `k` nearest vectors, best first.

        Args:
            vector: [dimension], of any length; a zero vector is similar to nothing (0).
            k: fewer are returned when fewer are there.
            among: the ids to choose from, known or not; all without it.
        """
        query = _unit(np.asarray(vector, dtype=np.float32).reshape(1, -1), self.dimension)
        with self._lock:
            known = self._ids if among is None else self._ids.intersection(_as_ids(among).tolist())
            k = min(k, len(known))
            if k < 1:
                return []
            limit = None if among is None else _only(known)
            scores, found = self._index.search(query, k, params=limit)
        return [
            (passage_id, score)
            for passage_id, score in zip(found[0].tolist(), scores[0].tolist(), strict=True)
            if passage_id != -1
        ]

    def save(self, path: Path, revision: int) -> None:
        """Write the index to `path`, whole or not at all, as that of the library's `revision`.

        Raises:
            StorageError: the file cannot be written.
        """
        import faiss

        with self._lock:
            payload = faiss.serialize_index(self._index).tobytes()
        header = HEADER.pack(MAGIC, FORMAT, self.dimension, revision, len(payload))
        digest = hashlib.sha256(header + payload).digest()
        with storage_errors(path, writing=True):
            _remove_abandoned(path)
            descriptor, name = tempfile.mkstemp(".tmp", f"{path.name}.", path.parent)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(header + digest)
                    file.write(payload)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(path)
            except BaseException:
                with suppress(FileNotFoundError):
                    Path(name).unlink()
                raise

    @staticmethod
    def erase(path: Path) -> None:
        """Remove the file at `path`, and what saving to it has left beside it, if anything.

        Raises:
            StorageError: a file cannot be removed.
        """
        with storage_errors(path):
            for file in (path, *_unfinished(path)):
                file.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path, dimension: int) -> tuple[VectorIndex, int] | None:
        """The index in the file and the revision it was saved with; None when it cannot be used.

        A file that is damaged, or of another format or dimension, is logged; a missing one is not.
        """
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            content = b""
        try:
            return cls._from_bytes(content, dimension)
        except (ValueError, RuntimeError) as error:
            log.warning("The vector index %s is made anew: %s", path.name, error)
            return None

    @classmethod
    def _from_bytes(cls, content: bytes, dimension: int) -> tuple[VectorIndex, int]:
        view = memoryview(content)
        start = HEADER.size + DIGEST_BYTES
        if len(view) < start:
            raise ValueError("it is cut off.")
        header, digest, payload = view[: HEADER.size], view[HEADER.size : start], view[start:]
        magic, version, its_dimension, revision, length = HEADER.unpack(header)
        if magic != MAGIC or version != FORMAT:
            raise ValueError("it has another format.")
        if length != len(payload):
            raise ValueError("it is cut off.")
        checksum = hashlib.sha256(header)
        checksum.update(payload)
        # FAISS trusts its input: it never sees a payload that is not as it was written.
        if checksum.digest() != digest:
            raise ValueError("it is damaged.")
        if its_dimension != dimension:
            raise ValueError(f"its vectors have {its_dimension} dimensions, not {dimension}.")
        import faiss

        index = cls(dimension)
        index._index = faiss.deserialize_index(np.frombuffer(payload, dtype=np.uint8))
        index._ids = set(faiss.vector_to_array(index._index.id_map).tolist())
        return index, revision


def _only(ids: set[int]) -> Any:
    """The parameters of a search that sees no other ids."""
    import faiss

    make: Any = faiss.SearchParameters  # which keeps the selector alive, if given to it here
    return make(sel=faiss.IDSelectorBatch(np.array(list(ids), dtype=np.int64)))


def _unfinished(path: Path) -> list[Path]:
    """What is being written, or was when its process was killed, to become the file at `path`."""
    return list(path.parent.glob(f"{glob.escape(path.name)}.*.tmp"))


def _remove_abandoned(path: Path) -> None:
    """Remove what processes that were killed while saving to `path` have left beside it."""
    for file in _unfinished(path):
        # Another process may be removing it, too, or be saving just now.
        with suppress(FileNotFoundError):
            if time.time() - file.stat().st_mtime > ABANDONED_AFTER:
                file.unlink()


def _as_ids(ids: Iterable[int]) -> Ids:
    values = ids if isinstance(ids, np.ndarray) else list(ids)
    return np.asarray(values, dtype=np.int64).reshape(-1)


def _unit(vectors: npt.ArrayLike, dimension: int) -> Vectors:
    """The vectors as contiguous float32 [n, dimension] of length 1; zero vectors stay zero."""
    matrix = np.asarray(vectors, dtype=np.float32)
    if matrix.ndim != 2 or matrix.shape[1] != dimension:
        raise ValueError(f"The vectors are {matrix.shape}, expected (n, {dimension}).")
    if not np.isfinite(matrix).all():
        raise ValueError("The vectors hold values that are not finite.")
    # float64: the square of a large float32 is not a float32.
    norms = np.sqrt(np.einsum("ij,ij->i", matrix, matrix, dtype=np.float64))
    norms[norms == 0] = 1
    return np.ascontiguousarray(matrix / norms[:, None], dtype=np.float32)
