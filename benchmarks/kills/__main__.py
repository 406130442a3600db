"""Kills processes with SIGKILL at random moments of their work and counts what was lost.

Most are children that work on a data folder with an encoder that costs nothing; some are the real
`cuttings` command. After each kill the folder is opened again: the check must find it whole, or
mend what is derived; every article that was acknowledged must be there, word for word, and be
found by its words; none that was removed may be there, nor a word of it in any file.

    python -m benchmarks.kills [--kills 500] [--seed 0] [--json] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from benchmarks.kills.ledger import Outcome

WORKERS = 2
ROOT = Path(__file__).parents[2]
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""A process that forks must have no other threads; the work is small."""


@dataclass(slots=True)
class Tally:
    """What the kills did."""

    kills: Counter[str] = field(default_factory=Counter)
    """By what the process was about."""
    finished_first: int = 0
    """The work was done before its moment came; looked at all the same, not counted as a kill."""
    acknowledged: int = 0
    """Articles and messages taken in, replaced or removed that a process had told of."""
    caught_up: int = 0
    """How often the check had something derived put right."""
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    came_back: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    bad: Counter[str] = field(default_factory=Counter)
    """Kills after which something was wrong, by what the process was about."""

    def count(self, outcome: Outcome) -> None:
        """Take in what became of one process."""
        if outcome.killed is None:
            self.finished_first += 1
        else:
            self.kills[outcome.killed] += 1
        self.acknowledged += outcome.acknowledged
        self.caught_up += bool(outcome.mended)
        where = f" ({outcome.where})" if outcome.where else ""
        about = outcome.killed or f"{outcome.aimed}, not killed"
        self.bad[about] += not outcome.good
        for name in ("lost", "came_back", "unsound", "traces"):
            getattr(self, name).extend(f"{about}: {line}{where}" for line in getattr(outcome, name))


def run(kills: int, commands: int, seed: int, keep: Path | None, console: Console) -> Tally:
    """Kill so many processes, `commands` of them real commands; look after each."""
    tally = Tally()
    begun = perf_counter()
    shares = [
        (share(kills - commands, number), share(commands, number), seed * WORKERS + number)
        for number in range(WORKERS)
    ]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="cuttings-kills-")))
        bar = stack.enter_context(Progress(console=console, transient=True))
        task = bar.add_task("killing", total=kills)
        threads = stack.enter_context(ThreadPoolExecutor(WORKERS))

        def watch(part: tuple[int, int, int]) -> None:
            for outcome in _outcomes(folder / str(part[2]), part, keep):
                tally.count(outcome)
                _advance(bar, task, outcome)

        list(threads.map(watch, shares))
    tally.seconds = perf_counter() - begun
    return tally


def share(total: int, number: int) -> int:
    """What a worker has of a total."""
    return max(0, total) // WORKERS + (number < max(0, total) % WORKERS)


def _advance(bar: Progress, task: TaskID, outcome: Outcome) -> None:
    bar.advance(task, outcome.killed is not None)


def _outcomes(folder: Path, part: tuple[int, int, int], keep: Path | None) -> Iterator[Outcome]:
    """What another process finds that does a part of the work."""
    arguments = [str(folder), *map(str, part), *([str(keep.absolute())] if keep else [])]
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.kills.worker", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **ONE_THREAD},
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            yield Outcome(**json.loads(line))
        errors = process.stderr.read()
    if process.returncode:
        raise RuntimeError(f"A worker failed: {errors}")


def report(tally: Tally) -> Iterator[Table | str]:
    """The figures, for people."""
    table = Table("killed while", "kills", "something wrong after")
    for about, kills in sorted(tally.kills.items(), key=lambda item: -item[1]):
        table.add_row(about, str(kills), str(tally.bad[about]))
    table.add_row("in all", str(sum(tally.kills.values())), str(sum(tally.bad.values())))
    yield table
    yield (
        f"{sum(tally.kills.values())} kills in {tally.seconds:.0f} s, after {tally.acknowledged}"
        f" articles and messages acknowledged; {tally.caught_up} times something derived was put"
        " right."
    )
    yield (
        f"Acknowledged articles lost: {len(tally.lost)}; removed ones that came back:"
        f" {len(tally.came_back)}; found unsound: {len(tally.unsound)};"
        f" traces of what was removed: {len(tally.traces)}"
    )
    for line in [*tally.lost, *tally.came_back, *tally.unsound, *tally.traces]:
        yield f"  {line}"


def as_object(tally: Tally) -> dict[str, Any]:
    """The figures, for machines."""
    found = {name: getattr(tally, name) for name in tally.__dataclass_fields__}
    return {**found, "total": sum(tally.kills.values())}


def main() -> None:
    """Kill, count, print; the exit status is 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument(
        "--commands", type=int, help="how many of them are real commands; every 25th without it"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--keep", type=Path, help="where folders go that were not found whole")
    arguments = parser.parse_args()
    commands = arguments.kills // 25 if arguments.commands is None else arguments.commands
    tally = run(arguments.kills, commands, arguments.seed, arguments.keep, Console(stderr=True))
    if arguments.json:
        print(json.dumps(as_object(tally)))
    else:
        out = Console(soft_wrap=True)
        for part in report(tally):
            out.print(part, markup=False, highlight=False)
    sys.exit(bool(tally.lost or tally.came_back or tally.unsound or tally.traces))


if __name__ == "__main__":
    main()
