"""What a person points at: links, files, folders and standard input, found and read."""

from __future__ import annotations

import difflib
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import EmptySourceError, SourceError, SourceNotFoundError, SourceTooLargeError
from index.formats import READABLE_SUFFIXES, too_many_bytes
from index.settings import IndexSettings

STANDARD_INPUT = Path("-")
"""Stands for standard input wherever a source's path is asked for."""

# A Path makes one slash of two.
_LINK = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):/{1,3}(?=[^/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An argument that is an address; whether it can be opened is not known yet."""

    address: str


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """An argument, or a folder below it, that gave no files, and why."""

    source: str
    error: SourceError


def find_sources(arguments: Sequence[str | Path]) -> Iterator[Path | Link | SourceProblem]:
    """Yield the files and links that the arguments name, in order.

    A problem with one does not end the rest.
    Folders are walked into, sorted, without hidden entries, for the suffixes of articles; links
    to folders are followed once. A file named outright is taken whatever its suffix is.
    """
    for argument in arguments:
        try:
            yield from _find(argument)
        except SourceError as error:
            yield SourceProblem(shown(argument), error)


def read_source(path: Path, settings: IndexSettings) -> bytes:
    """Return the bytes of a file, or of standard input for `STANDARD_INPUT`.

    Raises SourceNotFoundError for what is no readable file, SourceTooLargeError over
    `max_source_bytes`, which is checked before anything is read.
    """
    limit = settings.max_source_bytes
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(limit + 1)
        if len(data) > limit:
            raise SourceTooLargeError(
                f"Standard input is more than the {limit:,} bytes that max_source_bytes allows.",
                hint="Send it in smaller parts, or raise max_source_bytes in the settings.",
            )
        return data
    try:
        status = path.stat()
        _require_file(path, status.st_mode)
        if status.st_size > limit:
            raise too_many_bytes(status.st_size, limit)
        with path.open("rb") as file:
            # It may have grown since.
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error
    if len(data) > limit:
        raise too_many_bytes(len(data), limit)
    return data


def shown(path: str | Path) -> str:
    """Return a path as it can be printed: file names may hold bytes that are no text."""
    return "".join(character if character.isprintable() else "\ufffd" for character in str(path))


def _find(argument: str | Path) -> Iterator[Path | Link | SourceProblem]:
    if str(argument) == "-":
        yield STANDARD_INPUT
        return
    if not str(argument):
        raise SourceNotFoundError("The name is empty.", hint="Give the name of a file or folder.")
    if match := _LINK.match(str(argument)):
        rest = str(argument)[match.end() :]
        yield Link(f"{match['scheme']}://{rest}" if isinstance(argument, Path) else str(argument))
        return
    path = _expanded(Path(argument))
    try:
        mode = path.stat().st_mode
        if not stat.S_ISDIR(mode):
            _require_file(path, mode)
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error
    if not stat.S_ISDIR(mode):
        yield path
        return
    empty = True
    for found in _walk(path, set()):
        empty = False
        yield found
    if empty:
        suffixes = ", ".join(sorted(READABLE_SUFFIXES - {""}))
        raise EmptySourceError(
            f"The folder {shown(path)} holds no articles.",
            hint=f"Files that end in {suffixes} are read; name any other text file itself.",
        )


def _expanded(path: Path) -> Path:
    if path == STANDARD_INPUT:
        # "./-" is a file of that name, which Path would make "-" of.
        return path.absolute()
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _walk(folder: Path, visited: set[tuple[int, int]]) -> Iterator[Path | SourceProblem]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in visited:
            return
        visited.add((status.st_dev, status.st_ino))
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield SourceProblem(shown(folder), _cannot_open(folder, error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        # os.path: a link to itself is no folder, where Path.is_dir would raise in Python 3.10.
        if os.path.isdir(entry):  # noqa: PTH112
            yield from _walk(entry, visited)
        elif entry.suffix and entry.suffix.lower() in READABLE_SUFFIXES:
            yield entry


def _require_file(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise SourceNotFoundError(
            f"{shown(path)} is a folder, not a file.", hint="Name a file inside it."
        )
    kind = "pipe" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else "device"
    raise SourceNotFoundError(
        f"{shown(path)} is a {kind}, not a file.",
        hint='Name a file, or "-" to read from standard input.',
    )


def _cannot_open(path: Path, error: OSError | ValueError) -> SourceNotFoundError:
    if isinstance(error, PermissionError):
        return SourceNotFoundError(
            f"You have no permission to read {shown(path)}.",
            hint="Ask its owner for access, or copy it to a folder of your own.",
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SourceNotFoundError(
            f"There is no file or folder named {shown(path)}.", hint=_similar(path)
        )
    reason = error.strerror if isinstance(error, OSError) else None
    return SourceNotFoundError(
        f"{shown(path)} cannot be opened: {(reason or str(error)).lower()}.",
        hint="Check the name, or copy the file to another place and try again.",
    )


def _similar(path: Path) -> str:
    """Return a hint that names the file that was probably meant."""
    try:
        names = {entry.name.lower(): entry for entry in path.parent.iterdir()}
    except OSError:
        return f"There is no folder {shown(path.parent)} either; check the name."
    close = difflib.get_close_matches(path.name.lower(), names, n=1)
    if close:
        return f"Did you mean {shown(names[close[0]])}?"
    return f"Check the name; it was looked for in {shown(path.parent.absolute())}."
