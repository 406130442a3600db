"""Articles for the benchmarks: read from JSON Lines, or made of the samples' sentences."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from index import Article, IndexSettings, read_article
from index.sentences import paragraphs, sentences

SAMPLES = Path(__file__).parent.parent / "samples"
SENTENCES = (3, 28)
"""The fewest and the most sentences of a made-up article."""


def read_jsonl(file: Path) -> list[Article]:
    """Articles of a file with a `title` and a `text` a line."""
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    return [Article(line["text"].strip(), line["title"]) for line in lines]


def sample_articles() -> list[Article]:
    """The articles that come with Cuttings."""
    files = sorted(f for f in SAMPLES.iterdir() if f.suffix in {".txt", ".md", ".html"})
    return [read_article(file.read_bytes(), file.name, IndexSettings()) for file in files]


def made_up(real: list[Article], seed: int = 0) -> Iterator[Article]:
    """Endless articles of shuffled real sentences, with lengths like those of news."""
    generator = random.Random(seed)
    found = [
        article.text[sentence.start : sentence.end]
        for article in real
        for part in paragraphs(article.text)
        for sentence in sentences(article.text, part)
    ]
    number = 0
    while True:
        number += 1
        chosen = generator.choices(found, k=generator.randint(*SENTENCES))
        cuts = range(0, len(chosen), 3)
        text = "\n\n".join(" ".join(chosen[cut : cut + 3]) for cut in cuts)
        yield Article(f"Report {number}.\n\n{text}", f"Report {number}", source=f"{number}.txt")
