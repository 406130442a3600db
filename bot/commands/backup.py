"""backup and restore: everything in a data folder as one file, and back."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from bot import console, machine
from bot.alone import only_bot
from bot.commands.opening import data_folder
from bot.fitting import one_line
from bot.options import Options
from bot.progress import Bar
from bot.store.store import FILE, MIGRATIONS
from index import CATALOG_FILE, Backup, BackupError, DatabaseFile
from index import back_up as write_backup
from index import restore as restore_backup

# The bot's records first: what they name is then in the libraries, which are read after them.
DATABASES = (DatabaseFile(FILE, MIGRATIONS), CATALOG_FILE)


def backup(options: Options, file: Path, *, force: bool) -> None:
    """Write everything to `file` and say how large it is."""
    _refuse_one_library(options, "To write one library to a file, use `cuttings export`.")
    with _bar("Backing up", options) as bar:
        made = write_backup(
            data_folder(options),
            file,
            DATABASES,
            version=version("cuttings"),
            overwrite=force,
            progress=bar,
        )
    size = file.stat().st_size
    if options.json:
        machine.print_object({"file": str(file), "bytes": size, **_object(made)})
    else:
        told = f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"
        console.terminal().print(f"Wrote the backup to {one_line(str(file))}: {told}.")


def restore(options: Options, file: Path, *, replace: bool) -> None:
    """Put the backup into the data folder and say where that is now which was there."""
    _refuse_one_library(options, "A backup is restored as a whole: leave --library away.")
    folder = data_folder(options)
    with only_bot(folder), _bar("Restoring", options) as bar:
        done = restore_backup(file, folder, DATABASES, replace=replace, progress=bar)
    if options.json:
        aside = str(done.aside) if done.aside else None
        machine.print_object({"folder": str(folder), "aside": aside, **_object(done.backup)})
        return
    out = console.terminal()
    made = done.backup.made.astimezone()
    out.print(f"Restored the backup of {made:%Y-%m-%d %H:%M} into {one_line(str(folder))}.")
    if done.aside:
        out.print(f"What was there before is now in {one_line(str(done.aside))}.")
        out.print("Remove it once you are sure that you do not need it.")


def _bar(description: str, options: Options) -> Bar:
    return Bar(console.terminal(stderr=True), description, shown=not options.json)


def _object(backup: Backup) -> dict[str, object]:
    return {
        "made": backup.made.isoformat(),
        "version": backup.version,
        "databases": [one.model_dump() for one in backup.databases],
    }


def _refuse_one_library(options: Options, hint: str) -> None:
    if options.library is not None:
        raise BackupError("A backup is of all libraries.", hint)
