"""How often the right passage and the right words are found, beside plain baselines.

The paragraphs of a SQuAD-format file are the articles of one library, its questions are asked of
all of them at once. Beside Cuttings, over the same passages: BM25 alone (bm25s) and the encoder
with a flat FAISS index alone.

    python -m benchmarks.quality --squad FILE [--articles 8:] [--foreign FILE] [--limit N] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.squad import SquadQuestion, exact_match, f1, load
from index import Answer, Archive, Article, Hit, IndexSettings, Library, Outcome
from index.split import lead

DEPTH = 16
"""Passages looked at; the reciprocal rank of one further down is 0."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage in a ranking: the article it is from, and its text."""

    article: int
    text: str


@dataclass(slots=True)
class Retrieval:
    """hit@1, hit@5 and mean reciprocal rank, added up."""

    ranks: list[int | None] = field(default_factory=list)

    def add(self, ranking: Iterable[Ranked], article: int, answers: Sequence[str]) -> None:
        """Count one question by the first passage that holds an answer of its paragraph."""
        for rank, passage in enumerate(ranking, start=1):
            if passage.article == article and any(answer in passage.text for answer in answers):
                self.ranks.append(rank)
                return
        self.ranks.append(None)

    def figures(self) -> dict[str, float]:
        """The means over the questions counted."""
        return {
            "hit@1": _mean(rank is not None and rank <= 1 for rank in self.ranks),
            "hit@5": _mean(rank is not None and rank <= 5 for rank in self.ranks),
            "mrr": _mean(1 / rank if rank else 0.0 for rank in self.ranks),
        }


class Baselines:
    """What a plain bot does, over the very passages of the library."""

    def __init__(self, archive: Archive, library: Library) -> None:
        import bm25s
        import faiss

        info = archive.catalog.library(library.name)
        ids = archive.catalog.passage_ids(info.id)
        found = archive.catalog.candidates(info.id, ids)
        self._passages = [Ranked(found[int(i)].article, found[int(i)].text) for i in ids]
        texts = [lead(found[int(i)].title, found[int(i)].text) + found[int(i)].text for i in ids]
        self._bm25 = bm25s.BM25()
        self._bm25.index(_tokens(texts), show_progress=False)
        vectors = np.concatenate([m for _, m in archive.catalog.embeddings(info.id, ids)])
        self._flat = faiss.IndexFlatIP(vectors.shape[1])
        self._flat.add(vectors)
        self._encoder = archive.encoder

    def bm25(self, question: str) -> list[Ranked]:
        """The passages that BM25 ranks first."""
        positions, _ = self._bm25.retrieve(
            _tokens([question]), k=min(DEPTH, len(self._passages)), show_progress=False
        )
        return [self._passages[int(position)] for position in positions[0]]

    def dense(self, question: str) -> list[Ranked]:
        """The passages whose embeddings are nearest."""
        vector = self._encoder.encode_question(question)
        _, positions = self._flat.search(vector[None, :], min(DEPTH, len(self._passages)))
        return [self._passages[int(position)] for position in positions[0]]


