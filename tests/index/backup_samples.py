"""Data folders to back up and to restore into, each with an article about a bird."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from library_samples import article, fill, found, plain_archive

from index import CATALOG_FILE, DatabaseFile, back_up

NOTES = DatabaseFile("notes.db", CATALOG_FILE.migrations)
"""Stands for the records of a bot."""
BOTH = (NOTES, CATALOG_FILE)


def folder_with(folder: Path, word: str) -> Path:
    """A data folder whose one article is about a word, noted in the other database too."""
    with plain_archive(folder) as archive:
        fill(archive, article(f"The {word} at the ford"))
    shutil.copy(folder / CATALOG_FILE.name, folder / NOTES.name)
    return folder


def heron_backup(tmp_path: Path) -> Path:
    """A backup of a folder whose article is about the heron."""
    file = tmp_path / "heron.zip"
    back_up(folder_with(tmp_path / "heron", "heron"), file, BOTH, version="1")
    shutil.rmtree(tmp_path / "heron")
    return file


def words_in(folder: Path) -> tuple[str, ...]:
    """The words of the articles in the library and in the notes."""
    words = []
    for database in (CATALOG_FILE, NOTES):
        with closing(sqlite3.connect(folder / database.name)) as connection:
            ((text,),) = connection.execute("SELECT text FROM articles").fetchall()
            words.append(str(text).split()[1])
    return tuple(words)


def held_in(folder: Path) -> tuple[str, ...]:
    """The same, of a library that is whole and finds its article."""
    word, noted = words_in(folder)
    with plain_archive(folder) as archive:
        assert archive.library().check().problems == ()
        assert len(found(archive, f"Where is the {word}?")) == 1
    return word, noted


def names_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if not file.name.startswith("library-")}
