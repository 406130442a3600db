"""What Cuttings costs beside its bare models: ratios within one run, after a warm-up.

- ask: the whole of `Library.ask`, against the bare model calls alone (encode the question, run the
  reader on the same pairs);
- add: passages a second of `Library.add`, against `SentenceTransformer.encode` over the same texts,
  all articles at once and one article at a time;
- start: `cuttings --help` against `python -c "import torch"`.

    python -m benchmarks.speed [--articles FILE.jsonl] [--passages 10000] [--json]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.articles import made_up, read_jsonl, sample_articles
from bot.reading import read_sources
from index import Archive, Article, IndexSettings, Parser, ReceiptStatus
from index.encoder import SentenceEncoder
from index.reader import PackagedReader
from index.reading import Reading
from index.records import Candidate
from index.split import lead, split

QUESTIONS = (
    "Who signed the agreement?",
    "When did the explosion happen?",
    "How many people were injured in the accident?",
    "What did the minister say about the election?",
    "Where was the meeting held?",
    "Why was the flight cancelled?",
    "Which company announced the results?",
    "Who won the match on Saturday?",
)
"""Of news in general, so that every library has passages to rank."""


ROUNDS = 5
ADDED_PASSAGES = 600


class RecordingReader(PackagedReader):
    """The packaged reader, which remembers what it was given to read."""

    candidates: Sequence[Candidate] = ()

    def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
        self.candidates = candidates
        return super().read(question, candidates)


def measure_ask(passages: int, real: list[Article], console: Console) -> dict[str, float]:
    """`Library.ask` on a library of so many passages, beside its model calls alone."""
    reader = RecordingReader()
    with TemporaryDirectory() as folder, Archive(Path(folder), reader=reader) as archive:
        library = archive.library_for_adding()
        stored = 0
        articles = made_up(real)
        for _ in track(range(0, passages, 1000), "filling a library", console=console):
            chunk: list[Article] = []
            while sum(len(split(a.text)) for a in chunk) < min(1000, passages - stored):
                chunk.append(next(articles))
            stored += sum(r.article.passages for r in library.add(chunk) if r.article)
        model = archive.encoder._load()  # type: ignore[attr-defined]
        ours: dict[str, list[float]] = {question: [] for question in QUESTIONS}
        bare: dict[str, list[float]] = {question: [] for question in QUESTIONS}
        batch: dict[str, list[float]] = {question: [] for question in QUESTIONS}
        pairs = 0
        for round_ in track(range(ROUNDS + 1), "asking", console=console):
            for question in QUESTIONS:
                spent = _seconds(library.ask, question)
                pairs = len(reader.candidates)
                encode = _seconds(model.encode, [question])
                read = _seconds(_bare_read, reader, question)
                if round_:  # the first warms up
                    ours[question].append(spent)
                    bare[question].append(encode + read)
        # Apart from the others: that session's threads go on spinning for a while after a run.
        for round_ in track(range(ROUNDS + 1), "one padded batch", console=console):
            for question in QUESTIONS:
                library.ask(question)  # so that the reader remembers its pairs
                encode = _seconds(model.encode, [question])
                padded = _seconds(_bare_batch, reader, question)
                if round_:
                    batch[question].append(encode + padded)
    total = _typical(ours)
    return {
        "passages": stored,
        "pairs read": pairs,
        "seconds": total,
        "times the bare model calls": total / _typical(bare),
        "times them with one padded reader batch": total / _typical(batch),
    }


def _bare_read(reader: PackagedReader, question: str) -> None:
    """The reader's model on the same pairs, without what becomes of its output."""
    windows = [w for c in reader.candidates for w in reader._encode(question, c)]  # type: ignore[attr-defined]
    list(reader._pool.map(reader._run, sorted(windows, key=lambda w: -len(w.ids))))


def _bare_batch(reader: PackagedReader, question: str) -> None:
    """The reader's model on the same pairs as one padded batch, on all cores."""
    windows = [w for c in reader.candidates for w in reader._encode(question, c)]  # type: ignore[attr-defined]
    longest = max(len(window.ids) for window in windows)

    def padded(name: str) -> Any:
        rows = [getattr(w, name) + [0] * (longest - len(w.ids)) for w in windows]
        return np.array(rows, dtype=np.int64)

    inputs = {
        "input_ids": padded("ids"),
        "attention_mask": padded("attention_mask"),
        "token_type_ids": padded("type_ids"),
    }
    _whole_machine_session().run(None, inputs)


