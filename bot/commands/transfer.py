"""export and import: a whole library as a file of JSON Lines."""

from __future__ import annotations

from pathlib import Path

from bot import console, machine
from bot.commands.adding import print_receipts, receipts_bar
from bot.commands.opening import data_folder, index_settings, library_name, open_library
from bot.fitting import counted, one_line
from bot.options import Options
from index import Archive


def export(options: Options, file: Path) -> None:
    """Write the library to `file` and say how many articles it holds."""
    with open_library(options) as library:
        written = library.export(file)
    if options.json:
        machine.print_object({"file": str(file), "articles": written})
    else:
        articles = counted(written, "article")
        console.terminal().print(f"Wrote {articles} to {one_line(str(file))}.")


def import_(options: Options, file: Path) -> None:
    """Add the articles of `file`; the exit status is 1 if any could not be added."""
    with (
        Archive(data_folder(options), index_settings(options)) as archive,
        receipts_bar(options) as bar,
    ):
        library = archive.library_for_adding(library_name(options))
        print_receipts(library.import_(file, progress=bar), options, bar)
