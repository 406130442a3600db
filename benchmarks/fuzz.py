"""Breaks sound documents of every format at random, and reads every hostile file in full.

Every document goes through the parser as one that somebody sent; counted is what became of it. A
crash or a hang costs that document only, but each is worth a look: its file is kept in --keep.

    python -m benchmarks.fuzz [--seconds 20] [--seed 0] [--format NAME ...] [--keep FOLDER] [--json]
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from index.obstacles import Obstacle
from index.parsing.parser import Parser
from index.records import Article, Document
from index.settings import IndexSettings

if TYPE_CHECKING:
    from fuzz_seeds import broken, seeds
    from hostile_files import hostile_files

TESTS = Path(__file__).resolve().parents[1] / "tests"
HOSTILE = "hostile files"


@dataclass(slots=True)
class Tally:
    """What became of the documents of a format."""

    documents: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """By obstacle; too_hard are the crashes, hangs and exhausted memories."""
    slowest: float = 0.0
    """Seconds."""


class _Failures(logging.Handler):
    """Counts the processes that ended, and the errors that nobody expected."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.seen[record.getMessage().partition(": ")[2]] += 1


def run(
    seconds: float, seed: int, formats: list[str], keep: Path | None, console: Console
) -> tuple[dict[str, Tally], Counter[str]]:
    """Break documents of each format for so long; return the tallies and the failures' causes."""
    failures = _Failures()
    logger = logging.getLogger("index.parsing.parser")
    logger.addHandler(failures)
    logger.propagate = False
    tallies: dict[str, Tally] = {}
    samples = seeds()
    others = list(samples.values())
    with Parser(IndexSettings(parser_processes=1, parser_seconds=10)) as parser:
        for name, sound in samples.items():
            kind = Path(name).suffix[1:]
            if formats and kind not in formats:
                continue
            tally = tallies[kind] = Tally()
            chance = random.Random(f"{seed} {kind}")
            console.log(f"breaking {kind}")
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                data = broken(sound, chance.getrandbits(64), chance.choice(others))
                _read(parser, name, data, tally, keep)
        if not formats or HOSTILE in formats:
            tally = tallies[HOSTILE] = Tally()
            console.log("reading the hostile files")
            for name, data in hostile_files().items():
                _read(parser, name, data, tally, keep)
    return tallies, failures.seen


def _read(parser: Parser, name: str, data: bytes, tally: Tally, keep: Path | None) -> None:
    start = time.monotonic()
    results = parser.read(Document(data, name))
    tally.slowest = max(tally.slowest, time.monotonic() - start)
    tally.documents += 1
    obstacles = [result.obstacle for result in results if not isinstance(result, Article)]
    if not obstacles:
        tally.read += 1
        return
    found = obstacles[0]
    tally.refused[found.value if found else "?"] += 1
    if keep is not None and Obstacle.TOO_HARD in obstacles:
        (keep / f"{tally.documents:06}-{Path(name).name[-60:]}").write_bytes(data)


def _report(tallies: dict[str, Tally], failures: Counter[str], console: Console) -> None:
    table = Table("format", "documents", "read", "refused", "too hard", "slowest")
    for kind, tally in tallies.items():
        hard = tally.refused[Obstacle.TOO_HARD.value]
        table.add_row(
            kind,
            f"{tally.documents:,}",
            f"{tally.read:,}",
            ", ".join(
                f"{word} {n:,}" for word, n in tally.refused.most_common() if word != "too_hard"
            ),
            f"{hard:,}",
            f"{tally.slowest:.2f} s",
        )
    console.print(table)
    for cause, times in failures.most_common():
        console.print(f"{times:,} x {cause}", highlight=False)


def main() -> None:
    """Print a table, and with --json the figures."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--seconds", type=float, default=20, help="for each format")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--format", action="append", default=[], help=f'as pdf, or "{HOSTILE}"')
    arguments.add_argument("--keep", type=Path, help="folder for what was too hard")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    console = Console(stderr=given.json)
    tallies, failures = run(given.seconds, given.seed, given.format, given.keep, console)
    _report(tallies, failures, console)
    if given.json:
        figures: dict[str, Any] = {
            kind: {
                "documents": tally.documents,
                "read": tally.read,
                "refused": dict(tally.refused),
                "slowest": round(tally.slowest, 2),
            }
            for kind, tally in tallies.items()
        }
        print(json.dumps({"formats": figures, "failures": dict(failures)}, indent=2))


if not TYPE_CHECKING:
    # The samples belong to the tests.
    sys.path.append(str(TESTS))
    from fuzz_seeds import broken, seeds
    from hostile_files import hostile_files

if __name__ == "__main__":
    main()
