"""export and import: a whole library as a file of JSON Lines, or an exported chat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot import console, machine
from bot.chat_exports import ChatExport, look_through
from bot.commands.adding import print_receipts, receipts_bar
from bot.commands.opening import data_folder, index_settings, library_name, open_library
from bot.fitting import counted, one_line
from bot.options import Options
from bot.post_import import parts_of, take_in
from bot.progress import Bar
from index import Archive, IndexSettings, Library, Receipt


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
    export = None
    with suppress(OSError):  # told below
        export = look_through(file)
    settings = index_settings(options)
    with Archive(data_folder(options), settings) as archive, receipts_bar(options) as bar:
        library = archive.library_for_adding(library_name(options))
        if export is None:
            print_receipts(library.import_(file, progress=bar), options, bar)
            return
        if export.left_out and not options.json:
            left_out = counted(export.left_out, "message")
            console.terminal(stderr=True).print(f"Leaving out {left_out} without an article.")
        print_receipts(_posts(library, file, export, settings, bar), options, bar)


def _posts(
    library: Library, file: Path, export: ChatExport, settings: IndexSettings, bar: Bar
) -> Iterator[Receipt]:
    """A receipt for each post of an exported chat."""
    done = 0
    for part in parts_of(file):
        for receipt in take_in(library, part, settings, lambda _: None):
            done += 1
            bar(done, export.posts)
            yield receipt