def measure_add(real: list[Article], console: Console) -> dict[str, Any]:
    """Passages a second of adding, beside encoding the same texts."""
    encoder = SentenceEncoder(IndexSettings())
    model = encoder._load()
    short = _some(real)
    whole = [Article("\n\n".join(article.text for article in short), "A long article")]
    figures: dict[str, Any] = {}
    with TemporaryDirectory() as files, Parser(IndexSettings()) as parser:
        for article in short:
            (Path(files) / str(article.source)).write_text(article.text)
        cases: dict[str, tuple[list[Article], Callable[[], Any]]] = {
            "one long article": (whole, lambda: whole),
            "a folder of short articles": (
                [
                    a
                    for a in read_sources([files], IndexSettings(), parser)
                    if isinstance(a, Article)
                ],
                lambda: read_sources([files], IndexSettings(), parser),
            ),
        }
        for name, (articles, sources) in cases.items():
            texts = _encoder_texts(articles)
            bare, ours = [], []
            for round_ in track(range(ROUNDS), f"adding {name}", console=console):
                spent = _seconds(model.encode, texts)
                added = _seconds(_add, sources, encoder)
                if round_:
                    bare.append(spent)
                    ours.append(added)
            figures[name] = {
                "articles": len(articles),
                "passages": len(texts),
                "passages a second": len(texts) / median(ours),
                "of bare encode": median(bare) / median(ours),
            }
    return figures


def _add(sources: Callable[[], Any], encoder: SentenceEncoder) -> None:
    with TemporaryDirectory() as folder, Archive(Path(folder), encoder=encoder) as archive:
        for receipt in archive.library_for_adding().add(sources()):
            if receipt.status is not ReceiptStatus.ADDED:
                raise RuntimeError(f"not added: {receipt}")


def _some(real: list[Article]) -> list[Article]:
    chosen: list[Article] = []
    articles = made_up(real, seed=1)
    while sum(len(split(article.text)) for article in chosen) < ADDED_PASSAGES:
        chosen.append(next(articles))
    return chosen


def _encoder_texts(articles: list[Article]) -> list[str]:
    """Passages as the encoder gets them, their article's title before each."""
    return [
        lead(article.title, passage) + passage
        for article in articles
        for span in split(article.text)
        for passage in [article.text[span.start : span.end]]
    ]


def measure_start() -> dict[str, float]:
    """Seconds of `cuttings --help` beside those of importing torch."""
    commands = {
        "help": [sys.executable, "-m", "bot.cli", "--help"],
        "torch": [sys.executable, "-c", "import torch"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(ROUNDS + 2):
        for name, command in commands.items():
            spent = _seconds(_run, command)
            if round_:
                seconds[name].append(spent)
    help_, torch = median(seconds["help"]), median(seconds["torch"])
    return {"seconds": help_, "of import torch": help_ / torch}


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _whole_machine_session(made: list[Any] = []) -> Any:  # noqa: B006 - made once
    if not made:
        import onnxruntime

        from index.reader import WEIGHTS

        made.append(
            onnxruntime.InferenceSession(
                WEIGHTS / "reader.onnx", providers=["CPUExecutionProvider"]
            )
        )
    return made[0]


def _seconds(work: Callable[..., Any], *arguments: Any) -> float:
    start = perf_counter()
    work(*arguments)
    return perf_counter() - start


def _typical(seconds: dict[str, list[float]]) -> float:
    return sum(median(values) for values in seconds.values()) / len(seconds)


def show(figures: dict[str, Any], console: Console) -> None:
    """Print the figures as one table."""
    table = Table("what", "figure", "wanted")
    ask, add, start = figures["ask"], figures["add"], figures["start"]
    table.add_row(f"ask, {ask['passages']:,} passages: seconds", f"{ask['seconds']:.3f}", "")
    table.add_row(
        "  times the bare model calls", f"{ask['times the bare model calls']:.3f}", "<= 1.15"
    )
    key = "times them with one padded reader batch"
    table.add_row(f"  {key}", f"{ask[key]:.3f}", "<= 1.15")
    for name, row in add.items():
        table.add_row(f"add, {name}: passages a second", f"{row['passages a second']:.1f}", "")
        table.add_row("  of bare encode", f"{row['of bare encode']:.3f}", ">= 0.9")
    table.add_row("cuttings --help: seconds", f"{start['seconds']:.3f}", "")
    table.add_row("  of import torch", f"{start['of import torch']:.3f}", "< 0.2")
    console.print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=Path, help="JSON Lines with title and text")
    parser.add_argument("--passages", type=int, default=10_000, help="of the library asked")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    real = read_jsonl(arguments.articles) if arguments.articles else sample_articles()
    figures = {
        "start": measure_start(),
        "add": measure_add(real, console),
        "ask": measure_ask(arguments.passages, real, console),
    }
    if arguments.json:
        json.dump(figures, sys.stdout, indent=2)
        print()
    else:
        show(figures, Console())


if __name__ == "__main__":
    main()
