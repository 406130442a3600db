"""Articles in, answers out: a library that answers with the exact words of its articles.

Names are imported when they are first used: asking for an error does not load a database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.archive import DEFAULT_LIBRARY, Archive
    from index.backup.making import back_up
    from index.backup.manifest import CATALOG_FILE, Backup, DatabaseFile
    from index.backup.restoring import Restored, restore
    from index.errors import (
        BackupError,
        BinarySourceError,
        CuttingsError,
        EncoderMismatchError,
        EncodingError,
        ImportFileError,
        InputError,
        ModelError,
        QuestionError,
        SettingsError,
        SourceError,
        SourceTooLargeError,
        StorageBusyError,
        StorageError,
        StorageFullError,
        UnknownArticleError,
        UnknownLibraryError,
    )
    from index.followups import PreviousTurn, complete_question, is_incomplete
    from index.formats import READABLE_SUFFIXES, read_article, read_text
    from index.library import Library
    from index.links.reading import LinkReader
    from index.obstacles import Obstacle
    from index.parsing.parser import Parser
    from index.records import (
        Answer,
        Article,
        CheckReport,
        Document,
        Earlier,
        FailedSource,
        Feed,
        FeedEntry,
        Format,
        Hit,
        Outcome,
        Receipt,
        ReceiptStatus,
        Span,
        StoredArticle,
        Totals,
    )
    from index.reencoding import Reencoded
    from index.sentences import sentence_around, surroundings
    from index.settings import IndexSettings
    from index.sources import Link, SourceProblem, find_sources, read_source
    from index.storage.database import Database
    from index.storage.migrations import Migrations

__all__ = [
    "CATALOG_FILE",
    "DEFAULT_LIBRARY",
    "READABLE_SUFFIXES",
    "Answer",
    "Archive",
    "Article",
    "Backup",
    "BackupError",
    "BinarySourceError",
    "CheckReport",
    "CuttingsError",
    "Database",
    "DatabaseFile",
    "Document",
    "Earlier",
    "EncoderMismatchError",
    "EncodingError",
    "FailedSource",
    "Feed",
    "FeedEntry",
    "Format",
    "Hit",
    "ImportFileError",
    "IndexSettings",
    "InputError",
    "Library",
    "Link",
    "LinkReader",
    "Migrations",
    "ModelError",
    "Obstacle",
    "Outcome",
    "Parser",
    "PreviousTurn",
    "QuestionError",
    "Receipt",
    "ReceiptStatus",
    "Reencoded",
    "Restored",
    "SettingsError",
    "SourceError",
    "SourceProblem",
    "SourceTooLargeError",
    "Span",
    "StorageBusyError",
    "StorageError",
    "StorageFullError",
    "StoredArticle",
    "Totals",
    "UnknownArticleError",
    "UnknownLibraryError",
    "back_up",
    "complete_question",
    "find_sources",
    "is_incomplete",
    "read_article",
    "read_source",
    "read_text",
    "restore",
    "sentence_around",
    "surroundings",
]

# Lightest first: a name is looked for here in order, and what comes after is not imported.
_MODULES = (
    "obstacles",
    "errors",
    "records",
    "settings",
    "sentences",
    "followups",
    "formats",
    "sources",
    "parsing.parser",
    "links.reading",
    "storage.migrations",
    "storage.database",
    "backup.manifest",
    "backup.making",
    "backup.restoring",
    "reencoding",
    "library",
    "archive",
)


def __getattr__(name: str) -> Any:
    if name in __all__:
        for module in _MODULES:
            found = import_module(f"{__name__}.{module}")
            if name in vars(found):
                globals()[name] = vars(found)[name]
                return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
