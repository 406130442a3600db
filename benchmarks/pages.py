"""What adding saved web pages costs, beside bare trafilatura and the bare encoder in the same run.

Ours is everything that `cuttings add FOLDER` does once the models are loaded: parser processes
started and stopped, pages read in them, split, encoded and stored. The bare work is trafilatura's
extraction of each page in this process, then `SentenceTransformer.encode` over the same passages.

    python -m benchmarks.pages --data FOLDER [--pages 100] [--json]
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table
from trafilatura import bare_extraction

from bot.reading import read_sources
from index import Archive, Article, IndexSettings, Parser, ReceiptStatus
from index.encoder import SentenceEncoder
from index.split import lead, split

ROUNDS = 4
"""The first is to warm up."""
WANTED = 1.2


def measure(data: Path, count: int, console: Console) -> dict[str, Any]:
    """Seconds of both, and their ratio, over the same pages."""
    settings = IndexSettings()
    encoder = SentenceEncoder(settings)
    model = encoder._load()
    with TemporaryDirectory() as name:
        folder = Path(name)
        sources = [
            gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
            for file in sorted((data / "html").iterdir())[:count]
        ]
        for number, source in enumerate(sources):
            (folder / f"{number:03}.html").write_text(source, "utf-8")
        with Parser(settings) as parser:
            articles = [
                a for a in read_sources([folder], settings, parser) if isinstance(a, Article)
            ]
        texts = [
            lead(article.title, passage) + passage
            for article in articles
            for span in split(article.text)
            for passage in [article.text[span.start : span.end]]
        ]
        ours: list[float] = []
        extraction: list[float] = []
        encoding: list[float] = []
        for round_ in track(range(ROUNDS), "adding pages", console=console):
            spent = [_add(folder, settings, encoder), _extract(sources), _encode(model, texts)]
            if round_:
                for times, seconds in zip((ours, extraction, encoding), spent, strict=True):
                    times.append(seconds)
    bare = median(extraction) + median(encoding)
    return {
        "pages": len(sources),
        "articles": len(articles),
        "passages": len(texts),
        "seconds": median(ours),
        "bare trafilatura": median(extraction),
        "bare encoder": median(encoding),
        "times the bare work": median(ours) / bare,
    }


def _add(folder: Path, settings: IndexSettings, encoder: SentenceEncoder) -> float:
    start = perf_counter()
    with (
        TemporaryDirectory() as data,
        Archive(Path(data), settings, encoder=encoder) as archive,
        Parser(settings) as parser,
    ):
        library = archive.library_for_adding()
        receipts = list(library.add(read_sources([folder], settings, parser)))
    if not any(receipt.status is ReceiptStatus.ADDED for receipt in receipts):
        raise RuntimeError(f"nothing was added: {receipts[:1]}")
    return perf_counter() - start


def _extract(sources: list[str]) -> float:
    start = perf_counter()
    for source in sources:
        bare_extraction(source, include_comments=False, with_metadata=True)
    return perf_counter() - start


def _encode(model: Any, texts: list[str]) -> float:
    start = perf_counter()
    model.encode(texts)
    return perf_counter() - start


def show(figures: dict[str, Any], console: Console) -> None:
    """Print the figures as a table."""
    table = Table("what", "figure", "wanted")
    for name in ("pages", "articles", "passages"):
        table.add_row(name, f"{figures[name]:,}", "")
    for name in ("bare trafilatura", "bare encoder", "seconds"):
        table.add_row("cuttings add" if name == "seconds" else name, f"{figures[name]:.1f} s", "")
    table.add_row("times the bare work", f"{figures['times the bare work']:.3f}", f"<= {WANTED}")
    console.print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the article-extraction folder")
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    figures = measure(arguments.data, arguments.pages, console)
    if arguments.json:
        print(json.dumps(figures))
    else:
        show(figures, Console())


if __name__ == "__main__":
    main()
