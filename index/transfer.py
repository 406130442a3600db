"""A library as JSON Lines: articles whole, with their passages and embeddings.

The first line says what the file is; each other line is one article. An embedding is the
base64 of its little-endian float32 values.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from index.adding import EncodedArticle
from index.catalog.catalog import Catalog
from index.catalog.entries import LibraryInfo, pages_fit
from index.errors import ImportFileError, SourceNotFoundError, UnknownArticleError
from index.formats.normalise import normalise
from index.formats.titles import stated_title, title_from_text
from index.records import Article, Format, Span
from index.settings import IndexSettings
from index.storage.errors import storage_errors

FORMAT = 1
LONGEST_ADDRESS = 2000


_LANGUAGE = re.compile("[a-z]{2}")


class _Header(BaseModel):
    model_config = ConfigDict(extra="ignore")

    cuttings: Literal[1]
    """The format of the file."""
    encoder: str
    dimension: int = Field(ge=1)


class _Passage(BaseModel):
    start: int = Field(ge=0)
    end: int
    embedding: str | None = None


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(timezone.utc)
    except OverflowError:
        raise ValueError("beyond the last year there is") from None


_Words = Annotated[str, AfterValidator(normalise)]


class _Line(BaseModel):
    title: Annotated[str, Field(min_length=1), AfterValidator(normalise)]
    text: str
    author: _Words | None = None
    site: _Words | None = None
    published: date | None = None
    source: _Words | None = None
    language: str | None = None
    format: str | None = None
    pages: list[int] = []
    """Where in the text they begin."""
    address: Annotated[str, Field(max_length=LONGEST_ADDRESS), AfterValidator(normalise)] | None = (
        None
    )
    added: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = None
    hash: str | None = None
    """Of title and text as they were: the passages and embeddings fit no others."""
    passages: list[_Passage] = []


def export_library(catalog: Catalog, info: LibraryInfo, file: Path, name: str | None = None) -> int:
    """Write every article to `file`, whole or not at all, oldest first; how many there were.

    Raises:
        StorageError: the file cannot be written.
    """
    with storage_errors(file, writing=True):
        descriptor, unfinished = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                count = 0
                for line in _lines(catalog, info, name or info.name):
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
                    count += 1
                out.flush()
                os.fsync(out.fileno())
            Path(unfinished).replace(file)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(unfinished).unlink()
            raise
    return count - 1


def read_export(
    file: Path, encoder: str, dimension: Callable[[], int], settings: IndexSettings
) -> Iterator[Article | EncodedArticle]:
    """The articles of an exported file, with their embeddings where `encoder` made them.

    The whole file is looked through before the first article is given, so that a mistake in
    its last line does not leave half of it imported.

    Raises:
        ImportFileError: the file is no export, or one of its lines is not an article.
        SourceNotFoundError: there is no such file.
    """
    for _ in _articles(file, encoder, dimension, settings):
        pass
    yield from _articles(file, encoder, dimension, settings)


def _articles(
    file: Path, encoder: str, dimension: Callable[[], int], settings: IndexSettings
) -> Iterator[Article | EncodedArticle]:
    try:
        source = file.open(encoding="utf-8")
    except OSError as error:
        raise SourceNotFoundError(
            f"{file} cannot be opened: {(error.strerror or 'unknown reason').lower()}.",
            "Give the path of a file that `cuttings export` wrote.",
        ) from error
    with source:
        try:
            header = _Header.model_validate_json(source.readline())
        except (ValidationError, UnicodeDecodeError) as error:
            raise ImportFileError(
                f"{file} is not an export of Cuttings: its first line does not say so.",
                "To take in an ordinary file, use `cuttings add`.",
            ) from error
        if header.encoder == encoder and header.dimension != dimension():
            raise ImportFileError(
                f"{file} is not an export of Cuttings: its first line says that {encoder} makes"
                f" {header.dimension} numbers, and it makes {dimension()}.",
                "Correct or delete `encoder` in that line, and all is encoded again.",
            )
        number = 1
        try:
            for line in source:
                number += 1
                if line.strip():
                    yield _article(_Line.model_validate_json(line), header, encoder, settings)
        except (ValidationError, ValueError) as error:
            raise ImportFileError(
                f"Line {number} of {file} is not an article: {_reason(error)}.",
                "Correct or delete that line and import again; nothing of the file was imported.",
            ) from error


def _article(
    line: _Line, header: _Header, encoder: str, settings: IndexSettings
) -> Article | EncodedArticle:
    text = normalise(line.text)
    if not any(char.isalnum() for char in text):
        raise ValueError("its text is empty")
    if len(text) > settings.max_article_characters:
        raise ValueError(
            f"its text has {len(text)} characters,"
            f" and max_article_characters is {settings.max_article_characters}"
        )
    title = stated_title(line.title) or title_from_text(text)
    article = Article(
        text=text,
        title=title,
        author=line.author,
        site=line.site,
        published=line.published,
        source=line.source,
        added=line.added,
        language=line.language if line.language and _LANGUAGE.fullmatch(line.language) else None,
        format=next((known for known in Format if known.value == line.format), None),
        pages=_pages(line, text, title),
        address=line.address or None,
    )
    embeddings = [passage.embedding for passage in line.passages]
    if header.encoder != encoder or not embeddings or None in embeddings:
        return article
    vectors = [np.frombuffer(b64decode(value or "", validate=True), "<f4") for value in embeddings]
    if any(len(v) != header.dimension or not np.isfinite(v).all() for v in vectors):
        raise ValueError(f"an embedding is not {header.dimension} numbers")
    if line.hash != _hash(article.title, text):
        return article  # edited since: its passages and embeddings are those of other words
    if any(not 0 <= passage.start < passage.end <= len(text) for passage in line.passages):
        raise ValueError("a passage lies outside of its text")
    spans = tuple(Span(passage.start, passage.end) for passage in line.passages)
    return EncodedArticle(article, spans, np.stack(vectors).astype(np.float32), encoder)


def _pages(line: _Line, text: str, title: str) -> tuple[int, ...]:
    """Where the pages begin; none where the text is no longer the one that they are of."""
    edited = line.hash is not None and line.hash != _hash(title, text)
    if edited or text != line.text or not pages_fit(line.pages, len(text)):
        return ()
    return tuple(line.pages)


def _lines(catalog: Catalog, info: LibraryInfo, name: str) -> Iterator[dict[str, Any]]:
    yield {
        "cuttings": FORMAT,
        "library": name,
        "encoder": info.encoder,
        "dimension": info.dimension,
    }
    for stored in reversed(catalog.articles(info.id)):
        try:
            passages = catalog.passages(info.id, stored.id)
            text = catalog.text(info.id, stored.id)
            pages = catalog.page_starts(info.id, [stored.id]).get(stored.id, ())
        except UnknownArticleError:
            continue  # removed since the list was made
        vectors = {
            int(passage): vector
            for ids, matrix in catalog.embeddings(info.id, [p.id for p in passages])
            for passage, vector in zip(ids, matrix, strict=True)
        }
        if len(vectors) < len(passages):
            continue  # removed just now
        yield {
            "title": stored.title,
            "author": stored.author,
            "site": stored.site,
            "published": stored.published.isoformat() if stored.published else None,
            "source": stored.source,
            "language": stored.language,
            "format": stored.format.value if stored.format else None,
            "pages": pages,
            "address": stored.address,
            "added": stored.added.isoformat(),
            "text": text,
            "hash": _hash(stored.title, text),
            "passages": [
                {
                    "start": passage.start,
                    "end": passage.end,
                    "embedding": b64encode(vectors[passage.id].astype("<f4").tobytes()).decode(),
                }
                for passage in passages
            ],
        }


def _hash(title: str, text: str) -> str:
    return hashlib.sha256(f"{title}\n{text}".encode(errors="replace")).hexdigest()


def _reason(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return f"{where}: {first['msg'].lower()}" if where else first["msg"].lower()
    return str(error).rstrip(".")
