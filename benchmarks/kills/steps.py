"""What the child does with a data folder, telling of each thing when it is done."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.kills.children import Tell
from benchmarks.kills.ledger import Kind, Step
from benchmarks.kills.stories import Story, WordsEncoder
from bot.store.store import FILE, MIGRATIONS, Store
from index import (
    CATALOG_FILE,
    Archive,
    DatabaseFile,
    EncoderMismatchError,
    IndexSettings,
    Library,
    Receipt,
    back_up,
    restore,
)
from index.growing import Sizes

DATABASES = (DatabaseFile(FILE, MIGRATIONS), CATALOG_FILE)


FILE_FROM = 8
"""Passages from which on a library's index has a file."""
MOMENTS = 12
"""How often something is asked while an index grows."""


def opened(folder: Path, encoder: str, grow_at: int = 100, **settings: int) -> Archive:
    """A data folder without models; what is cheap about it is the encoder only.

    The index of a library of more than `grow_at` passages is approximate.
    """
    return Archive(
        folder,
        IndexSettings(reader="none", encoder=encoder, **settings),
        encoder=WordsEncoder(encoder),
        make_encoder=lambda wanted: WordsEncoder(wanted.encoder),
        sizes=Sizes(file_from=FILE_FROM, grow_at=grow_at, shrink_below=grow_at // 2),
    )


def perform(folder: Path, encoder: str, grow_at: int, steps: Sequence[Step], tell: Tell) -> None:
    """Do the steps, one after the other; the archive is opened as `opened` does."""
    archive: Archive | None = None
    for number, step in enumerate(steps):
        if step.kind in {Kind.OPEN, Kind.MIGRATE}:
            tell({"begin": number})
            archive = opened(folder, step.other or encoder, grow_at)
            if step.kind is Kind.MIGRATE and (folder / FILE).exists():
                Store(folder).close()
        elif step.kind in {Kind.TAKE_IN, Kind.FINISH}:
            _record(folder, step, number, tell)
        elif step.kind is Kind.RESTORE and step.file:
            tell({"begin": number})
            restore(step.file, folder, DATABASES, replace=True)
        elif archive is not None:
            try:
                _perform(archive, step, number, tell)
            except EncoderMismatchError:  # libraries of two encoders do not become one
                continue
        tell({"done": number})


def _perform(archive: Archive, step: Step, number: int, tell: Tell) -> None:
    library = archive.library_for_adding(step.library)
    ids = _ids(library, step.stories) if step.kind is Kind.REMOVE else []
    tell({"begin": number})
    if step.kind in {Kind.ADD, Kind.REPLACE}:
        for receipt in library.add(story.article for story in step.stories):
            _tell_receipt(receipt, tell)
    elif step.kind is Kind.IMPORT and step.file:
        for receipt in library.import_(step.file):
            _tell_receipt(receipt, tell)
    elif step.kind is Kind.REMOVE:
        library.remove(ids)
    elif step.kind is Kind.FORGET:
        archive.forget(step.library)
    elif step.kind is Kind.RENAME:
        archive.rename(step.library, step.other)
    elif step.kind is Kind.REBUILD:
        library.rebuild()
    elif step.kind is Kind.REENCODE:
        list(archive.reencode(archive.names()))
    elif step.kind is Kind.BACKUP and step.file:
        back_up(archive.data, step.file, DATABASES, version="0", overwrite=True)
    elif step.kind is Kind.ASK:
        for story in step.stories:
            library.ask(story.questions()[0])
    elif step.kind is Kind.GROW:
        for moment in range(MOMENTS):
            library.ask(f"What of moment {moment}?")
            time.sleep(0.01)
    elif step.kind is Kind.IDLE:
        time.sleep(0.05)
    elif step.kind is Kind.CLOSE:
        archive.close()


def _record(folder: Path, step: Step, number: int, tell: Tell) -> None:
    with closing(Store(folder)) as store:
        tell({"begin": number})
        if step.kind is Kind.FINISH:
            store.finish([story.number for story in step.stories])
        else:
            for story in step.stories:
                payload = json.dumps([story.title, story.article.text])
                if not store.take_in(story.number, 1, payload):
                    raise RuntimeError("A new message is said to be known.")
                tell({"receipt": story.title})


def _tell_receipt(receipt: Receipt, tell: Tell) -> None:
    if receipt.article is None:
        raise RuntimeError(f"An article was refused: {receipt.error}")
    tell({"receipt": receipt.article.title})


def _ids(library: Library, stories: Sequence[Story]) -> list[int]:
    wanted = {story.title for story in stories}
    return [article.id for article in library.articles() if article.title in wanted]


def write_export(folder: Path, encoder: str, stories: Sequence[Story], file: Path) -> None:
    """Write a file to import these stories from."""
    with opened(folder, encoder) as archive:
        library = archive.library_for_adding()
        for _ in library.add(story.article for story in stories):
            pass
        library.export(file)