def measure(arguments: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Every figure, by name."""
    paragraphs, asked = load(arguments.squad, _slice(arguments.articles))
    possible = _sample([q for q in asked if q.answers], arguments.limit)
    impossible = _sample([q for q in asked if not q.answers], arguments.limit)
    foreign = _foreign(arguments)
    settings = IndexSettings(shown_passages=DEPTH)
    bar = _bar(console)
    with TemporaryDirectory() as folder, Archive(Path(folder), settings) as archive:
        library = archive.library_for_adding()
        articles = [Article(p.text, p.title, source=str(n)) for n, p in enumerate(paragraphs)]
        receipts = bar(library.add(articles), len(articles), "adding")
        stored = [receipt.article.id for receipt in receipts if receipt.article]
        baselines = Baselines(archive, library)
        figures: dict[str, Any] = {
            "file": arguments.squad.name,
            "articles": arguments.articles,
            "paragraphs": len(paragraphs),
            "passages": library.check().passages,
            "questions": {
                "answerable": len(possible),
                "impossible": len(impossible),
                "foreign": len(foreign),
            },
        }
        figures |= _answerable(library, baselines, possible, stored, bar)
        figures["impossible"] = _outcomes(library, [q.text for q in impossible], bar, "impossible")
        figures["foreign"] = _outcomes(library, foreign, bar, "foreign")
    return figures


def _answerable(
    library: Library,
    baselines: Baselines,
    questions: list[SquadQuestion],
    stored: list[int],
    bar: Callable[..., Any],
) -> dict[str, Any]:
    ours, bm25, dense = Retrieval(), Retrieval(), Retrieval()
    answers: list[Answer] = []
    for question in bar(questions, len(questions), "answerable"):
        gold = stored[question.paragraph], question.answers
        answers.append(library.ask(question.text))
        ours.add((_ranked(hit) for hit in answers[-1].passages), *gold)
        bm25.add(baselines.bm25(question.text), *gold)
        dense.add(baselines.dense(question.text), *gold)
    pairs = [(a.answer or "", q.answers) for a, q in zip(answers, questions, strict=True)]
    given = [pair for pair in pairs if pair[0]]
    return {
        "retrieval": {
            "Cuttings": ours.figures(),
            "BM25 alone": bm25.figures(),
            "encoder and flat FAISS alone": dense.figures(),
        },
        "short answers": {
            "exact match": _mean(exact_match(*pair) for pair in pairs),
            "F1": _mean(f1(*pair) for pair in pairs),
            "F1 of those given": _mean(f1(*pair) for pair in given),
        },
        "answerable": _shares(answers),
        "calibration": _calibration(answers, [f1(*pair) >= 0.5 for pair in pairs]),
    }


def _outcomes(
    library: Library, questions: Sequence[str], bar: Callable[..., Any], name: str
) -> dict[str, float]:
    return _shares([library.ask(question) for question in bar(questions, len(questions), name)])


def _shares(answers: Sequence[Answer]) -> dict[str, float]:
    counts = Counter(answer.outcome for answer in answers)
    return {str(o.value): counts[o] / len(answers) if answers else 0.0 for o in Outcome}


def _calibration(answers: Sequence[Answer], right: Sequence[bool]) -> list[dict[str, float]]:
    """Of the answers given with like confidence: how many there were, how many were right."""
    rows = []
    for low in (0.2, 0.4, 0.6, 0.8):
        found = [
            (answer.confidence, good)
            for answer, good in zip(answers, right, strict=True)
            if answer.answer and low <= answer.confidence < low + 0.2
        ]
        rows.append(
            {
                "from": low,
                "answers": len(found),
                "confidence": _mean(confidence for confidence, _ in found),
                "right": _mean(good for _, good in found),
            }
        )
    return rows


def _foreign(arguments: argparse.Namespace) -> list[str]:
    if not arguments.foreign:
        return []
    lines = [line.strip() for line in arguments.foreign.read_text().splitlines() if line.strip()]
    return _sample(lines[_slice(arguments.foreign_lines)], arguments.limit)


def _sample(items: list[Any], limit: int | None) -> list[Any]:
    if limit is None or limit >= len(items):
        return items
    return random.Random(0).sample(items, limit)


def _slice(text: str) -> slice:
    first, _, last = text.partition(":")
    return slice(int(first or 0), int(last) if last else None)


def _tokens(texts: list[str]) -> Any:
    import bm25s

    return bm25s.tokenize(texts, stopwords="en", show_progress=False)


def _ranked(hit: Hit) -> Ranked:
    return Ranked(hit.article, hit.text)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _bar(console: Console) -> Callable[..., Any]:
    def bar(items: Iterable[Any], total: int, name: str) -> Iterable[Any]:
        return track(items, total=total, description=name, console=console, transient=True)

    return bar


def show(figures: dict[str, Any], console: Console) -> None:
    """Print the figures as tables."""
    console.print(
        f"{figures['file']}, articles {figures['articles']}: {figures['paragraphs']} paragraphs,"
        f" {figures['passages']} passages; questions: {figures['questions']}"
    )
    table = Table("ranking", "hit@1", "hit@5", "MRR")
    for name, row in figures["retrieval"].items():
        table.add_row(name, *(f"{row[key]:.3f}" for key in ("hit@1", "hit@5", "mrr")))
    console.print(table)
    table = Table("short answers", "")
    for name, value in figures["short answers"].items():
        table.add_row(name, f"{value:.3f}")
    console.print(table)
    table = Table("questions", *(outcome.value for outcome in Outcome))
    for name in ("answerable", "impossible", "foreign"):
        table.add_row(name, *(f"{figures[name][outcome.value]:.3f}" for outcome in Outcome))
    console.print(table)
    table = Table("confidence from", "answers", "mean confidence", "right")
    for row in figures["calibration"]:
        table.add_row(
            f"{row['from']:.1f}",
            str(row["answers"]),
            f"{row['confidence']:.2f}",
            f"{row['right']:.2f}",
        )
    console.print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--squad", type=Path, required=True, help="a file in SQuAD's format")
    parser.add_argument("--articles", default=":", help="which of its articles, e.g. 8: or :8")
    parser.add_argument("--foreign", type=Path, help="questions of another data set, one a line")
    parser.add_argument("--foreign-lines", default=":", help="which of its lines, e.g. 200:")
    parser.add_argument("--limit", type=int, help="at most so many questions of each kind")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    for file in (arguments.squad, arguments.foreign):
        if file and not file.is_file():
            parser.error(f"{file} is not a file")
    figures = measure(arguments, Console(stderr=True))
    if arguments.json:
        json.dump(figures, sys.stdout, indent=2)
        print()
    else:
        show(figures, Console())


if __name__ == "__main__":
    main()
