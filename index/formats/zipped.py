"""A ZIP archive of documents: each is read as if it had been sent by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from index.errors import EmptySourceError, SourceError
from index.formats.draft import Progress
from index.formats.kinds import PICTURE_SUFFIXES
from index.formats.unpacking import Entry, Package, within
from index.records import Article, Document, FailedSource
from index.settings import IndexSettings

Reader = Callable[[Document, Progress], list["Article | FailedSource"]]
"""Reads a document of the archive; never raises."""

# What pages bring along, and what systems leave behind.
_FURNITURE = frozenset(
    {".css", ".js", ".mjs", ".json", ".map", ".svg", ".ico", ".woff", ".woff2", ".ttf", ".otf"}
    | {".eot", ".db", ".ini", ".lnk", ".url", ".webloc", ".sfv", ".md5", ".sha256", ".nfo"}
)
_PAGES = frozenset({".html", ".htm", ".xhtml", ".md", ".markdown"})
_LEFT_BEHIND = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
_FOLDER_OF_A_PAGE = re.compile(r"(.+?)(?:_files|\.files|-Dateien|_archivos|_fichiers)/")


def read_zip(
    data: bytes, source: str, settings: IndexSettings, read: Reader, progress: Progress | None
) -> list[Article | FailedSource]:
    """Return what `read` makes of each document in an archive, in the archive's order.

    The source of each is the archive's, and its own name. `progress` is told of each document.
    Raises EncryptedSourceError, DamagedSourceError, SourceTooLargeError, or EmptySourceError
    without a document.
    """
    package = Package(data, settings)
    entries = list(_documents(package.entries))
    if not entries:
        raise EmptySourceError(
            "There are no documents in this archive.",
            hint="Make an archive of articles: text, web pages, PDF or Word documents.",
        )
    found: list[Article | FailedSource] = []
    for done, entry in enumerate(entries):
        told = _telling(progress, done, len(entries))
        told(0, 1)
        try:
            content = package.unpacked(entry, settings.max_source_bytes)
        except SourceError as error:
            if package.is_spent:
                found.append(FailedSource(source, str(error), error.hint, error.obstacle))
                break
            name = within(source, entry.name)
            found.append(FailedSource(name, str(error), error.hint, error.obstacle))
            continue
        inside = read(Document(content, name=entry.name), told)
        found.extend(_named(one, source, entry.name) for one in inside)
    return found


def _telling(progress: Progress | None, done: int, documents: int) -> Progress:
    def told(_pages_done: int, _pages: int) -> None:
        if progress is not None:
            progress(done, documents)

    return told


def _named(one: Article | FailedSource, source: str, name: str) -> Article | FailedSource:
    own = one.source or name
    # A saved page tells where it was saved from, which says more than any file's name.
    return (
        one if own.startswith(("http://", "https://")) else replace(one, source=within(source, own))
    )


def _documents(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    visible = [entry for entry in entries if entry.name and not _is_left_behind(entry.name)]
    pages = {entry.name for entry in visible if _suffix(entry.name) in _PAGES}
    stems = {name.rpartition(".")[0] for name in pages}
    for entry in visible:
        suffix = _suffix(entry.name)
        if suffix in _FURNITURE or (pages and suffix in PICTURE_SUFFIXES):
            continue
        folder = _FOLDER_OF_A_PAGE.match(entry.name)
        # A browser saves a page's frames beside it, as pages too.
        if folder is None or folder[1] not in stems:
            yield entry


def _is_left_behind(name: str) -> bool:
    parts = name.split("/")
    return any(part.startswith(".") or part.lower() in _LEFT_BEHIND for part in parts)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
