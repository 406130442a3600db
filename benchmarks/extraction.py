"""How exactly the main text of a page is found, beside bare trafilatura and readability.

The pages are those of scrapinghub's article-extraction-benchmark with their hand-made bodies, and
so is the method: runs of four words, counted per page, so that a long page weighs no more than a
short one; precision and recall are means over the pages, F1 is that of the two means. A page that
Cuttings refuses counts as an empty text. Half A (the pages whose id starts with an even digit) was
looked at while the rules were written; of half B, only what was refused.

    pip install readability-lxml
    python -m benchmarks.extraction --data FOLDER [--json]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

RUN = 4
RESAMPLES = 1000
KEYS = ("F1", "precision", "recall")

_WORD = re.compile(r"\w+")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)

Reader = Callable[[str, str], str]
"""From a page and its address to its main text."""


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page and the body that a person marked in it."""

    id: str
    address: str
    source: str
    body: str

    @property
    def seen(self) -> bool:
        """Whether it was looked at while the rules were written."""
        return int(self.id[0], 16) % 2 == 0


@dataclass(frozen=True, slots=True)
class Match:
    """The share of the runs of words that are right, too many, and missing."""

    right: float
    added: float
    missing: float


@dataclass(slots=True)
class Reading:
    """What one reader made of the pages."""

    matches: dict[str, Match] = field(default_factory=dict)
    seconds: float = 0.0
    empty: list[str] = field(default_factory=list)
    """The ids of the pages without a text."""


def load(folder: Path) -> list[Page]:
    """Return the pages of the data set in `folder`."""
    known = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return [
        Page(
            id=key,
            address=known[key].get("url", ""),
            source=gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()).decode(),
            body=known[key].get("articleBody", ""),
        )
        for key in sorted(known)
    ]


def match(body: str, found: str) -> Match:
    """Compare two texts by their runs of words."""
    expected, given = _runs(body), _runs(found)
    right = sum((expected & given).values())
    added, missing = sum(given.values()) - right, sum(expected.values()) - right
    total = (right + added + missing) or 1
    return Match(right / total, added / total, missing / total)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - RUN + 1))
    return Counter(run for start in starts if (run := tuple(words[start : start + RUN])))


def figures_of(matches: Sequence[Match]) -> dict[str, float]:
    """Return the means over the pages, each with the half width of its 95 % interval."""
    figures = _means(matches)
    chance = random.Random(0)
    drawn = [_means(chance.choices(matches, k=len(matches))) for _ in range(RESAMPLES)]
    for name in tuple(figures):
        figures[f"{name} ±"] = 1.96 * statistics.stdev(row[name] for row in drawn)
    return figures


def _means(matches: Iterable[Match]) -> dict[str, float]:
    found = list(matches)
    precision = statistics.fmean(
        m.right / (m.right + m.added) for m in found if m.right + m.added > 0
    )
    recall = statistics.fmean(
        m.right / (m.right + m.missing) for m in found if m.right + m.missing > 0
    )
    return {
        "F1": 2 * precision * recall / (precision + recall),
        "precision": precision,
        "recall": recall,
    }


def cuttings(source: str, address: str) -> str:
    """Read a page as the product does; a page that is refused has no text."""
    from index.errors import NoArticleError
    from index.formats.html import read_html

    try:
        return read_html(source, address).text
    except NoArticleError:
        return ""


def trafilatura(source: str, address: str) -> str:
    """Read a page with trafilatura alone, as the data set's own evaluation does."""
    from trafilatura import extract

    return extract(source, include_comments=False) or ""


def readability(source: str, address: str) -> str:
    """Read a page with readability-lxml, and take the words out of what it keeps."""
    from lxml.etree import ParserError
    from lxml.html import fromstring
    from readability import Document

    try:
        kept = fromstring(Document(source).summary(html_partial=True))
    except (ParserError, ValueError):
        return ""
    return "".join(_words_in_order(kept))


def _words_in_order(element: Any) -> Iterable[str]:
    edge = "\n" if element.tag in _BLOCKS else ""
    yield edge
    if isinstance(element.tag, str):
        yield element.text or ""
        for child in element:
            yield from _words_in_order(child)
            yield child.tail or ""
    yield edge


READERS: dict[str, Reader] = {
    "Cuttings": cuttings,
    "trafilatura": trafilatura,
    "readability-lxml": readability,
}


def measure(pages: Sequence[Page], console: Console) -> dict[str, Any]:
    """Return the figures of every reader over all pages and over either half."""
    for reader in READERS.values():
        reader(pages[0].source, pages[0].address)  # each loads its parser once
    readings = {name: Reading() for name in READERS}
    for page in track(pages, description="pages", console=console, transient=True):
        for name, reader in READERS.items():
            start = time.process_time()
            found = reader(page.source, page.address)
            readings[name].seconds += time.process_time() - start
            readings[name].matches[page.id] = match(page.body, found)
            if not found.strip():
                readings[name].empty.append(page.id)
    halves = {
        "all": pages,
        "half A (seen)": [page for page in pages if page.seen],
        "half B (unseen)": [page for page in pages if not page.seen],
    }
    return {
        "parts": {
            part: {
                "pages": len(members),
                "readers": {
                    name: figures_of([reading.matches[page.id] for page in members])
                    for name, reading in readings.items()
                },
            }
            for part, members in halves.items()
        },
        "CPU milliseconds a page": {
            name: 1000 * reading.seconds / len(pages) for name, reading in readings.items()
        },
        "pages without a text": {name: reading.empty for name, reading in readings.items()},
    }


def show(figures: dict[str, Any], console: Console) -> None:
    """Print the figures as tables."""
    for part, found in figures["parts"].items():
        table = Table(f"{part}: {found['pages']} pages", "F1", "precision", "recall")
        for name, row in found["readers"].items():
            cells = (f"{row[key]:.3f} ± {row[f'{key} ±']:.3f}" for key in KEYS)
            table.add_row(name, *cells)
        console.print(table)
    table = Table("reader", "CPU milliseconds a page", "pages without a text")
    for name, milliseconds in figures["CPU milliseconds a page"].items():
        empty = figures["pages without a text"][name]
        table.add_row(name, f"{milliseconds:.1f}", ", ".join(key[:6] for key in empty) or "none")
    console.print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data set")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    if not (arguments.data / "ground-truth.json").is_file():
        parser.error(f"{arguments.data} holds no ground-truth.json")
    figures = measure(load(arguments.data), Console(stderr=True))
    if arguments.json:
        json.dump(figures, sys.stdout, indent=2)
        print()
    else:
        show(figures, Console())


if __name__ == "__main__":
    main()
