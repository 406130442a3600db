"""A part of the kills, in a process of its own: prints what became of each, as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import faiss  # noqa: F401  (before the children fork, who would each need a moment for it)

from benchmarks.kills.commands import Commands
from benchmarks.kills.ledger import Outcome
from benchmarks.kills.world import World

ROUNDS_A_FOLDER = 60
"""After so many kills a new data folder begins."""


def work(folder: Path, kills: int, commands: int, seed: int, keep: Path | None) -> None:
    """Kill so many children, and so many commands."""
    done, number = 0, 0
    while done < kills:
        world = World(folder / f"{seed}-{number}", seed * 1000 + number, keep)
        for _ in range(ROUNDS_A_FOLDER):
            done += _told(world.round())
            if done == kills or world.broken:
                break
        number += 1
    if commands:
        real = Commands(folder / f"{seed}-commands", seed)
        done = 0
        while done < commands:
            done += _told(real.round())


def _told(outcome: Outcome) -> bool:
    print(json.dumps(asdict(outcome)), flush=True)
    return outcome.killed is not None


def main() -> None:
    """FOLDER KILLS COMMANDS SEED [KEEP]."""
    folder, kills, commands, seed, *rest = sys.argv[1:]
    keep = Path(rest[0]) if rest else None
    work(Path(folder), int(kills), int(commands), int(seed), keep)


if __name__ == "__main__":
    main()
