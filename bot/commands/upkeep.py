"""check and rebuild: is the library whole, and how to mend it."""

from __future__ import annotations

import typer

from bot import console, machine
from bot.commands.opening import open_library
from bot.fitting import counted
from bot.options import Options
from bot.progress import waiting


def check(options: Options) -> None:
    """Print what the check finds; the exit status is 1 if there are problems."""
    with open_library(options) as library, waiting("Checking…", shown=not options.json):
        report = library.check()
    if options.json:
        machine.print_object(machine.check_object(report))
    else:
        out = console.terminal()
        for line in console.check_lines(report, console.signs_of(out)):
            out.print(line)
    if report.problems:
        raise typer.Exit(1)


def rebuild(options: Options) -> None:
    """Make what is searched anew and say how many vectors it has."""
    with open_library(options) as library, waiting("Rebuilding…", shown=not options.json):
        vectors = library.rebuild()
    if options.json:
        machine.print_object({"vectors": vectors})
    else:
        built = counted(vectors, "vector")
        console.terminal().print(f"The index is built anew: {built}.")
