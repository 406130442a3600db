"""add: a receipt for each source, printed as soon as it is certain."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import typer

from bot import console, machine
from bot.commands.opening import data_folder, index_settings, library_name
from bot.options import Options
from bot.progress import Bar
from bot.reading import read_sources
from index import Archive, Parser, Receipt, ReceiptStatus


def add(options: Options, sources: Sequence[str], entries: int = 0) -> None:
    """Add what `sources` name, of a feed the latest `entries`; exits with 1 if anything failed."""
    if "-" in sources and sys.stdin.isatty():
        console.terminal(stderr=True).print("Paste an article, then press Ctrl-D on a new line.")
    settings = index_settings(options)
    with (
        Archive(data_folder(options), settings) as archive,
        Parser(settings) as parser,
        receipts_bar(options) as bar,
    ):
        library = archive.library_for_adding(library_name(options))
        articles = read_sources(sources, settings, parser, entries=entries)
        print_receipts(library.add(articles, progress=bar), options, bar)


def receipts_bar(options: Options) -> Bar:
    """A bar that does not get in the way of the receipts."""
    out, errors = console.terminal(), console.terminal(stderr=True)
    # On one terminal, both must go through one console, or they overwrite each other.
    shared = out if out.is_terminal else errors
    return Bar(shared, "Reading", shown=errors.is_terminal and not options.json)


def print_receipts(receipts: Iterable[Receipt], options: Options, bar: Bar) -> None:
    """Print each receipt at once: whoever has seen it may rely on it."""
    failed = False
    out = console.terminal() if bar.console.stderr else bar.console
    signs = console.signs_of(out)
    for receipt in receipts:
        failed = failed or receipt.status is ReceiptStatus.FAILED
        if options.json:
            machine.print_object(machine.receipt_object(receipt))
        else:
            out.print(console.receipt_line(receipt, signs))
    if failed:
        raise typer.Exit(1)
