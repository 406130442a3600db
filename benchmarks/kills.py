"""Kills `cuttings add` of a folder with SIGKILL at random moments and counts what was lost.

After each kill `cuttings check` must find the library whole, and every article whose receipt was
printed must be in `cuttings articles`. The next add goes on in the same data folder; once
everything is in it, a new one begins.

    python -m benchmarks.kills [--kills 50] [--seed 0] [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import track

from benchmarks.articles import made_up, sample_articles

ARTICLES = 150


@dataclass(slots=True)
class Tally:
    """What the kills did."""

    kills: int = 0
    finished_first: int = 0
    """The add was done before its moment came; checked all the same, not counted as a kill."""
    receipts: int = 0
    """Articles acknowledged by a process that was then killed."""
    kills_with_receipts: int = 0
    caught_up: int = 0
    """Kills after which the vector index had to catch up or be rebuilt."""
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)


def run(kills: int, seed: int, console: Console) -> Tally:
    """Kill so many adds, check after each."""
    generator = random.Random(seed)
    tally = Tally()
    with TemporaryDirectory() as folder:
        root = Path(folder)
        _write_articles(root / "articles", seed)
        whole = _timed_add(root / "articles", root / "whole")
        data, number = root / "data-0", 0
        for _ in track(range(kills), description="killing", console=console, transient=True):
            while True:
                moment = generator.uniform(0, whole)
                killed, receipts = _killed_add(root / "articles", data, moment)
                _check(data, receipts, tally, killed)
                if killed:
                    break
                tally.finished_first += 1
                number += 1
                data = root / f"data-{number}"
    return tally


def _killed_add(articles: Path, data: Path, moment: float) -> tuple[bool, list[dict[str, Any]]]:
    """Whether the add was still running after `moment` seconds, and the receipts it printed."""
    process = subprocess.Popen(
        _command(data, "add", str(articles)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    time.sleep(moment)
    killed = process.poll() is None
    process.kill()
    output, _ = process.communicate()
    # A line without its end was not printed whole: nobody has read it.
    lines = output.decode().split("\n")[:-1]
    return killed, [json.loads(line) for line in lines]


def _check(data: Path, receipts: list[dict[str, Any]], tally: Tally, killed: bool) -> None:
    checked = _json(_command(data, "check"))
    held = {article["id"]: article for article in _json(_command(data, "articles"))["articles"]}
    lost = [
        receipt["source"]
        for receipt in receipts
        if receipt["status"] in {"added", "known"}
        and held.get(receipt["id"], {}).get("title") != receipt["title"]
    ]
    tally.lost += lost
    tally.unsound += checked["problems"]
    if killed:
        added = sum(receipt["status"] == "added" for receipt in receipts)
        tally.kills += 1
        tally.receipts += added
        tally.kills_with_receipts += added > 0
        tally.caught_up += bool(checked["notes"])


def _timed_add(articles: Path, data: Path) -> float:
    start = time.perf_counter()
    subprocess.run(_command(data, "add", str(articles)), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _json(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, check=False)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise RuntimeError(f"{command} printed no JSON: {done.stderr.decode()}") from None
    return found


def _command(data: Path, name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot.cli", name, "--data", str(data), "--json", *arguments]


def _write_articles(folder: Path, seed: int) -> None:
    folder.mkdir()
    articles = made_up(sample_articles(), seed)
    for _ in range(ARTICLES):
        article = next(articles)
        (folder / str(article.source)).write_text(article.text)


def main() -> None:
    """Kill, count, print; the exit status is 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    tally = run(arguments.kills, arguments.seed, Console(stderr=True))
    if arguments.json:
        fields = tally.__dataclass_fields__
        print(json.dumps({name: getattr(tally, name) for name in fields}))
    else:
        print(
            f"{tally.kills} kills, {tally.kills_with_receipts} of them after receipts for"
            f" {tally.receipts} articles in all; the vector index had to catch up after"
            f" {tally.caught_up}; acknowledged articles lost: {len(tally.lost)};"
            f" problems found by check: {len(tally.unsound)}"
        )
        for line in tally.lost + tally.unsound:
            print(f"  {line}")
    sys.exit(bool(tally.lost or tally.unsound))


if __name__ == "__main__":
    main()
