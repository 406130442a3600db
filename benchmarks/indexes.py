"""Which FAISS index for a large library? Kinds of them side by side, over realistic vectors.

    python -m benchmarks.indexes --data FOLDER [--vectors N] [--kinds IVF4096,SQ8 ...] [--json]

Of each kind: seconds to train and fill it, memory beside the vectors, and then for each number of
probes the share of the ten nearest vectors found (as the index ranks them, and once its 100 best
are ranked anew by their true vectors) and the median time of one question on one thread, as a ratio
to exact search in the same run; and what it costs to add and to remove 20 vectors.
The questions are those that constants are chosen with; `benchmarks.scale` reports others.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.realistic import BLOCK, Real, Vectors, load, nearest

KINDS = (
    "IVF1024,SQ8",
    "IVF2048,SQ8",
    "IVF4096,SQ8",
    "IVF2048,SQ4",
    "IVF2048,PQ96x4fs",
    "HNSW32,SQ8",
)
PROBES = (32, 64, 128)
BREADTHS = (64, 128, 256)
"""Of HNSW: how many neighbours a search keeps."""
HASHTABLE = 2
"""faiss.DirectMap.Hashtable, which its types do not know."""
FOUND = 10
RANKED_ANEW = 100
CHANGED = 20
ROUNDS = 5
PER_LIST = 40
ITERATIONS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of index with one number of probes; times in milliseconds."""

    kind: str
    built: float
    """Seconds."""
    megabytes: float
    effort: int
    recall: float
    recall_anew: float
    search: float
    quicker: float
    add: float
    remove: float | None
    """None where FAISS cannot remove from it."""


def measure(real: Real, number: int, kinds: list[str], console: Console) -> list[Row]:
    """Build and search each kind over so many vectors."""
    vectors = real.rows(0, number)
    further = real.rows(number, number + CHANGED)
    questions = real.chosen_with.vectors[:200]
    truth = nearest(vectors, questions, FOUND)[1]
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(vectors)
    baseline = _median(exact, questions[:40])
    del exact
    console.print(f"exact search of {number} vectors: {baseline:.1f} ms")
    rows = []
    for kind in track(kinds, "indexes", console=console, transient=True):
        rows += _kind(kind, vectors, further, questions, truth, baseline)
        console.print(table(rows[-len(PROBES) :]))
    return rows


def _kind(
    kind: str,
    vectors: Vectors,
    further: Vectors,
    questions: Vectors,
    truth: npt.NDArray[np.int64],
    baseline: float,
) -> list[Row]:
    before = _resident()
    start = perf_counter()
    index: Any = faiss.index_factory(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    inverted = hasattr(index, "nprobe")
    if inverted:
        index.cp.niter = ITERATIONS
        index.cp.min_points_per_centroid = 1
    sample = PER_LIST * index.nlist if inverted else 10_000
    chosen = np.random.default_rng(0).choice(len(vectors), min(sample, len(vectors)), replace=False)
    index.train(vectors[chosen])
    for first in range(0, len(vectors), BLOCK):
        index.add(vectors[first : first + BLOCK])
    built = perf_counter() - start
    megabytes = (_resident() - before) / 1e6
    rows = []
    for effort in PROBES if inverted else BREADTHS:
        if inverted:
            index.nprobe = effort
        else:
            index.hnsw.efSearch = effort
        found = index.search(questions, RANKED_ANEW)[1]
        shares = _recall(found, truth), _anew(found, truth, vectors, questions)
        rows.append((effort, *shares, _median(index, questions)))
    add, remove = _changes(index, further)
    return [
        Row(kind, built, megabytes, effort, plain, anew, ms, baseline / ms, add, remove)
        for effort, plain, anew, ms in rows
    ]


def _changes(index: Any, further: Vectors) -> tuple[float, float | None]:
    """Milliseconds to add vectors and to remove them again, the median of some rounds."""
    adds, removes = [], []
    if hasattr(index, "set_direct_map_type"):
        with suppress(RuntimeError):  # not every kind of list can have one
            index.set_direct_map_type(HASHTABLE)
    for _ in range(ROUNDS):
        first = index.ntotal
        adds.append(_timed(index.add, further))
        ids = np.arange(first, first + len(further), dtype=np.int64)
        try:
            removes.append(_timed(index.remove_ids, faiss.IDSelectorArray(ids)))
        except RuntimeError:
            return median(adds), None
    return median(adds), median(removes)


def _recall(found: npt.NDArray[np.int64], truth: npt.NDArray[np.int64]) -> float:
    hits = (len({*row[:FOUND]} & {*true}) for row, true in zip(found, truth, strict=True))
    return sum(hits) / truth.size


def _anew(
    found: npt.NDArray[np.int64],
    truth: npt.NDArray[np.int64],
    vectors: Vectors,
    questions: Vectors,
) -> float:
    ranked = []
    for row, question in zip(found, questions, strict=True):
        ids = row[row >= 0]
        ranked.append(ids[np.argsort(-(vectors[ids] @ question))][:FOUND])
    hits = (len({*row} & {*true}) for row, true in zip(ranked, truth, strict=True))
    return sum(hits) / truth.size


def _median(index: Any, questions: Vectors) -> float:
    return median(_timed(index.search, question[None], RANKED_ANEW) for question in questions)


def _timed(work: Callable[..., object], *arguments: object) -> float:
    start = perf_counter()
    work(*arguments)
    return 1000 * (perf_counter() - start)


def _resident() -> int:
    """Bytes of memory that this process holds now, what it has freed given back."""
    ctypes.CDLL(None).malloc_trim(0)
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


def table(rows: list[Row]) -> Table:
    """The rows as people read them."""
    shown = Table(
        "index", "built", "MB", "probes", "recall@10", "anew", "ms", "quicker", "+20", "-20"
    )
    for row in rows:
        shown.add_row(
            row.kind,
            f"{row.built:.0f} s",
            f"{row.megabytes:.0f}",
            str(row.effort),
            f"{row.recall:.4f}",
            f"{row.recall_anew:.4f}",
            f"{row.search:.2f}",
            f"{row.quicker:.0f}x",
            f"{row.add:.2f}",
            "never" if row.remove is None else f"{row.remove:.2f}",
        )
    return shown


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="wikinews.jsonl and the others")
    parser.add_argument("--cache", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--vectors", type=int, default=1_000_000)
    parser.add_argument("--kinds", nargs="+", default=list(KINDS))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    rows = measure(
        load(arguments.data, arguments.cache), arguments.vectors, arguments.kinds, console
    )
    if arguments.json:
        json.dump([asdict(row) for row in rows], sys.stdout)
    else:
        Console().print(table(rows))


if __name__ == "__main__":
    main()
