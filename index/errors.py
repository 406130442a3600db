"""What can go wrong, typed by what the caller should do.

CuttingsError                  every error of this package; has a `hint`: the next step
├── InputError                 something given cannot be used: tell the person, store nothing
│   ├── SourceError            the source holds no article that can be read
│   │   ├── SourceNotFoundError        no such file, or it cannot be opened
│   │   ├── EmptySourceError           nothing in it, or a folder without articles
│   │   ├── BinarySourceError          not text
│   │   ├── EncodingError              text in an encoding that cannot be recognised
│   │   ├── SourceTooLargeError        over a limit of the settings
│   │   ├── EncryptedSourceError       it needs a password
│   │   ├── DamagedSourceError         its format is broken
│   │   ├── ParserError                its parser crashed, or exceeded its time or memory
│   │   ├── RecognitionError           a picture or speech in which no words were recognised
│   │   ├── LinkError                  a link that cannot or must not be followed
│   │   └── NoArticleError             a page without an article in it
│   ├── QuestionError          the question is empty or longer than the model reads
│   ├── UnknownArticleError    no article has this id
│   ├── UnknownLibraryError    no library has this name
│   ├── ImportFileError        a line of an import file is not an article
│   └── BackupError            a backup cannot be made or restored as asked
├── SettingsError              the configuration must be mended
├── EncoderMismatchError       the library was made with another encoder, which cannot be loaded
├── EncodedAnewError           the library was encoded anew meanwhile: begin again
├── ModelError                 a model cannot be loaded
│   └── OptionalDependencyError        an extra must be installed
└── StorageError               the data folder cannot be written or read
    ├── StorageFullError       the disk is full
    └── StorageBusyError       another process holds the library
"""

from __future__ import annotations

from typing import ClassVar

from index.obstacles import Obstacle


class CuttingsError(Exception):
    """Base of every error raised on purpose.

    `str(error)` says in one sentence what is wrong, `error.hint` what to do next.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(CuttingsError):
    """The person gave something that cannot be used."""


class SourceError(InputError):
    """The source holds no article that can be read; `obstacle` says why in one word."""

    usual: ClassVar[Obstacle] = Obstacle.NOT_TEXT

    def __init__(self, message: str, hint: str = "", obstacle: Obstacle | None = None) -> None:
        super().__init__(message, hint)
        self.obstacle = obstacle or self.usual


class SourceNotFoundError(SourceError):
    """No such file or folder, or it cannot be opened."""

    usual = Obstacle.NOT_FOUND


class EmptySourceError(SourceError):
    """Nothing in the source, or a folder without articles."""

    usual = Obstacle.EMPTY


class BinarySourceError(SourceError):
    """The source is of no kind that is read."""


class EncodingError(SourceError):
    """The source is text in an encoding that cannot be recognised."""

    usual = Obstacle.ENCODING


class SourceTooLargeError(SourceError):
    """The source is larger than the settings allow."""

    usual = Obstacle.TOO_LARGE


class EncryptedSourceError(SourceError):
    """The source cannot be read without a password."""

    usual = Obstacle.ENCRYPTED


class DamagedSourceError(SourceError):
    """The source says what it is, and is broken."""

    usual = Obstacle.DAMAGED


class ParserError(SourceError):
    """The parser of the source crashed, or exceeded its time or memory."""

    usual = Obstacle.TOO_HARD


class RecognitionError(SourceError):
    """No words were recognised in a picture or in speech, or nothing is there to recognise them."""

    usual = Obstacle.NO_WORDS_SEEN


class LinkError(SourceError):
    """A link cannot be followed, or must not."""

    usual = Obstacle.UNREACHABLE


class NoArticleError(SourceError):
    """A page without an article in it."""

    usual = Obstacle.NO_ARTICLE


class QuestionError(InputError):
    """The question is empty or longer than the model reads."""


class UnknownArticleError(InputError):
    """No article of the library has this id."""


class UnknownLibraryError(InputError):
    """No library has this name."""


class ImportFileError(InputError):
    """A line of an import file is not an article."""


class BackupError(InputError):
    """A backup cannot be made there, or is none that can be restored there."""


class SettingsError(CuttingsError):
    """The configuration must be mended before anything can be done."""


class EncoderMismatchError(CuttingsError):
    """The library's embeddings come from another encoder, which cannot be loaded."""


class EncodedAnewError(CuttingsError):
    """The library's embeddings are no longer those that were begun with."""


class ModelError(CuttingsError):
    """A model cannot be loaded."""


class OptionalDependencyError(ModelError):
    """A feature needs an extra that is not installed."""


class StorageError(CuttingsError):
    """The data folder cannot be written or read."""


class StorageFullError(StorageError):
    """The disk is full."""


class StorageBusyError(StorageError):
    """Another process has held the library for too long."""
