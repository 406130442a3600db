"""How cost grows with a library: 1,000 to 1,000,000 passages side by side, and a picture of it.

    python -m benchmarks.scale --data FOLDER [--sizes 1000 10000 100000 1000000]
        [--keep FOLDER] [--picture FILE.png] [--json]

Of each size a library is made of realistic vectors and texts (benchmarks/realistic.py) in a real
database, and then looked at by fresh processes, one after another:

- open: until the first search is done, with the file of the vector index and without it;
- memory: what the process grew by, against the vectors as float32;
- search: the median of 200 questions in the vector index, and the share of the ten nearest vectors
  that it found, against `faiss.IndexFlatIP` over the same vectors in the same process;
- keywords: three-word questions in the keyword index, of real questions' words and of the twelve
  most common words that are no stop words;
- add, remove: one article of about 20 passages, whole, but for its encoding; that the next search
  sees it, or no longer sees it, is looked at;
- disk: the database and the file of the vector index.

Constants were chosen with the questions of `benchmarks.indexes`; these are others. Files are in the
machine's cache; what a cold disk adds is not measured.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.realistic import Real, load, resemblance
from benchmarks.scale_library import build

SIZES = (1_000, 10_000, 100_000, 1_000_000)
FLOAT_BYTES = 4


def measure(
    arguments: argparse.Namespace, real: Real, size: int, folder: Path, console: Console
) -> dict[str, Any]:
    """Build a library of one size, unless it is there already, and look at it."""
    if not folder.exists():
        build(folder, real, size, console)

    def look(what: str) -> dict[str, Any]:
        console.print(f"{size:,} passages: {what}")
        command = [sys.executable, "-m", "benchmarks.scale_measure", what, str(folder)]
        command += ["--data", str(arguments.data), "--cache", str(arguments.cache)]
        done = subprocess.run(
            [*command, "--passages", str(size)], stdout=subprocess.PIPE, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    look("opened")  # which leaves the file of the index behind, if there is to be one
    with_file = look("opened")
    result = {"passages": size, "kind": with_file["kind"], **look("used")}
    disk = {file.name: file.stat().st_size for file in folder.iterdir()}
    vectors = [folder / name for name in disk if name.endswith(".vectors")]
    for file in vectors:
        file.unlink()
    without = look("opened")
    raw = size * real.base.shape[1] * FLOAT_BYTES
    return {
        **result,
        "open": with_file["seconds"],
        "open_without_file": without["seconds"],
        "megabytes": with_file["megabytes"],
        "share_of_raw": 1e6 * with_file["megabytes"] / raw,
        "quicker": result["exact"] / result["search"],
        "database": disk["cuttings.db"],
        "vector_file": sum(disk[file.name] for file in vectors),
    }


def table(rows: list[dict[str, Any]]) -> Table:
    """The figures, a column a size."""
    shown = Table("", *(f"{row['passages']:,}" for row in rows))
    for name, text in (
        ("index", "{kind}"),
        ("recall@10", "{recall:.4f}"),
        ("search", "{search:.2f} ms"),
        ("exact search", "{exact:.2f} ms"),
        ("quicker than exact", "{quicker:.1f}"),
        ("three words", "{keywords:.1f} ms"),
        ("three common words", "{common:.1f} ms"),
        ("add an article", "{add:.0f} ms"),
        ("remove it", "{remove:.0f} ms"),
        ("open", "{open:.2f} s"),
        ("open without the file", "{open_without_file:.2f} s"),
        ("memory", "{megabytes:.0f} MB"),
        ("of raw float32", "{share_of_raw:.2f}"),
        ("database", "{database_mb:.0f} MB"),
        ("vector file", "{vector_mb:.0f} MB"),
    ):
        figures = (
            row | {"database_mb": row["database"] / 1e6, "vector_mb": row["vector_file"] / 1e6}
            for row in rows
        )
        shown.add_row(name, *(text.format(**each) for each in figures))
    return shown


def draw(rows: list[dict[str, Any]], file: Path) -> None:
    """Draw how each figure grows, both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot, ticker

    def plain(value: float, _: object) -> str:
        return f"{value:,.12g}"

    figure, places = pyplot.subplots(2, 3, figsize=(12, 7), layout="constrained")
    sizes = [row["passages"] for row in rows]
    for place, (title, unit, lines) in zip(
        places.flat,
        (
            ("Search", "ms", {"search": "Cuttings", "exact": "exact (IndexFlatIP)"}),
            ("Keywords", "ms", {"keywords": "three words", "common": "three common words"}),
            ("One article of 20 passages", "ms", {"add": "add", "remove": "remove"}),
            ("Open", "s", {"open": "with the file", "open_without_file": "without it"}),
            ("Memory of the index", "MB", {"megabytes": "Cuttings", "raw": "raw float32"}),
            ("Disk", "MB", {"database_mb": "database", "vector_mb": "vector file"}),
        ),
        strict=True,
    ):
        drawn = [[_figure(row, name) for row in rows] for name in lines]
        for values, label in zip(drawn, lines.values(), strict=True):
            place.plot(sizes, values, marker="o", label=label)
        known = [value for values in drawn for value in values if value]
        # Whole decades: else what hardly grows looks as if it grew much.
        top = 10 ** math.ceil(math.log10(max(known)))
        bottom = min(10 ** math.floor(math.log10(min(known))), top / 100)
        place.set(xscale="log", yscale="log", ylim=(bottom, top))
        place.set(title=title, xlabel="passages", ylabel=unit)
        for axis in (place.xaxis, place.yaxis):
            axis.set_major_formatter(ticker.FuncFormatter(plain))
        place.grid(visible=True, alpha=0.3)
        place.legend()
    figure.savefig(file, dpi=110)


def _figure(row: dict[str, Any], name: str) -> float | None:
    """A figure of one size as it is drawn; None where there is nothing to draw."""
    derived = {
        "raw": 384 * FLOAT_BYTES * row["passages"] / 1e6,
        "database_mb": row["database"] / 1e6,
        "vector_mb": row["vector_file"] / 1e6,
    }
    return {**derived, **row}[name] or None


def main() -> None:
    """Build, measure, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="wikinews.jsonl and the others")
    parser.add_argument("--cache", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--keep", type=Path, help="a folder for the libraries, used again")
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    console = Console(stderr=True)
    with ExitStack() as stack:
        root = arguments.keep or Path(stack.enter_context(TemporaryDirectory()))
        real = load(arguments.data, arguments.cache)
        alike = resemblance(real)
        rows = []
        for size in arguments.sizes:
            rows.append(measure(arguments, real, size, root / str(size), console))
            console.print(table(rows))
    if arguments.picture:
        draw(rows, arguments.picture)
    if arguments.json:
        json.dump({"resemblance": alike, "sizes": rows}, sys.stdout)
        return
    shown = Table("vectors", "near", *(f"rank {rank}" for rank in (1, 5, 10, 50)))
    for name, what, values in alike:
        parts = (values[place : place + 3] for place in range(0, 12, 3))
        shown.add_row(name, what, *(" / ".join(f"{v:.3f}" for v in part) for part in parts))
    Console().print(shown, table(rows))


if __name__ == "__main__":
    main()
