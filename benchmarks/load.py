"""The bot under load, against the playground: ratios and counts within one run.

- answers: many chats ask at once; answers a second as seen in the chats, against the bare
  library asked the same questions from the same number of threads;
- stall: how long the bot's event loop is held up at most while an article of 2,000 passages is
  added in one chat and questions come in another;
- kills: the bot is killed with SIGKILL in the middle of many queued questions and started again,
  until each chat has its answer; a chat with two counts as a duplicate.

    python -m benchmarks.load [--chats 200] [--passages 2000] [--kills 3] [--seed 0] [--json]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.load_kills import measure_kills
from benchmarks.load_stage import filled
from benchmarks.load_traffic import measure_answers, measure_stall


def show(figures: dict[str, Any], console: Console) -> None:
    """Print the figures as a table."""
    table = Table("what", "figure", "wanted")
    for name, value, wanted in (
        ("chats that ask at once", figures["chats"], ""),
        ("answers a second, as seen in the chats", figures["answers_per_second"], ""),
        ("– of the bare library, same threads", figures["answers_ratio"], ">= 0.9"),
        ("chats that saw an error or no answer", figures["unanswered"], "0"),
        ("longest stall of the loop then, ms", figures["answers_stall_ms"], ""),
        ("passages of the article added", figures["passages"], ""),
        ("longest stall of the loop meanwhile, ms", figures["stall_ms"], "< 100"),
        ("– 99.9th percentile, ms", figures["stall_999_ms"], ""),
        ("questions answered in another chat meanwhile", figures["answered_meanwhile"], ""),
        ("– median seconds", figures["answer_seconds_meanwhile"], ""),
        ("kills", figures["kills"], ""),
        ("chats asked", figures["asked"], ""),
        ("answered twice", figures["twice"], "0"),
        ("– of these in flight at a kill", figures["twice_in_flight"], ""),
        ("not answered", figures["lost"], "0"),
    ):
        shown = f"{value:.3g}" if isinstance(value, float) else str(value)
        table.add_row(name, shown, wanted)
    console.print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--passages", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2, help="that answer questions")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    console = Console(stderr=options.json)
    with TemporaryDirectory(prefix="cuttings-load-") as name:
        folder = Path(name)
        source = filled(folder / "source", console)
        figures: dict[str, Any] = {"chats": options.chats}
        figures |= measure_answers(
            folder / "answers", source, options.chats, options.threads, console
        )
        figures |= measure_stall(
            folder / "stall", source, options.passages, options.threads, console
        )
        figures |= measure_kills(
            folder / "kills", source, options.chats, options.kills, options.seed, console
        )
    if options.json:
        print(json.dumps(figures))
    show(figures, console)


if __name__ == "__main__":
    main()
