"""reencode: libraries by the encoder that is configured now, while they are asked as they are."""

from __future__ import annotations

import typer

from bot import console, machine
from bot.commands.opening import data_folder, index_settings, library_name
from bot.fitting import counted, one_line
from bot.options import Options
from bot.progress import Bar
from index import Archive, Reencoded

NOTHING_TO_DO = "Every library is of the configured encoder already."
GOES_ON = "The same command goes on from here."


def reencode(options: Options, *, every: bool) -> None:
    """Encode one library anew, or every one that needs it, and say how much that was."""
    if every and options.library is not None:
        raise typer.BadParameter("Give either --library or --all.")
    out, errors = console.terminal(), console.terminal(stderr=True)
    shown = errors.is_terminal and not options.json
    # On one terminal, both must go through one console, or they overwrite each other.
    bar = Bar(out if out.is_terminal else errors, "Encoding", unit="passages", shown=shown)
    with Archive(data_folder(options), index_settings(options)) as archive, bar:
        names = archive.outdated() if every else [library_name(options)]
        try:
            for done in archive.reencode(names, progress=bar):
                if options.json:
                    machine.print_object(machine.reencoded_object(done))
                else:
                    (out if bar.console.stderr else bar.console).print(reencoded_line(done))
        except KeyboardInterrupt:
            errors.print(GOES_ON)
            raise
    if not names and not options.json:
        out.print(NOTHING_TO_DO)


def reencoded_line(done: Reencoded) -> str:
    """What was done to one library."""
    done_of = counted(done.passages, "passage") if done.passages else "nothing"
    library, encoder = one_line(done.library), one_line(done.encoder)
    return f"Library {library} is of the encoder {encoder}: {done_of} had to be encoded."
