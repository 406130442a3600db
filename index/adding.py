"""Articles into a library: hashed, split, encoded many at a time, stored, acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from index.catalog.catalog import Catalog
from index.catalog.entries import Added, LibraryInfo, NewArticle, content_hash
from index.catalog.storing import check_text
from index.encoder import Embeddings, Encoder
from index.encoders import Encoders
from index.errors import EmptySourceError, EncodedAnewError, SourceError
from index.records import (
    Article,
    FailedSource,
    Receipt,
    ReceiptStatus,
    Span,
    StoredArticle,
)
from index.shelves import Shelves
from index.split import count_words, lead, split

POOL_PASSAGES = 32, 256
"""Passages encoded before they are stored: few at first, so that the first receipts come soon,
then twice as many each time, enough to fill batches of like length."""

Progress = Callable[[int, int], None]
"""Told how many passages are encoded, and how many are known to be waiting in all."""


@dataclass(frozen=True, slots=True)
class EncodedArticle:
    """An article that brings its passages and their embeddings [passages, dimension] along."""

    article: Article
    spans: tuple[Span, ...]
    embeddings: Embeddings
    encoder: str
    """Identity of what they were made with: a library of another encoder makes its own."""


@dataclass(slots=True)
class _Pool:
    """What is waiting to be encoded and stored, and the receipts that wait for it, in order."""

    waiting: dict[str, EncodedArticle | Article] = field(default_factory=dict)
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    receipts: list[tuple[str, str | Receipt]] = field(default_factory=list)
    """Source and content hash, or the receipt where it is known already."""

    @property
    def passages(self) -> int:
        return sum(len(spans) for spans in self.spans.values())

    def addresses(self) -> set[str]:
        waiting = map(_article, self.waiting.values())
        return {article.address for article in waiting if article.address}


class Adding:
    """One run of adding to one library."""

    def __init__(
        self,
        catalog: Catalog,
        info: LibraryInfo | None,
        make: Callable[[], LibraryInfo],
        shelves: Shelves,
        encoders: Encoders,
        progress: Progress | None,
    ) -> None:
        """`info` is None for a library that `make` makes when its first article comes."""
        self._catalog = catalog
        self._info = info
        self._make = make
        self._shelves = shelves
        self._encoders = encoders
        self._progress = progress
        self._done = 0
        self._total = 0

    def run(self, sources: Iterable[Article | EncodedArticle | FailedSource]) -> Iterator[Receipt]:
        """A receipt for each source, in order, each only after what it says is on disk."""
        pool = _Pool()
        enough, most = POOL_PASSAGES
        for source in sources:
            if not self._take(source, pool):
                yield from self._store(pool)
                pool = _Pool()
                self._take(source, pool)
            # What cannot be added, and what is known, need not wait if nothing waits before it.
            if pool.passages >= enough or not pool.waiting:
                enough = min(most, 2 * enough) if pool.waiting else enough
                yield from self._store(pool)
                pool = _Pool()
        yield from self._store(pool)

    def _take(self, source: Article | EncodedArticle | FailedSource, pool: _Pool) -> bool:
        """Put it into the pool; False where what waits there must be stored before."""
        if isinstance(source, FailedSource):
            failed = Receipt(
                source.source,
                ReceiptStatus.FAILED,
                error=source.error,
                hint=source.hint,
                obstacle=source.obstacle,
            )
            pool.receipts.append((source.source, failed))
            return True
        article = _article(source)
        name = (article.source or article.title).encode(errors="replace").decode()
        try:
            if not article.text.strip():
                raise EmptySourceError("There are no words in it.", "Give the article's text.")
            check_text(article)
        except SourceError as error:
            refused = Receipt(
                name,
                ReceiptStatus.FAILED,
                error=str(error),
                hint=error.hint,
                obstacle=error.obstacle,
            )
            pool.receipts.append((name, refused))
            return True
        digest = content_hash(article.text)
        known = None if digest in pool.waiting else self._find(digest)
        # What waits may replace the very article that has this address or this text.
        same_text = known or (_article(pool.waiting[digest]) if digest in pool.waiting else None)
        if {article.address, same_text and same_text.address} & pool.addresses():
            return False
        if known:
            pool.receipts.append((name, Receipt(name, ReceiptStatus.KNOWN, known)))
            return True
        pool.receipts.append((name, digest))
        if digest not in pool.waiting:
            pool.waiting[digest] = source
            pool.spans[digest] = (
                source.spans if isinstance(source, EncodedArticle) else tuple(split(article.text))
            )
            self._total += len(pool.spans[digest])
        return True

    def _find(self, digest: str) -> StoredArticle | None:
        return self._catalog.find(self._info.id, digest) if self._info else None

    def _store(self, pool: _Pool) -> Iterator[Receipt]:
        stored = dict(self._stored(pool)) if pool.waiting else {}
        for name, receipt in pool.receipts:
            if isinstance(receipt, Receipt):
                yield receipt
            else:
                added = stored[receipt]
                yield Receipt(name, _status(added), added.article, replaced=added.replaced)
                # The same text again in this pool is known.
                stored[receipt] = replace(added, new=False, replaced=None)

    def _stored(self, pool: _Pool) -> Iterator[tuple[str, Added]]:
        while True:
            done = self._done
            encoder = self._encoders.of(self._info) if self._info else self._encoders.configured
            entries = self._entries(pool, encoder)
            # Another process may have been first, and have another encoder.
            info = self._info = self._info or self._make()
            if info.encoder == encoder.identity:
                try:
                    results, revision = self._catalog.add(info.id, entries, info.generation)
                    break
                except EncodedAnewError:
                    self._info = self._catalog.encodings.library(info.id)
            self._done = done
        ids = [passage for result in results for passage in result.passage_ids]
        if ids:
            rows = [e.embeddings for e, r in zip(entries, results, strict=True) if r.new]
            gone = [passage for result in results for passage in result.removed_passages]
            self._shelves.of(info).added(ids, np.concatenate(rows), revision, gone)
        for entry, result in zip(entries, results, strict=True):
            yield entry.content_hash, result

    def _entries(self, pool: _Pool, encoder: Encoder) -> list[NewArticle]:
        embeddings = self._encoded(pool, encoder)
        articles = {digest: _article(source) for digest, source in pool.waiting.items()}
        return [
            NewArticle(
                article=article,
                content_hash=digest,
                words=count_words(article.text),
                spans=pool.spans[digest],
                embeddings=embeddings[digest],
            )
            for digest, article in articles.items()
        ]

    def _encoded(self, pool: _Pool, encoder: Encoder) -> dict[str, Embeddings]:
        """Embeddings by content hash; all that lack them are encoded together."""
        texts: list[str] = []
        places: dict[str, slice] = {}
        embeddings: dict[str, Embeddings] = {}
        for digest, source in pool.waiting.items():
            if isinstance(source, EncodedArticle) and source.encoder == encoder.identity:
                embeddings[digest] = source.embeddings
                self._encoded_more(len(source.spans))
                continue
            article = _article(source)
            passages = [article.text[span.start : span.end] for span in pool.spans[digest]]
            places[digest] = slice(len(texts), len(texts) + len(passages))
            texts += [lead(article.title, passage) + passage for passage in passages]
        if texts:
            rows = encoder.encode_passages(texts, self._encoded_more)
            embeddings |= {digest: rows[place] for digest, place in places.items()}
        return embeddings

    def _encoded_more(self, passages: int) -> None:
        self._done += passages
        if self._progress:
            self._progress(self._done, self._total)


def _article(source: Article | EncodedArticle) -> Article:
    return source.article if isinstance(source, EncodedArticle) else source


def _status(added: Added) -> ReceiptStatus:
    if not added.new:
        return ReceiptStatus.KNOWN
    return ReceiptStatus.ADDED if added.replaced is None else ReceiptStatus.UPDATED
