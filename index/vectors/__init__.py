"""Dense search: exact in small libraries, approximate in large ones. Derived from SQL."""

from index.vectors.approximate import ApproximateIndex
from index.vectors.blotting import blot_out
from index.vectors.engine import import_faiss
from index.vectors.exact import ExactIndex
from index.vectors.file import erase, load, remove_abandoned, save
from index.vectors.index import VectorIndex
from index.vectors.lists import Lists, list_count, make_lists, probes, sample_size
from index.vectors.values import Ids, Stored, Vectors

__all__ = [
    "ApproximateIndex",
    "ExactIndex",
    "Ids",
    "Lists",
    "Stored",
    "VectorIndex",
    "Vectors",
    "blot_out",
    "erase",
    "import_faiss",
    "list_count",
    "load",
    "make_lists",
    "probes",
    "remove_abandoned",
    "sample_size",
    "save",
]
