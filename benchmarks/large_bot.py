"""The bot with a chat of 1,000,000 passages and one of 1,000: how much longer an answer takes.

    python -m benchmarks.large_bot FOLDER --data FOLDER [--questions 40] [--json]

FOLDER is one that `python -m benchmarks.scale --keep` has left; the library in it becomes that of a
chat of the playground, and back in the end. The real bot, with the real models, is asked the same
questions in both chats, in turn; the seconds are those that a person waits.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.load_stage import Ticks, bot_in_thread, people, served_playground
from benchmarks.load_traffic import ask_one
from benchmarks.realistic import load
from benchmarks.scale_library import build, open_archive
from bot.libraries import library_name
from bot.playground import PlaygroundClient
from index import DEFAULT_LIBRARY

SMALL = 1000
KIBIBYTE = 1024


def measure(folder: Path, data: Path, cache: Path, count: int, console: Console) -> dict[str, Any]:
    """Ask in both chats."""
    real = load(data, cache)
    questions = real.reported_with.texts[: count + 2]
    for file in folder.glob("bot.*"):
        file.unlink()  # the updates of an earlier run have the same numbers
    with served_playground() as served, PlaygroundClient(served.url) as client:
        large, small = people(client, 2)
        with open_archive(folder, real, 0) as archive:
            archive.forget(library_name(small))
            archive.rename(DEFAULT_LIBRARY, library_name(large))
            passages = archive.library(library_name(large)).totals().passages
        build(folder, real, SMALL, console, library_name(small))
        seconds: dict[int, list[float]] = {large: [], small: []}
        try:
            with bot_in_thread(served, folder, 2, Ticks()):
                for question in track(questions, "asking", console=console, transient=True):
                    for chat, times in seconds.items():
                        start = perf_counter()
                        ask_one(client, chat, question)
                        times.append(perf_counter() - start)
        finally:
            with open_archive(folder, real, 0) as archive:
                archive.rename(library_name(large), DEFAULT_LIBRARY)
                archive.forget(library_name(small))
    # The first ones open the index and load the models.
    waited = {chat: median(times[2:]) for chat, times in seconds.items()}
    return {
        "passages": passages,
        "first": seconds[large][0],
        "large": waited[large],
        "small": waited[small],
        "ratio": waited[large] / waited[small],
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE / 1e6,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="wikinews.jsonl and the others")
    parser.add_argument("--cache", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    figures = measure(
        arguments.folder, arguments.data, arguments.cache, arguments.questions, console
    )
    if arguments.json:
        json.dump(figures, sys.stdout)
        return
    table = Table("what", "figure")
    for label, text in (
        ("passages of the large library", "{passages:,}"),
        ("its first answer", "{first:.2f} s"),
        ("an answer from it", "{large:.3f} s"),
        (f"from one of {SMALL:,}", "{small:.3f} s"),
        ("ratio", "{ratio:.2f}"),
        ("most memory of the whole process", "{megabytes:.0f} MB"),
    ):
        table.add_row(label, text.format(**figures))
    Console().print(table)


if __name__ == "__main__":
    main()
