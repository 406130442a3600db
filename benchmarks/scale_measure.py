"""What one process sees of a library of `benchmarks.scale`, which calls it: one JSON object."""

from __future__ import annotations

import argparse
import ctypes
import json
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import faiss

from benchmarks.realistic import Real, load
from benchmarks.scale_library import (
    PreparedEncoder,
    common_words,
    further_article,
    open_archive,
    ordinary_words,
)
from index import Archive
from index.vectors import VectorIndex

QUESTIONS = 200
EXACT_QUESTIONS = 60
FOUND = 10
WANTED = 50
CHANGES = 11


def opened(folder: Path, real: Real, passages: int) -> dict[str, Any]:
    """Open the library: seconds until its first search is done, and memory."""
    faiss.IndexFlatIP(1)
    vector = real.reported_with.vectors[0]
    before = _resident()
    start = perf_counter()
    with open_archive(folder, real, passages) as archive:
        index = _index(archive)
        index.search(vector, WANTED)
        seconds = perf_counter() - start
        held = _resident() - before
        return {"seconds": seconds, "megabytes": held / 1e6, "kind": index.kind}


def used(folder: Path, real: Real, passages: int) -> dict[str, Any]:
    """Search, add and remove; times in milliseconds, medians."""
    with open_archive(folder, real, passages) as archive:
        index = _index(archive)
        questions = real.reported_with.vectors[:QUESTIONS]
        found = [index.search(question, WANTED) for question in questions]
        result: dict[str, Any] = {
            "search": _median(lambda q: index.search(q, WANTED), questions),
            **_exact(real, passages, [[i for i, _ in row[:FOUND]] for row in found], archive),
            **_keywords(archive, real),
            **_changes(archive, real),
        }
    return result


def _exact(real: Real, passages: int, found: list[list[int]], archive: Archive) -> dict[str, Any]:
    """The same questions by exact search over the same vectors, in this very process."""
    exact = faiss.IndexFlatIP(real.base.shape[1])
    for first in range(0, passages, 100_000):
        exact.add(real.rows(first, min(first + 100_000, passages)))
    questions = real.reported_with.vectors[: len(found)]
    # The passages were stored in the order of their vectors.
    ids = archive.catalog.passage_ids(archive.catalog.library("default").id)[:passages]
    truth = ids[exact.search(questions, FOUND)[1]]
    hits = sum(len({*ours} & {*true}) for ours, true in zip(found, truth, strict=True))
    return {
        "recall": hits / truth.size,
        "exact": _median(lambda q: exact.search(q[None], WANTED), questions[:EXACT_QUESTIONS]),
    }


def _keywords(archive: Archive, real: Real) -> dict[str, Any]:
    library = archive.catalog.library("default").id
    common, shares = common_words(real, 60)

    def search(question: str) -> object:
        return archive.catalog.keyword_search(library, question, WANTED)

    return {
        "keywords": _median(search, ordinary_words(real, QUESTIONS)),
        "common": _median(search, common),
        "common_shares": [shares[0], shares[-1]],
    }


def _changes(archive: Archive, real: Real) -> dict[str, Any]:
    """Add articles and remove them again; each is seen, or not seen, by the next search."""
    library, encoder = archive.library(), archive.encoder
    if not isinstance(encoder, PreparedEncoder):
        raise TypeError("The archive has another encoder.")
    adds, removes, passages = [], [], []
    for number in range(CHANGES):
        article = further_article(real, number)
        start, encoded = perf_counter(), encoder.seconds
        (receipt,) = library.add([article])
        adds.append(1000 * (perf_counter() - start - (encoder.seconds - encoded)))
        if receipt.article is None:
            raise RuntimeError(f"The article was not stored: {receipt}")
        info = archive.catalog.library("default")
        ids = archive.catalog.passage_ids(info.id, [receipt.article.id])
        passages.append(len(ids))
        vectors = [v for _, rows in archive.catalog.embeddings(info.id, ids) for v in rows]
        if any(_index(archive).search(v, 1)[0][0] != i for i, v in zip(ids, vectors, strict=True)):
            raise RuntimeError("What was just added is not found.")
        start = perf_counter()
        library.remove([receipt.article.id])
        removes.append(1000 * (perf_counter() - start))
        seen = {i for v in vectors for i, _ in _index(archive).search(v, WANTED)}
        if seen & {*ids.tolist()}:
            raise RuntimeError("What was just removed is found.")
    return {"add": median(adds), "remove": median(removes), "added_passages": median(passages)}


def _index(archive: Archive) -> VectorIndex:
    return archive._shelves.of(archive.catalog.library("default")).current()


def _median(work: Callable[[Any], object], arguments: Iterable[Any]) -> float:
    times = []
    for argument in arguments:
        start = perf_counter()
        work(argument)
        times.append(1000 * (perf_counter() - start))
    return median(times)


def _resident() -> int:
    """Bytes of memory that this process holds now, what it has freed given back."""
    ctypes.CDLL(None).malloc_trim(0)
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["opened", "used"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--passages", type=int, required=True)
    arguments = parser.parse_args()
    real = load(arguments.data, arguments.cache)
    measure = {"opened": opened, "used": used}[arguments.what]
    json.dump(measure(arguments.folder, real, arguments.passages), sys.stdout)


if __name__ == "__main__":
    main()
