"""Ten thousand small libraries in one data folder: what opening, asking and memory cost.

    python -m benchmarks.many_libraries --data FOLDER [--libraries 10000] [--passages 100]
        [--megabytes 64] [--json]

- open: `Archive(folder)` of so many libraries against one of a single library, each in a process of
  its own;
- cold and warm: the whole of `Library.ask` but for the models (no reader, prepared vectors) in
  libraries that no question was asked of before, and the same questions again;
- memory: what the process grows by while every library is asked once, with the memory for vector
  indexes bounded.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import random
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.realistic import Real, load
from benchmarks.scale_library import PreparedEncoder, build_many
from index import Archive, IndexSettings

SAMPLED = 300


def opened(folder: Path) -> float:
    """Seconds that opening takes, in a process of its own."""
    script = (
        "import sys, time; from pathlib import Path; from index import Archive;"
        "start = time.perf_counter(); archive = Archive(Path(sys.argv[1]));"
        "print(time.perf_counter() - start); archive.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, check=True
    )
    return float(done.stdout)


def asked(folder: Path, real: Real, megabytes: int, console: Console) -> dict[str, float]:
    """Ask some libraries cold and warm, then every library once."""
    settings = IndexSettings(reader="none", index_megabytes=megabytes)
    encoder = PreparedEncoder(real, 0)
    questions = real.reported_with.texts
    with Archive(folder, settings, encoder=encoder) as archive:
        names = archive.names()

        def ask(name: str, question: str) -> float:
            start = perf_counter()
            archive.library(name).ask(question)
            return 1000 * (perf_counter() - start)

        ask(names[0], questions[0])  # imports FAISS
        chosen = random.Random(0).sample(names[1:], min(SAMPLED, len(names) - 1))
        cold = [ask(name, questions[each]) for each, name in enumerate(chosen)]
        warm = [ask(name, questions[each]) for each, name in enumerate(chosen)]
        before = _resident()
        for each, name in enumerate(track(names, "asking all", console=console, transient=True)):
            ask(name, questions[each % len(questions)])
        grown = (_resident() - before) / 1e6
    differences = [c - w for c, w in zip(cold, warm, strict=True)]
    return {
        "cold": median(cold),
        "warm": median(warm),
        "more": median(differences),
        "more_95": sorted(differences)[int(0.95 * len(differences))],
        "grown": grown,
    }


def _resident() -> int:
    """Bytes of memory that this process holds now, what it has freed given back."""
    ctypes.CDLL(None).malloc_trim(0)
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="wikinews.jsonl and the others")
    parser.add_argument("--cache", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--libraries", type=int, default=10_000)
    parser.add_argument("--passages", type=int, default=100)
    parser.add_argument("--megabytes", type=int, default=64)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    real = load(arguments.data, arguments.cache)
    with TemporaryDirectory() as name:
        many, single = Path(name) / "many", Path(name) / "single"
        build_many(single, real, 1, arguments.passages, console)
        build_many(many, real, arguments.libraries, arguments.passages, console)
        figures: dict[str, Any] = {
            "libraries": arguments.libraries,
            "passages": arguments.passages,
            "megabytes": arguments.megabytes,
            "open_one": 1000 * median(opened(single) for _ in range(5)),
            "open_many": 1000 * median(opened(many) for _ in range(5)),
            **asked(many, real, arguments.megabytes, console),
            "disk": sum(file.stat().st_size for file in many.iterdir()) / 1e6,
        }
    if arguments.json:
        json.dump(figures, sys.stdout)
        return
    table = Table("what", "figure")
    for label, text in (
        ("libraries, of passages", "{libraries:,}, {passages}"),
        ("open a folder of one library", "{open_one:.1f} ms"),
        ("open this one", "{open_many:.1f} ms"),
        ("a question in a cold library", "{cold:.1f} ms"),
        ("in a warm one", "{warm:.1f} ms"),
        ("more, median", "{more:.1f} ms"),
        ("more, 95th percentile", "{more_95:.1f} ms"),
        ("memory allowed for indexes", "{megabytes} MB"),
        ("memory grown by asking all", "{grown:.0f} MB"),
        ("disk", "{disk:.0f} MB"),
    ):
        table.add_row(label, text.format(**figures))
    Console().print(table)


if __name__ == "__main__":
    main()
